"""Who lives, or manages, together."""

from django.db import transaction
from django.utils import timezone

from directory.models import User
from matching.changes import changed
from matching.choices import Relation
from matching.models import Client, Household, HouseholdMember
from matching.refusals import EditedMeanwhile, WrongStep


@transaction.atomic
def form_household(*, client: Client, by: User) -> Household:
    """The household of a client, made when there is none; the client is its reference person."""
    Client.objects.select_for_update().get(pk=client.pk)
    member = HouseholdMember.objects.filter(client=client, left_on=None).select_related("household").first()
    if member is not None:
        return member.household
    household = Household.objects.create(municipality=client.municipality)
    HouseholdMember.objects.create(
        municipality=client.municipality, household=household, client=client, relation=Relation.SELF
    )
    changed("household.formed", client=client, by=by, household=str(household.uuid))
    return household


@transaction.atomic
def add_member(
    *,
    client: Client,
    relation: Relation,
    by: User,
    words: str = "",
    age_band: str = "",
    lives_apart: bool = False,
    member_client: Client | None = None,
) -> HouseholdMember:
    """Add somebody to a client's household; `member_client` when they are supported themselves."""
    household = form_household(client=client, by=by)
    if member_client is not None:
        existing = HouseholdMember.objects.filter(client=member_client, left_on=None).first()
        if existing is not None and existing.household_id == household.pk:
            return existing
        if existing is not None or member_client.municipality_id != client.municipality_id:
            raise WrongStep
    else:
        same = household.members.filter(
            client=None, relation=relation, age_band=age_band, lives_apart=lives_apart, left_on=None
        )
        # Sealed words cannot be asked for; a household is small.
        if (twice := next((one for one in same if one.words == words), None)) is not None:
            return twice
    member = HouseholdMember.objects.create(
        municipality=client.municipality,
        household=household,
        client=member_client,
        relation=relation,
        words=words,
        age_band=age_band,
        lives_apart=lives_apart,
    )
    changed("household.joined", client=client, by=by, member=str(member.uuid), relation=relation)
    return member


@transaction.atomic
def leave_household(*, client: Client, member: HouseholdMember, by: User) -> HouseholdMember:
    """Somebody belongs to the household no longer; the row stays, with the day."""
    live = HouseholdMember.objects.select_for_update().get(pk=member.pk)
    if live.left_on is None:
        live.left_on = timezone.localdate()
        live.save()
        changed("household.left", client=client, by=by, member=str(live.uuid))
    return live


@transaction.atomic
def write_note(*, client: Client, note: str, edit_version: int, by: User) -> Household:
    """How the household manages, in words. Raises EditedMeanwhile with both texts."""
    household = Household.objects.select_for_update().get(pk=form_household(client=client, by=by).pk)
    if household.note == note:
        return household
    if household.edit_version != edit_version:
        raise EditedMeanwhile({"note": household.note}, {"note": note})
    household.note = note
    household.edit_version += 1
    household.save()
    changed("household.noted", client=client, by=by, household=str(household.uuid))
    return household
