"""A question, cleaned: what is asked of an engine, frozen."""

from dataclasses import dataclass, field
from datetime import date

from .cursor import After
from .words import Vocabulary

# (facet, value) pairs people tick under 行きやすさ; each names a yes of a place.
HOW = (
    "no_booking", "welcome_alone", "may_watch", "can_be_silent", "free", "wheelchair", "pickup", "online",
    "plain_japanese", "with_children", "may_help",
)  # fmt: skip
WHEN = ("now", "today", "tomorrow", "weekend", "week", "weekday_day", "evening")
SORTS = ("fit", "next", "near", "fresh")
PARTS_OF_DAY = {"morning": (300, 720), "afternoon": (720, 1020), "evening": (1020, 1740)}


@dataclass(frozen=True)
class Near:
    """Around a point: degrees, and metres."""

    latitude: float
    longitude: float
    metres: int = 5000


@dataclass(frozen=True)
class Query:
    """Everything one result page depends on. Tuples are alternatives (OR) inside, conditions (AND) between."""

    words: str = ""
    municipalities: tuple[int, ...] = ()
    wants: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
    how: tuple[str, ...] = ()
    districts: tuple[int, ...] = ()
    weekdays: tuple[int, ...] = ()
    part_of_day: str = ""
    on: date | None = None
    near: Near | None = None
    sort: str = "fit"
    page: int = 1
    size: int = 20
    # Where the page before ended; the page number then only says where we are.
    after: After | None = None
    ids: tuple[int, ...] = field(default=())
    # How the words are read; None = by the shipped vocabulary.
    vocabulary: Vocabulary | None = None

    @property
    def has_choices(self) -> bool:
        return bool(
            self.wants or self.kinds or self.when or self.how or self.districts or self.weekdays
            or self.part_of_day or self.on or self.near
        )  # fmt: skip
