"""A place as both engines hold it: tokens by field, sounds, times, choices. Made once, in Python, from a Document."""

from dataclasses import dataclass, field
from datetime import date

from .document import Document
from .text import bigrams, index_readings, index_tokens, squeezed
from .times import day_tokens, kept, span

# Where a word stands says how much it means, in points.
FIELD_POINTS = {
    "name": 600,
    "kind": 500,
    "activity": 450,
    "tags": 400,
    "wants": 300,
    "lead": 250,
    "district": 200,
    "body": 120,
}


@dataclass(frozen=True)
class Entry:
    """One place, analysed. Tokens are unique within a field, in the order of the text."""

    document: Document
    tokens: dict[str, list[str]]
    # (activity id, its tokens), to say which activity inside the place was meant.
    activities: list[tuple[int, list[str]]]
    # Readings without spaces: of the name first, then of activities, kind and tags.
    sounds: list[str]
    pairs: list[str]
    times: list[str]
    # (start, end) of each opening, minutes since 1970.
    spans: list[tuple[int, int]]
    towns: list[int] = field(default_factory=list)

    @property
    def id(self) -> int:
        return self.document.id

    @property
    def name_sound(self) -> str:
        return self.sounds[0]


def entry_of(document: Document, *, today: date) -> Entry:
    """The analysis of one place; the dear part of indexing."""
    tokens = {name: _tokens(text) for name, text in _texts(document).items()}
    activities = [(one.id, _tokens(f"{one.name} {one.text}")) for one in document.activities]
    own = squeezed(document.yomi) or squeezed("".join(index_readings(document.name)))
    others = [document.name, *[one.name for one in document.activities], document.kind_words, *document.tags]
    sounds = list(dict.fromkeys([own, *[squeezed("".join(index_readings(text))) for text in others]]))
    sessions = kept(document.sessions, today)
    return Entry(
        document=document,
        tokens=tokens,
        activities=activities,
        sounds=[sound for place, sound in enumerate(sounds) if sound or place == 0],
        pairs=sorted({pair for sound in sounds for pair in bigrams(sound)}),
        times=sorted({token for session in sessions for token in day_tokens(session)}),
        spans=sorted({span(session) for session in sessions}),
        towns=sorted({document.municipality, *document.shared_with}),
    )


def _tokens(text: str) -> list[str]:
    return list(dict.fromkeys(index_tokens(text)))


def _texts(document: Document) -> dict[str, str]:
    return {
        "name": document.name,
        "kind": document.kind_words,
        "activity": " ".join(one.name for one in document.activities if one.name != document.name),
        "tags": " ".join(document.tags),
        "wants": " ".join(document.wants),
        "lead": document.lead,
        "body": " ".join([document.body, *[one.text for one in document.activities]]),
        "district": document.district_words,
    }
