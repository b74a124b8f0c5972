"""People who must not meet: where one of them takes part, or a host has been asked for them, the other is not sent.

Both ways, and for both files in the same silence: neither tells that the other exists.
"""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from directory.models import Place
from matching.choices import ProposalState
from matching.models import Avoidance, Client, Proposal

# From the moment a host was asked for somebody.
AT_THE_PLACE = [
    ProposalState.ASKED, ProposalState.TALKING, ProposalState.WELCOMED, ProposalState.VISITING, ProposalState.VISITED,
    ProposalState.BEGUN,
]  # fmt: skip


def places_of_others(clients: Collection[Client]) -> dict[int, list[Place]]:
    """By primary key: the places of those whom each of these people keeps away from, or who keep away from them.

    One query where nobody does, as is usual; three otherwise, for any number of people.
    """
    kept_apart = _kept_apart(clients)
    found: dict[int, list[Place]] = defaultdict(list)
    if not kept_apart:
        return found
    keys = dict(Client.objects.filter(uuid__in=set().union(*kept_apart.values())).values_list("uuid", "pk"))
    there = Proposal.objects.filter(client__in=keys.values(), state__in=AT_THE_PLACE)
    places: dict[int, list[Place]] = defaultdict(list)
    for one in there.select_related("place__merged_into").defer("inputs", "explanation"):
        places[one.client_id].append(one.place)
    for client, others in kept_apart.items():
        found[client] = [place for other in others if other in keys for place in places[keys[other]]]
    return found


def _kept_apart(clients: Collection[Client]) -> dict[int, set[UUID]]:
    """Read from all such rows of the towns: they are few, and sealed, so that the database cannot be asked."""
    by_uuid = {client.uuid: client.pk for client in clients}
    by_key = {client.pk: client.uuid for client in clients}
    rows = Avoidance.objects.standing().filter(
        names_person=True, municipality__in={client.municipality_id for client in clients}
    )
    found: dict[int, set[UUID]] = defaultdict(set)
    for row in rows.select_related("client"):
        other = UUID(row.other)
        if row.client_id in by_key:
            found[row.client_id].add(other)
        if other in by_uuid:
            found[by_uuid[other]].add(row.client.uuid)
    return found
