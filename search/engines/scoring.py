"""How well one place answers the concepts of a question; the same numbers whatever engine found it."""

from dataclasses import dataclass
from typing import Any

from search.understanding import Concept, Understood

# Where a word stands says how much it means.
WEIGHTS = {
    "name": 6.0,
    "kind": 5.0,
    "activity": 4.5,
    "tags": 4.0,
    "wants": 3.0,
    "lead": 2.5,
    "district": 2.0,
    "body": 1.2,
}
RELATED_ONLY = 0.5


@dataclass(frozen=True)
class Score:
    """`strict`: every concept answered; `missing`: those that were not; activities that matched."""

    value: float
    missing: tuple[str, ...]
    activities: tuple[int, ...]


def has(tokens: set[str], norms: tuple[str, ...]) -> bool:
    return all(norm in tokens for norm in norms)


def best(concept: Concept, fields: dict[str, set[str]], *, close_only: bool) -> float:
    """The best place × name of a concept among the fields; 0 = not there."""
    top = 0.0
    for term, weight in concept.close if close_only else concept.alternatives:
        for name, tokens in fields.items():
            value = weight * WEIGHTS[name]
            if value > top and has(tokens, term.norms):
                top = value
    return top


def score(asked: Understood, fields: dict[str, set[str]], activities: list[Any], sound: str) -> Score:
    """Sum over concepts of the best match, plus a little for every further name of it that is there too."""
    value, missing = 0.0, []
    matched: set[int] = set()
    for concept in asked.concepts:
        top = best(concept, fields, close_only=True)
        if top == 0 and concept.sound and len(concept.sound) > 2 and concept.sound in sound:
            top = 3.0
        related = best(concept, fields, close_only=False)
        if top == 0:
            missing.append(concept.said)
            value += related * RELATED_ONLY
        else:
            breadth = sum(has(tokens, term.norms) for term, _ in concept.alternatives for tokens in fields.values())
            value += top + min(breadth, 8) * 0.12
        for number, tokens in activities:
            if any(has(tokens, term.norms) for term, _ in concept.close):
                matched.add(number)
    if asked.sound and len(asked.sound) > 1 and asked.sound in sound.split(" ")[0]:
        value += 8.0 if asked.sound == sound.split(" ")[0] else 4.0
    return Score(value, tuple(missing), tuple(sorted(matched)))
