"""次の期日: the earliest day of anything that waits for a person, kept with the person so that lists can go by it.

It is what 今日 would show of them, read by the same functions, but for what is news of a day and stands in no row of
theirs (a seat that came free, a memo of hand-over).
"""

from collections.abc import Iterable
from datetime import date

from directory.models import Municipality
from matching import clocks
from matching.choices import ClientState
from matching.models import Client
from matching.models.client import NEVER
from matching.today.staying import days_of_staying
from matching.today.work import rows_of_work

# Later than any day that is entered, and early enough to count from.
HORIZON = date(9000, 1, 1)
BATCH = 500


def next_days(clients: Iterable[Client], *, town: Municipality) -> dict[int, date]:
    """The next day of each client of a town by primary key; NEVER for who is closed or has nothing waiting."""
    people = {client.pk: client for client in clients}
    found = dict.fromkeys(people, NEVER)
    waiting = {pk: client for pk, client in people.items() if client.state != ClientState.CLOSED}
    items = [*rows_of_work(waiting, HORIZON, clocks.of(town)), *days_of_staying(waiting, HORIZON)]
    for item in items:
        found[item.client_pk] = min(found[item.client_pk], item.due_on)
    return found


def keep(client: Client) -> None:
    """Write the client's next day as it is now, in the caller's transaction."""
    client.next_on = next_days([client], town=client.municipality)[client.pk]
    Client.objects.filter(pk=client.pk).exclude(next_on=client.next_on).update(next_on=client.next_on)


def keep_all(town: Municipality) -> None:
    """Write everybody's next day: when the town's clocks changed, or rows were written past the actions."""
    people = Client.objects.filter(municipality=town).order_by("pk")
    after = 0
    while batch := list(people.filter(pk__gt=after)[:BATCH]):
        days = next_days(batch, town=town)
        stale = [client for client in batch if client.next_on != days[client.pk]]
        for client in stale:
            client.next_on = days[client.pk]
        Client.objects.bulk_update(stale, ["next_on"])
        after = batch[-1].pk
