"""When places open, as words both engines index and ask for: days, parts of days, and stretches of time.

A token is a day (`2026-11-24`) or a day with a part (`2026-11-24 evening`); the same token answers "open on Saturday
afternoon", "tomorrow" and the facets, so an engine needs no calendar of its own.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from .document import Session

# How far ahead a weekday or a part of the day is asked for, and how far an index reaches beyond that at the most.
AHEAD_DAYS = 28
HORIZON_DAYS = 42
# Of what opens more rarely than that, the next few openings are kept however far they are.
RARE_KEPT = 3
# An opening without a known end is taken for an hour where "is it open then" is asked.
UNKNOWN_MINUTES = 60
DAY_MINUTES = 1440
# Minutes from midnight; an evening may run past it.
PARTS = {"morning": (300, 720), "afternoon": (720, 1020), "evening": (1020, 1740), "daytime": (540, 1020)}


def kept(sessions: Iterable[Session], today: date) -> list[Session]:
    """What an index holds of the openings: the coming weeks, and the next few of what is rare."""
    ahead = sorted((s for s in sessions if s.on >= today - timedelta(days=1)), key=lambda s: (s.starts_at, s.activity))
    near = [s for s in ahead if (s.on - today).days <= HORIZON_DAYS]
    return near if len(near) >= RARE_KEPT else ahead[:RARE_KEPT]


def day_tokens(session: Session) -> list[str]:
    """The day, and the parts of it during which the session runs."""
    day = session.on.isoformat()
    if session.begins is None:
        return [day]
    end = session.begins + UNKNOWN_MINUTES if session.ends is None else session.ends
    return [day, *[f"{day} {name}" for name, (first, last) in PARTS.items() if session.begins < last and end > first]]


def span(session: Session) -> tuple[int, int]:
    """(start, end) in minutes since 1970; a session without times lasts its whole day."""
    start = int(session.starts_at.timestamp()) // 60
    if session.begins is None:
        return start, start + DAY_MINUTES
    length = UNKNOWN_MINUTES if session.ends is None else session.ends - session.begins
    return start, start + max(length, 1)


def days_of(name: str, today: date) -> list[date]:
    """The days meant by 今日, あした, 今度の土日, この7日間."""
    if name == "tomorrow":
        return [today + timedelta(days=1)]
    if name == "week":
        return [today + timedelta(days=ahead) for ahead in range(7)]
    if name == "weekend":
        if today.weekday() == 6:
            # On a Sunday the weekend is what is left of it.
            return [today]
        saturday = today + timedelta(days=(5 - today.weekday()) % 7)
        return [saturday, saturday + timedelta(days=1)]
    return [today]


def tokens_for(when: str, today: date) -> list[str]:
    """Tokens of which one must stand in a place that opens then. `when` is a name of query.WHEN (but not "now"),
    `weekday:N`, `part:NAME`, `weekday:N:NAME` or `on:YYYY-MM-DD`; weekdays count from Monday = 0.
    """
    coming = [today + timedelta(days=ahead) for ahead in range(AHEAD_DAYS + 1)]
    kind, _colon, value = when.partition(":")
    if kind == "on":
        return [value]
    if kind == "part":
        return [f"{day} {value}" for day in coming]
    if kind == "weekday":
        number, _colon, part = value.partition(":")
        days = [day for day in coming if day.weekday() == int(number)]
        return [f"{day} {part}" if part else str(day) for day in days]
    if kind == "evening":
        return [f"{day} evening" for day in coming]
    if kind == "weekday_day":
        return [f"{day} daytime" for day in coming if day.weekday() < 5]
    return [str(day) for day in days_of(kind, today)]
