"""Which of thousands of places are worth judging in full for one person: the likely best of each state.

A coarse look at what the person likes and how far it is, by columns. It decides only what is looked at closely, and
only in towns of more places than anybody reads; what it leaves out is counted, said on the page, and found by name.
"""

import numpy as np
from numpy.typing import NDArray

from .affinity import KINDRED_WORD, pleasures
from .columns import Columns, Numbers, as_bits
from .facts import PersonFacts
from .finding import State
from .important import important_keys
from .ranking import UNUSED_STRENGTH
from .rules import Rules
from .sieve import Sifted

# Half of what is judged can be proposed or asked about; the rest shows what is full, and what one remedy would open.
SHARES = {State.CANDIDATE: 0.5, State.ASK_FIRST: 0.25, State.FULL: 0.1, State.EXCLUDED: 0.15}
# A step of nearness for those equally well liked: an hour's way counts as much as half a pleasure.
FAR_MINUTES = 120.0


def liking(person: PersonFacts, columns: Columns, rules: Rules) -> Numbers:
    """From 0 to 1, coarsely: kindred words for what the person likes and is good at, and the number of people.

    Weighed as ranking.rank weighs them, so that what a town or a person holds dear is looked at first.
    """
    dear, _extras = important_keys(person.important)
    parts: list[tuple[float, Numbers]] = []

    def add(key: str, values: Numbers) -> None:
        weight = rules.weights.get(key, 1.0) * (rules.important_weight if key in dear else 1.0)
        if weight:
            parts.append((weight, values))

    for key, wishes, otherwise in (
        ("interests", person.interests, 0.0),
        ("strengths", person.strengths, UNUSED_STRENGTH),
    ):
        wanted = 0
        for wish in wishes:
            wanted |= as_bits(pleasures(wish))
        if wanted:
            add(key, np.where(columns.pleasures & wanted, KINDRED_WORD, otherwise))
    usual = columns.numbers["usual_people"]
    if person.group_max:
        add("wanted_group_size", np.where(np.isnan(usual), 0.5, np.where(usual <= person.group_max, 1.0, 0.3)))
    if not parts:
        return np.full(len(columns), 0.5)
    return np.average([values for _weight, values in parts], axis=0, weights=[weight for weight, _values in parts])


def worth_judging(
    person: PersonFacts, columns: Columns, sifted: Sifted, rules: Rules, *, most: int
) -> NDArray[np.intp]:
    """At most so many rows. What one state does not use is left to the others, from the best to the worst."""
    minutes = np.where(np.isnan(sifted.minutes), FAR_MINUTES, np.minimum(sifted.minutes, FAR_MINUTES))
    cost = minutes / FAR_MINUTES - liking(person, columns, rules)
    chosen: list[NDArray[np.intp]] = []
    waiting: list[NDArray[np.intp]] = []
    for state, share in SHARES.items():
        rows = sifted.rows(state)
        if state is State.EXCLUDED:
            # A place that one remedy would open is worth more than one that nothing opens.
            rows = rows[np.lexsort((cost[rows], sifted.opens[rows] == 0))]
        else:
            rows = rows[np.argsort(cost[rows], kind="stable")]
        number = int(most * share)
        chosen.append(rows[:number])
        waiting.append(rows[number:])
    left = most - sum(len(rows) for rows in chosen)
    for rows in waiting:
        chosen.append(rows[:left])
        left -= len(chosen[-1])
    return np.concatenate(chosen)
