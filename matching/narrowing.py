"""A town of more places than anybody reads: which are judged closely for one person, and finding the rest by words."""

from collections.abc import Collection
from datetime import date

from directory.models import Place
from matching.candidates.facts import PersonFacts
from matching.candidates.finding import State
from matching.candidates.narrowing import worth_judging
from matching.candidates.rules import Rules
from matching.candidates.sieve import STATES, sift
from matching.models import Client
from matching.sketches import remember_words, town_columns
from search.engines import embedded
from search.query import Query

# So many places are judged in full: more than most towns have, and more than a worker looks through.
MOST_JUDGED = 80
MOST_FOUND = 50


def narrowed(
    client: Client,
    person: PersonFacts,
    *,
    today: date,
    standing: Collection[int],
    also: Collection[str],
    rules: Rules,
) -> tuple[list[int], dict[State, int]]:
    """(the places to judge, how many of each state are not)."""
    known = town_columns(client.municipality, today=today)
    sifted = sift(person, known.columns, rules)
    rows = {int(row) for row in worth_judging(person, known.columns, sifted, rules, most=MOST_JUDGED)}
    rows |= {row for row, pk in enumerate(known.keys) if pk in standing}
    row_of = known.columns.row_of()
    rows |= {row_of[key] for key in also if key in row_of}
    judged = list(rows)
    left_out = {
        state: number
        for place, state in enumerate(STATES)
        if (number := int((sifted.state == place).sum() - (sifted.state[judged] == place).sum()))
    }
    keys = [known.keys[row] for row in judged]
    remember_words(keys)
    return keys, left_out


def searched_for(client: Client, words: str) -> list[str]:
    """Uuids of what the directory's search finds for these words, best first.

    Asked of the engine inside this process: what is typed about a person leaves it on no way.
    """
    if not words.strip():
        return []
    found = embedded().search(Query(words=words, municipalities=(client.municipality_id,), size=MOST_FOUND))
    uuids = dict(Place.objects.filter(pk__in=[hit.place for hit in found.hits]).values_list("pk", "uuid"))
    return [str(uuids[hit.place]) for hit in found.hits if hit.place in uuids]
