"""Opening a person's record, changing it, handing it over, protecting it, closing it."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.models import District, Municipality, Office, User
from matching import clocks
from matching.actions.records import next_step
from matching.changes import changed
from matching.choices import ClientState, MemberKind
from matching.models import Client, HandOver, TeamMember
from matching.permissions import workers_of
from matching.refusals import EditedMeanwhile, NotAllowedToWork, WrongStep


@dataclass(frozen=True)
class Person:
    """What is known of someone when their record is opened; nothing is required, people may stay nameless."""

    called: str = ""
    called_yomi: str = ""
    name: str = ""
    yomi: str = ""
    birthday: date | None = None
    birth_year: int | None = None
    sex: str = ""
    district: District | None = None
    address: str = ""
    phone: str = ""
    how_to_reach: str = ""
    caution: str = ""
    about: str = ""

    def facts(self) -> dict[str, Any]:
        facts = {field.name: getattr(self, field.name) for field in fields(self)}
        if self.birthday and not self.birth_year:
            facts["birth_year"] = self.birthday.year
        return facts


EDITABLE = [field.name for field in fields(Person)] + ["home_point", "outreach"]


def fiscal_year(day: date) -> int:
    """The Japanese fiscal year of a day: April to March."""
    return day.year if day.month >= 4 else day.year - 1


@transaction.atomic
def open_client(
    *,
    municipality: Municipality,
    office: Office,
    main_worker: User,
    person: Person,
    by: User,
    is_protected: bool = False,
    outreach: bool = False,
    opened_on: date | None = None,
) -> Client:
    """Give a person a number of this fiscal year and a main worker. Raises NotAllowedToWork."""
    _must_work_here(main_worker, municipality)
    day = opened_on or timezone.localdate()
    # The town's row is the lock of its numbers: two windows open at the same moment get two numbers.
    Municipality.objects.select_for_update().get(pk=municipality.pk)
    year = fiscal_year(day)
    last = Client.objects.filter(municipality=municipality, fiscal_year=year).aggregate(last=Max("serial"))["last"]
    client = Client.objects.create(
        municipality=municipality,
        fiscal_year=year,
        serial=(last or 0) + 1,
        office=office,
        main_worker=main_worker,
        is_protected=is_protected,
        outreach=outreach,
        opened_on=day,
        **person.facts(),
    )
    if is_protected:
        for user in {main_worker, by}:
            TeamMember.objects.create(client=client, user=user, kind=MemberKind.ALLOWED, from_on=timezone.localdate())
    changed("client.opened", client=client, by=by, protected=is_protected, main_worker=str(main_worker.uuid))
    return client


@transaction.atomic
def change(*, client: Client, edit_version: int, by: User, **facts: Any) -> Client:
    """Change what is known of a person. Raises EditedMeanwhile with both texts when somebody saved first."""
    unknown = set(facts) - set(EDITABLE)
    if unknown:
        raise TypeError(f"not changed here: {', '.join(sorted(unknown))}")
    live = Client.objects.select_for_update().get(pk=client.pk)
    different = {name: value for name, value in facts.items() if getattr(live, name) != value}
    if not different:  # Pressed twice, or nothing changed.
        return live
    if live.edit_version != edit_version:
        raise EditedMeanwhile({name: getattr(live, name) for name in different}, different)
    for name, value in different.items():
        setattr(live, name, value)
    if live.birthday and "birthday" in different and "birth_year" not in different:
        live.birth_year = live.birthday.year
    live.edit_version += 1
    live.save()
    changed("client.changed", client=live, by=by, fields=sorted(different))
    return live


@dataclass(frozen=True)
class Memo:
    """引継ぎメモ: what the next main worker must know on the first day."""

    cares: str = ""
    underway: str = ""
    cautions: str = ""


def _with_unread(memo: Memo, unread: Iterable[HandOver]) -> Memo:
    """What nobody has read yet goes on to the next, below the newer words, with who wrote it."""
    parts = {name: [getattr(memo, name)] for name in asdict(memo)}
    for row in unread:
        for name, texts in parts.items():
            if words := getattr(row, name):
                texts.append(_("（前のメモ、%(who)sから）%(words)s") % {"who": row.by.name, "words": words})
    return Memo(**{name: "\n".join(text for text in texts if text) for name, texts in parts.items()})


@transaction.atomic
def hand_over(*, client: Client, to: User, by: User, office: Office | None = None, memo: Memo | None = None) -> Client:
    """Make somebody else the main worker, with a memo that waits on their 今日 until they have read it.

    On a protected record they are put on the allow list. Raises NotAllowedToWork.
    """
    _must_work_here(to, client.municipality)
    live = Client.objects.select_for_update().get(pk=client.pk)
    if live.main_worker_id == to.pk and office in (None, live.office):
        return live
    before = live.main_worker
    live.main_worker, live.office = to, office or live.office
    live.edit_version += 1
    live.save()
    if live.is_protected:
        _allow(live, to)
    if before != to:
        unread = list(HandOver.objects.filter(client=live, read_at=None).select_related("by").order_by("pk"))
        words = asdict(_with_unread(memo or Memo(), unread))
        HandOver.objects.filter(pk__in=[row.pk for row in unread]).update(read_at=timezone.now())
        HandOver.objects.create(client=live, before=before, after=to, by=by, **words)
    changed("client.handed_over", client=live, by=by, before=str(before.uuid), after=str(to.uuid))
    return live


@transaction.atomic
def receive_hand_over(*, hand_over: HandOver, by: User) -> HandOver:
    """The new main worker has read the memo; it leaves their 今日. Raises WrongStep for anybody else."""
    live = HandOver.objects.select_for_update().get(pk=hand_over.pk)
    if live.after_id != by.pk:
        raise WrongStep(_("引継ぎを受け取るのは、新しい主担当です。"))
    if live.read_at is None:
        live.read_at = timezone.now()
        live.save()
        changed("client.hand_over_received", client=live.client, by=by, hand_over=str(live.uuid))
    return live


@transaction.atomic
def add_co_worker(*, client: Client, user: User, by: User) -> TeamMember:
    """Somebody works along from today (副担当)."""
    _must_work_here(user, client.municipality)
    Client.objects.select_for_update().get(pk=client.pk)
    member, is_new = TeamMember.objects.get_or_create(
        client=client,
        user=user,
        kind=MemberKind.CO_WORKER,
        until_on=None,
        defaults={"municipality": client.municipality},
    )
    if is_new:
        changed("team.joined", client=client, by=by, user=str(user.uuid))
    return member


@transaction.atomic
def leave_team(*, member: TeamMember, by: User) -> TeamMember:
    """Somebody works along, or may look, no longer. Raises WrongStep for the last who may see a protected person."""
    client = Client.objects.select_for_update().get(pk=member.client_id)
    live = TeamMember.objects.select_for_update().get(pk=member.pk)
    if live.until_on is None:
        others = client.team.filter(kind=MemberKind.ALLOWED, until_on=None).exclude(pk=live.pk)
        if client.is_protected and live.kind == MemberKind.ALLOWED and not others.exists():
            raise WrongStep(_("見てよい人が一人もいなくなります。先に、ほかの職員を足してください。"))
        # Over at once: a membership counts on its last day, so that day is yesterday.
        yesterday = timezone.localdate() - timedelta(days=1)
        live.from_on, live.until_on = min(live.from_on, yesterday), yesterday
        live.save()
        changed("team.left", client=live.client, by=by, user=str(live.user.uuid), kind=live.kind)
    return live


@transaction.atomic
def protect(*, client: Client, allow: list[User], by: User) -> Client:
    """Hide a person from everybody but these, the main worker and who sets it, from this commit on."""
    live = Client.objects.select_for_update().get(pk=client.pk)
    wanted = {*allow, live.main_worker, by}
    allowed = set(live.team.filter(kind=MemberKind.ALLOWED, until_on=None).values_list("user", flat=True))
    if live.is_protected and {user.pk for user in wanted} <= allowed:
        return live
    live.is_protected = True
    live.save()
    for user in wanted:
        _allow(live, user)
    changed("client.protected", client=live, by=by, allow=sorted(str(user.uuid) for user in allow))
    return live


@transaction.atomic
def lift_protection(*, client: Client, by: User) -> Client:
    """One person is no longer hidden. Per person only: a lifting from a list once published addresses (2025)."""
    live = Client.objects.select_for_update().get(pk=client.pk)
    if live.is_protected:
        live.is_protected = False
        live.save()
        changed("client.unprotected", client=live, by=by)
    return live


@transaction.atomic
def set_state(*, client: Client, state: ClientState, by: User) -> Client:
    """Open, let wait, pause or close. A person may come back at any time; a running placement must end first.

    Whoever pauses or waits without anything agreed on is spoken to again after the town's clock.
    """
    live = Client.objects.select_for_update().get(pk=client.pk)
    if live.state == state:
        return live
    if state == ClientState.CLOSED and (live.placements.running().exists() or live.proposals.open().exists()):
        raise WrongStep(_("参加している場や、すすめている提案があります。先にそれを終えてください。"))
    live.closed_on = timezone.localdate() if state == ClientState.CLOSED else None
    before, live.state = live.state, state
    live.save()
    if state in {ClientState.PAUSED, ClientState.WAITING} and not live.next_steps.waiting().exists():
        # Nobody is forgotten by being left in peace.
        ask_on = clocks.after(timezone.localdate(), clocks.of(live.municipality)["pause"])
        next_step(client=live, due_on=ask_on, kind="encourage", by=by)
    changed("client.state", client=live, by=by, before=before, after=state)
    return live


def _allow(client: Client, user: User) -> None:
    TeamMember.objects.get_or_create(
        client=client, user=user, kind=MemberKind.ALLOWED, until_on=None, defaults={"municipality": client.municipality}
    )


def _must_work_here(user: User, municipality: Municipality) -> None:
    if user not in workers_of(municipality):
        raise NotAllowedToWork
