"""An answer: numbers of places and what is said about them; the database has the last word on what is shown."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Hit:
    """One place found. `activities` are those that matched the words; distance in metres."""

    place: int
    score: int
    activities: tuple[int, ...] = ()
    next_at: datetime | None = None
    metres: int | None = None
    relaxed: bool = False
    # Where it stands in the order asked; smaller comes first.
    key: tuple[float, ...] = ()


@dataclass(frozen=True)
class Results:
    """One page of an answer, and the counts of every facet with all other choices applied."""

    hits: tuple[Hit, ...] = ()
    total: int = 0
    windows: tuple[int, ...] = ()
    facets: dict[str, dict[str, int]] = field(default_factory=dict)
    # True when not every word was found; `dropped` are the words that were let go.
    relaxed: bool = False
    dropped: tuple[str, ...] = ()
    did_you_mean: str = ""
    engine: str = "embedded"
    # A sentence for the page when the engine that should answer did not.
    notice: str = ""
