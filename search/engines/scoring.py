"""How well one place answers the concepts of a question; the same numbers whatever engine found it."""

import math
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


def rarity(asked: Understood, rows: list[Any], total: int) -> list[float]:
    """What each concept tells apart: near 1 when few places have it, about a half when all do."""
    made = []
    for concept in asked.concepts:
        found = sum(best(concept, row.fields, close_only=True) > 0 for row in rows)
        made.append(0.5 + 0.5 * math.log((total + 1) / (found + 1)) / math.log(total + 2))
    return made


def _breadth(concept: Concept, fields: dict[str, set[str]]) -> int:
    """How often, and under how many names, a concept stands in a place; more than eight says nothing more."""
    return min(sum(has(tokens, term.norms) for term, _ in concept.alternatives for tokens in fields.values()), 8)


def score(
    asked: Understood, fields: dict[str, set[str]], activities: list[Any], sound: str, rare: list[float] | None = None
) -> Score:
    """Sum over concepts of the best match, plus a little for every further name of it that is there too."""
    value, missing = 0.0, []
    rare = rare or [1.0] * len(asked.concepts)
    matched: set[int] = set()
    for concept, weight in zip(asked.concepts, rare, strict=True):
        top = best(concept, fields, close_only=True)
        if top == 0 and concept.sound and len(concept.sound) > 2 and concept.sound in sound:
            top = 3.0
        related = best(concept, fields, close_only=False)
        if top == 0:
            missing.append(concept.said)
            value += weight * (related * RELATED_ONLY + _breadth(concept, fields) * 0.2)
        else:
            value += weight * (top + _breadth(concept, fields) * 0.12)
        for number, tokens in activities:
            if any(has(tokens, term.norms) for term, _ in concept.close):
                matched.add(number)
    if len(asked.sound) > 1 and asked.sound in sound.split(" ")[0]:
        value += 8.0 if asked.sound == sound.split(" ")[0] else 4.0
        if len(asked.sound) > 2:
            # The name itself was typed, however the dictionary cut it.
            missing = []
    return Score(value, tuple(missing), tuple(sorted(matched)))


def answers(concept: Concept, window: dict[str, Any], sound: str) -> float:
    """How well a consultation window answers one concept: a whole topic rather than a word in passing."""
    value = 0.0
    for term, weight in concept.close:
        for topic in window["topics"]:
            # 食べる alone is not 食べるものがない: half of the topic must be said.
            if has(set(topic), term.norms) and len(term.norms) * 2 >= len(set(topic)):
                value = max(value, weight * 5.0)
        for name, points in (("name", 5.0), ("kind", 4.0), ("body", 3.2)):
            if has(set(window[name].split()), term.norms):
                value = max(value, weight * points)
    if value == 0 and len(concept.sound) > 2 and concept.sound in sound.split(" "):
        value = 4.0
    return value
