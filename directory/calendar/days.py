"""From a pattern and announced exceptions to dated openings."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from .rules import Schedule, Session

TOKYO = ZoneInfo("Asia/Tokyo")
# Nobody is told of an opening further ahead than this.
FURTHEST = timedelta(days=400)


@dataclass(frozen=True)
class DayChange:
    """A dated exception that a host announced: kind is cancelled, extra or changed."""

    on: date
    kind: str
    sessions: tuple[Session, ...] = ()
    reason: str = ""


@dataclass(frozen=True)
class Occurrence:
    """One session on one day, as wall-clock times in Asia/Tokyo; begins None = the time is not known."""

    on: date
    begins: time | None
    ends: time | None
    cancelled: bool = False
    reason: str = ""

    @property
    def starts_at(self) -> datetime:
        return datetime.combine(self.on, self.begins or time.min, TOKYO)

    @property
    def minutes(self) -> tuple[int, int] | None:
        """(begin, end) in minutes from the midnight before it; past midnight the end is above 1,440.

        Without an end it lasts until midnight; None when no time is known.
        """
        if self.begins is None:
            return None
        begins = self.begins.hour * 60 + self.begins.minute
        ends = 24 * 60 if self.ends is None else self.ends.hour * 60 + self.ends.minute
        return begins, ends if ends > begins else ends + 24 * 60

    @property
    def ends_at(self) -> datetime | None:
        """On the next day when the end is at or before the begin; None when the text does not say."""
        if self.begins is None or self.ends is None:
            return None
        day = self.on if self.ends > self.begins else self.on + timedelta(days=1)
        return datetime.combine(day, self.ends, TOKYO)


def occurrences(
    schedule: Schedule, changes: Iterable[DayChange], first: date, last: date, *, with_cancelled: bool = False
) -> Iterator[Occurrence]:
    """Every session from `first` to `last`, both included, in order. Cancelled days only when asked."""
    by_day: dict[date, list[DayChange]] = {}
    for change in changes:
        by_day.setdefault(change.on, []).append(change)
    day = first
    while day <= last:
        yield from _on(schedule, day, by_day.get(day, []), with_cancelled=with_cancelled)
        day += timedelta(days=1)


def _on(schedule: Schedule, day: date, changes: list[DayChange], *, with_cancelled: bool) -> Iterator[Occurrence]:
    sessions = schedule.sessions_on(day)
    reason = next((change.reason for change in changes if change.reason), "")
    extra = [session for change in changes if change.kind == "extra" for session in change.sessions]
    changed = [session for change in changes if change.kind == "changed" for session in change.sessions]
    cancelled = any(change.kind == "cancelled" for change in changes)
    if sessions is not None and changed:
        sessions = tuple(changed)
    if cancelled:
        if with_cancelled and sessions is not None:
            for begins, ends in sessions or ((None, None),):
                yield Occurrence(day, begins, ends, cancelled=True, reason=reason)
        sessions = None
    if sessions == () and not extra:
        yield Occurrence(day, None, None, reason=reason)
    for begins, ends in sorted({*(sessions or ()), *extra}, key=lambda session: (session[0], session[1] or time.max)):
        yield Occurrence(day, begins, ends, reason=reason)


def next_openings(
    schedule: Schedule, changes: Iterable[DayChange], after: datetime, count: int = 8
) -> list[Occurrence]:
    """The next sessions that are not over at `after` (aware); one that runs now comes first."""
    now = after.astimezone(TOKYO)
    changes = list(changes)
    found: list[Occurrence] = []
    # Yesterday too: what began late last night may still be open.
    for occurrence in occurrences(schedule, changes, now.date() - timedelta(days=1), now.date() + FURTHEST):
        over = occurrence.ends_at <= now if occurrence.ends_at else occurrence.on < now.date()
        if not over:
            found.append(occurrence)
            if len(found) == count:
                break
    return found
