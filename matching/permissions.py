"""Who may see and do what with a person's record. One access function per kind of object; nothing else fetches it."""

import uuid
from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone

from directory.choices import StaffDuty, UserKind
from directory.models import Municipality, Office, StaffRole, User
from directory.permissions import duties_of
from matching.choices import MemberKind, RecordVisibility
from matching.models import Client, HouseholdMember, Placement, Proposal, Record, TeamMember
from matching.models.base import ClientOwned
from matching.models.client import ClientQuerySet
from matching.tracing import record_listing, record_reading, record_refusal

TOWN_WIDE = {StaffDuty.COORDINATOR, StaffDuty.SUPERVISOR}
OF_AN_OFFICE = {StaffDuty.CASEWORKER, StaffDuty.INTAKE}
Owned = TypeVar("Owned", bound=ClientOwned)


def roles_with_clients(user: User) -> list[StaffRole]:
    """The roles, held today, that open persons' records at all; the earliest first."""
    if not (user.is_active and user.kind == UserKind.STAFF):
        return []
    return [role for role in duties_of(user) if StaffDuty(role.duty).sees_clients]


def desk_town(user: User) -> Municipality:
    """The town this member of staff works in: that of the earliest role. Raises PermissionDenied without one."""
    roles = roles_with_clients(user)
    if not roles:
        raise PermissionDenied("no duty that sees clients")
    return roles[0].municipality


def desk_office(user: User) -> Office | None:
    """The office this member of staff receives consultations for, where the role names one."""
    return next((role.office for role in roles_with_clients(user) if role.office), None)


def memberships(user: User, kind: MemberKind) -> "Q":
    """Clients on whose team, or allow list, the user stands today."""
    return Q(pk__in=_current_memberships(user).filter(kind=kind).values("client"))


def _current_memberships(user: User) -> QuerySet[TeamMember]:
    today = timezone.localdate()
    return TeamMember.objects.filter(Q(until_on=None) | Q(until_on__gte=today), user=user, from_on__lte=today)


def clients_of(user: User) -> ClientQuerySet:
    """Every client this person may see.

    Caseworkers and intake: their office's, and those they work with; coordinators and supervisors: their town's. A
    protected client: only who stands on its allow list, whatever their duty.
    """
    roles = roles_with_clients(user)
    towns = {role.municipality_id for role in roles}
    wide = {role.municipality_id for role in roles if role.duty in TOWN_WIDE}
    offices = {role.office_id for role in roles if role.duty in OF_AN_OFFICE and role.office_id}
    # Conditions nobody meets are left out, so that the database can walk an index in the order of the list.
    held = set(_current_memberships(user).values_list("kind", flat=True).distinct())
    allowed = memberships(user, MemberKind.ALLOWED) if MemberKind.ALLOWED in held else None
    found = Client.objects.filter(Q(municipality=next(iter(towns))) if len(towns) == 1 else Q(municipality__in=towns))
    if wide != towns:
        theirs = Q(municipality__in=wide) | Q(office__in=offices) | Q(main_worker=user)
        if MemberKind.CO_WORKER in held:
            theirs |= memberships(user, MemberKind.CO_WORKER)
        found = found.filter(theirs | allowed if allowed else theirs)
    unprotected = Q(is_protected=False)
    return found.filter(unprotected | allowed if allowed else unprotected).select_related(
        "municipality", "district", "office", "main_worker"
    )


def client_for(user: User, number: str, *, page: str) -> Client:
    """The client with this number, its reading recorded; 404 (and a `denied` event) when it is not theirs to see."""
    client = clients_of(user).numbered(number).order_by("pk").first()
    if client is None:
        hidden = Client.objects.numbered(number).order_by("pk").first()
        record_refusal(user=user, what=f"client|{page}", subject=hidden)
        raise Http404("no such client")
    record_reading(user=user, client=client, page=page)
    return client


def client_to_write(user: User, number: str) -> Client:
    """The client to keep something about, where nothing of them is shown: no reading; 404 and `denied` as ever."""
    client = clients_of(user).numbered(number).order_by("pk").first()
    if client is None:
        record_refusal(user=user, what="client|draft", subject=Client.objects.numbered(number).order_by("pk").first())
        raise Http404("no such client")
    return client


def owned_for(user: User, client: Client, kind: type[Owned], key: uuid.UUID) -> Owned:
    """One row about a client already opened (a plan, a proposal, a consent); 404 when it is another's."""
    found = kind._default_manager.filter(client=client, uuid=key).first()
    if found is None:
        record_refusal(user=user, what=str(kind._meta.model_name), subject=client)
        raise Http404("no such row of this client")
    return found


def placement_for(user: User, client: Client, key: uuid.UUID) -> Placement:
    """A placement with its place, of a client already opened."""
    return owned_for(user, client, Placement, key)


def proposal_for(user: User, client: Client, key: uuid.UUID) -> Proposal:
    """A proposal with its place, of a client already opened."""
    return owned_for(user, client, Proposal, key)


def records_for(user: User, client: Client) -> "list[Record]":
    """The entries this person may read: those kept to the team only by the team and their writer."""
    records = Record.objects.filter(client=client).select_related("by")
    on_team = (
        client.main_worker_id == user.pk
        or clients_of(user).filter(memberships(user, MemberKind.CO_WORKER), pk=client.pk).exists()
    )
    if not on_team:
        records = records.exclude(~Q(by=user), visibility=RecordVisibility.TEAM)
    return list(records)


def household_of(user: User, client: Client, *, page: str) -> list[HouseholdMember]:
    """The household as far as each member's rules allow; a protected member is not hinted at.

    Members whose number is about to be shown are recorded like those of any list.
    """
    member = HouseholdMember.objects.filter(client=client, left_on=None).first()
    if member is None:
        return []
    members = HouseholdMember.objects.filter(household=member.household_id, left_on=None).select_related(
        "client__municipality"
    )
    visible = set(clients_of(user).filter(household_memberships__in=members).values_list("pk", flat=True))
    others = [one.client for one in members if one.client and one.client_id in visible - {client.pk}]
    if others:
        record_listing(user=user, clients=others, page=page, municipality=client.municipality)
    return [one for one in members if one.client is None or one.client_id in visible or not one.client.is_protected]


def may_open_clients(user: User) -> bool:
    """Whether /desk/ shows this person anything of casework."""
    return bool(roles_with_clients(user))


def may_protect(user: User, client: Client) -> bool:
    """Setting and lifting protection, and the allow list: the main worker, coordinators, supervisors."""
    if client.main_worker_id == user.pk:
        return True
    return any(
        role.municipality_id == client.municipality_id and role.duty in TOWN_WIDE for role in roles_with_clients(user)
    )


def workers_of(municipality: Municipality) -> list[User]:
    """Who may be a main or co-worker in a town."""
    duties = [duty for duty in StaffDuty if duty.sees_clients]
    roles = StaffRole.objects.current(on=timezone.localdate()).filter(municipality=municipality, duty__in=duties)
    return list(User.objects.filter(is_active=True, pk__in=roles.values("user")).order_by("pk"))
