"""今日: what is to be done, by when, for whom, and why. Read from every clock of casework."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from directory.models import Municipality, User
from matching import clocks
from matching.choices import ClientState, MemberKind
from matching.models import Client, CollectedReport, Placement, RequestLink
from matching.permissions import clients_of, desk_town, memberships
from matching.signs import Sign, signs_of

from .item import Item
from .staying import rows_of_staying
from .work import rows_of_work

__all__ = ["Diary", "Item", "diary_of", "rows_for"]


@dataclass(frozen=True)
class Diary:
    """The rows of one member of staff, in three parts, each by date."""

    late: list[Item]
    today: list[Item]
    soon: list[Item]
    answers: list[RequestLink]
    reports: list[CollectedReport]
    # Placements with early signs, those that speak from both sides first.
    signs: list[tuple[Placement, list[Sign]]]

    def clients(self) -> list[Client]:
        """Everyone who is shown; the listing is recorded before the page is."""
        rows = [item.client for item in [*self.late, *self.today, *self.soon]]
        return [
            *rows,
            *(placement.client for placement, _signs in self.signs),
            *(link.proposal.client for link in self.answers),
            *(r.request.proposal.client for r in self.reports),
        ]


def diary_of(user: User, *, on: date, everyone: bool = False, days: int = 7) -> Diary:
    """What is due until `days` from now: for the user's own clients, or for all they may see."""
    people = clients_of(user).exclude(state=ClientState.CLOSED)
    if not everyone:
        people = people.filter(Q(main_worker=user) | memberships(user, MemberKind.CO_WORKER))
    clients = {client.pk: client for client in people}
    until = on + timedelta(days=days)
    town = desk_town(user)
    days_of = clocks.of(town)
    items = rows_for(user, clients, on=on, until=until)
    answers = RequestLink.objects.filter(proposal__client__in=clients, handled_at=None).exclude(answer="")
    reports = CollectedReport.objects.filter(request__proposal__client__in=clients, handled_at=None)
    return Diary(
        late=[item for item in items if item.due_on < on],
        today=[item for item in items if item.due_on == on],
        soon=[item for item in items if item.due_on > on],
        answers=list(
            answers.select_related("proposal__client__municipality", "proposal__place").order_by("-answered_at")[:30]
        ),
        reports=list(
            reports.filter(Q(call_me=True) | Q(burden__gte=days_of["burden"]))
            .select_related("request__proposal__client__municipality", "request__proposal__place")
            .order_by("-on")[:30]
        ),
        signs=_signs(list(clients), town, on),
    )


def rows_for(user: User, clients: dict[int, Client], *, on: date, until: date) -> list[Item]:
    """Everything with a day until `until` for these clients, the earliest first."""
    days = clocks.of(desk_town(user))
    return sorted([*rows_of_work(clients, until, days), *rows_of_staying(user, clients, on=on, until=until)])


def _signs(clients: list[int], town: Municipality, on: date) -> list[tuple[Placement, list[Sign]]]:
    running = Placement.objects.running().filter(client__in=clients).select_related("client__municipality", "place")
    by_pk = {row.pk: row for row in running}
    found = signs_of(by_pk.values(), town=town, today=on)
    pairs = [(by_pk[pk], signs) for pk, signs in found.items()]
    return sorted(pairs, key=lambda pair: (-len({sign.of_host for sign in pair[1]}), -len(pair[1]), pair[0].pk))[:30]
