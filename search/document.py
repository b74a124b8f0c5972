"""What an engine knows of a place: public facts only, one document each."""

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True)
class Session:
    """One dated opening: minutes count from midnight of the day, past 1,440 when it runs into the next."""

    activity: int
    on: date
    starts_at: datetime
    begins: int | None
    ends: int | None


@dataclass(frozen=True)
class ActivityText:
    """The words of one activity."""

    id: int
    name: str
    text: str = ""


@dataclass(frozen=True)
class Document:
    """One place. `None` in a yes/no = nobody knows; an engine never reads it as a no."""

    id: int
    version: int
    municipality: int
    code: str
    name: str
    yomi: str = ""
    kind: str = ""
    kind_words: str = ""
    lead: str = ""
    body: str = ""
    district: int | None = None
    district_words: str = ""
    tags: tuple[str, ...] = ()
    activities: tuple[ActivityText, ...] = ()
    wants: tuple[str, ...] = ()
    # Names of query.HOW; what is known to be yes, and what is known to be no.
    yes: frozenset[str] = frozenset()
    no: frozenset[str] = frozenset()
    cost_yen: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    confirmed_on: date | None = None
    opening_words: str = ""
    sessions: tuple[Session, ...] = ()
    # Weekdays on which it is known to open; None = not known.
    weekdays: frozenset[int] | None = None
    shared_with: tuple[int, ...] = field(default=())


@dataclass(frozen=True)
class WindowDocument:
    """One consultation window."""

    id: int
    version: int
    municipality: int
    name: str
    yomi: str = ""
    field_words: str = ""
    topics: tuple[str, ...] = ()
    about: str = ""
