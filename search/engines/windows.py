"""Consultation windows: a few hundred in a town's index, so each is looked at. Both engines answer with these."""

import json
from collections.abc import Iterable
from typing import Any

from search.document import WindowDocument
from search.query import Query
from search.text import index_readings, index_tokens, squeezed
from search.understanding import Concept, Understood

MOST, ENOUGH = 3, 2.5
Answers = dict[int, tuple[float, frozenset[str]]]


def put(connection: Any, windows: Iterable[WindowDocument]) -> int:
    written = 0
    for window in windows:
        known = connection.execute("SELECT version FROM search_window WHERE id = ?", [window.id]).fetchone()
        if known is not None and known[0] > window.version:
            continue
        fields: dict[str, Any] = {
            "name": index_tokens(window.name),
            "kind": index_tokens(window.field_words),
            "body": index_tokens(window.about),
            "topics": [index_tokens(topic) for topic in window.topics],
        }
        readings = [squeezed(window.yomi), *[squeezed("".join(index_readings(topic))) for topic in window.topics]]
        connection.execute(
            "INSERT OR REPLACE INTO search_window VALUES (?,?,?,?,?,?)",
            [
                window.id, window.version, window.municipality, window.name,
                json.dumps(fields, ensure_ascii=False), " ".join(readings),
            ],
        )  # fmt: skip
        written += 1
    return written


def answering(connection: Any, query: Query, asked: Understood) -> Answers:
    """{window: (how well, which words it answers)} for the troubles in a question, in the towns asked."""
    found: Answers = {}
    if not asked.concepts:
        return found
    marks = ",".join("?" * len(query.municipalities))
    where = f" WHERE municipality IN ({marks})" if marks else ""
    for number, fields, sound in connection.execute(
        f"SELECT id, fields, sound FROM search_window{where}", list(query.municipalities)
    ):
        window = json.loads(fields)
        values = {concept.said: answers(concept, window, sound) for concept in asked.concepts}
        best = max(values.values())
        if best >= ENOUGH:
            found[number] = (best, frozenset(said for said, value in values.items() if value >= ENOUGH))
    return found


def best_of(found: Answers) -> tuple[int, ...]:
    """The best three, and none far below the best."""
    order = sorted(found, key=lambda number: (-found[number][0], number))
    return tuple(number for number in order[:MOST] if found[number][0] >= found[order[0]][0] * 0.6)


def answered_words(found: Answers) -> frozenset[str]:
    return frozenset(said for _value, words in found.values() for said in words)


def answers(concept: Concept, window: dict[str, Any], sound: str) -> float:
    """How well a window answers one concept: a whole topic rather than a word in passing."""
    value = 0.0
    for term, weight in concept.close:
        norms = set(term.norms)
        for topic in window["topics"]:
            # 食べる alone is not 食べるものがない: half of the topic must be said.
            if norms <= set(topic) and len(term.norms) * 2 >= len(set(topic)):
                value = max(value, weight * 5.0)
        for name, points in (("name", 5.0), ("kind", 4.0), ("body", 3.2)):
            if norms <= set(window[name]):
                value = max(value, weight * points)
    if value == 0 and len(concept.sound) > 2 and concept.sound in sound.split(" "):
        value = 4.0
    return value
