"""止まっている人, and what is long overdue (R9): for those who look after the whole town's work."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max
from django.utils import timezone

from directory.models import Municipality, User
from matching import clocks
from matching.choices import ClientState
from matching.models import Client, Event
from matching.permissions import clients_of
from matching.today import Item, rows_for

# Looking is not moving.
NO_MOVES = ["client.read", "clients.listed", "denied"]


@dataclass(frozen=True)
class Still:
    """Somebody for whom nothing has happened since a day, and nothing is planned."""

    client: Client
    since_on: date

    def days(self, *, on: date) -> int:
        return (on - self.since_on).days


@dataclass(frozen=True)
class Standstill:
    still: list[Still]
    # Overdue for longer than the town's clock, the longest first.
    late: list[Item]


def standstill(user: User, town: Municipality, *, on: date) -> Standstill:
    """Among the people this member of staff may see."""
    days = clocks.of(town)
    visible = clients_of(user).filter(municipality=town, state__in=[ClientState.OPEN, ClientState.WAITING])
    clients = {client.pk: client for client in visible}
    items = rows_for(user, clients, on=on, until=on + timedelta(days=365))
    planned = {item.client_pk for item in items if item.due_on >= on}
    late = [item for item in items if item.days_late(on=on) >= days["escalation"]]
    moved = dict(
        Event.objects.filter(subject__in=[client.uuid for client in clients.values()])
        .exclude(action__in=NO_MOVES)
        .order_by()
        .values_list("subject")
        .annotate(last=Max("at"))
    )
    still = []
    for client in clients.values():
        last = moved.get(client.uuid)
        since = timezone.localdate(last) if last else client.opened_on
        if client.pk not in planned and on - since >= timedelta(days=days["standstill"]):
            still.append(Still(client, since))
    return Standstill(sorted(still, key=lambda one: (one.since_on, one.client.pk)), late)
