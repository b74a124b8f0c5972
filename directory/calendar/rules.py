"""The pattern of openings: frozen values with one canonical JSON form, so that equal patterns compare equal."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, time, timedelta
from typing import Any, Self

from .holidays import is_holiday, moved

# Begin and end of one session; an end at or before the begin is past midnight; None = the text does not say.
Session = tuple[time, time | None]
MonthDay = tuple[int, int]

LAST = -1
HOLIDAYS = ("any", "skip", "only")
MOVES = (
    "",
    "open",
    "next_day",
    "next_weekday",
    "previous_day",
    "previous_weekday",
    "next_week",
)


class NotASchedule(ValueError):
    """JSON that is no opening pattern; the message is for the screen."""

    def __init__(self, what: str) -> None:
        super().__init__(f"開く日の決まりとして読めません（{what}）。もう一度選びなおしてください。")


@dataclass(frozen=True, kw_only=True)
class Pattern:
    """Which days are meant. Every selector that is given must hold; none given = every day.

    weekdays 0 = Monday … 6 = Sunday; weeks 1…5 = the n-th such weekday of the month, -1 = the last; monthdays 1…31,
    -1 = the last day of the month; span = (month, day) to (month, day) of every year, both included, perhaps across
    New Year; every_weeks counts from `anchor`; holidays = "any" | "skip" (not on holidays) | "only" (on holidays).
    if_holiday says what happens to a day that is a holiday: it moves, or for a closure does not apply ("open").
    """

    weekdays: tuple[int, ...] = ()
    weeks: tuple[int, ...] = ()
    monthdays: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    span: tuple[MonthDay, MonthDay] | None = None
    dates: tuple[date, ...] = ()
    every_weeks: int = 1
    anchor: date | None = None
    from_on: date | None = None
    until_on: date | None = None
    holidays: str = "any"
    if_holiday: str = ""

    def __post_init__(self) -> None:
        _check(all(0 <= day <= 6 for day in self.weekdays), "曜日")
        _check(all(week in (1, 2, 3, 4, 5, LAST) for week in self.weeks), "第何")
        _check(all(day == LAST or 1 <= day <= 31 for day in self.monthdays), "日")
        _check(all(1 <= month <= 12 for month in self.months), "月")
        _check(self.holidays in HOLIDAYS and self.if_holiday in MOVES, "祝日")
        _check(1 <= self.every_weeks <= 8 and (self.every_weeks == 1 or self.anchor is not None), "隔週")
        for name in ("weekdays", "weeks", "monthdays", "months", "dates"):
            object.__setattr__(self, name, tuple(sorted(set(getattr(self, name)))))
        # All seven days and no day named are the same, and have one form.
        if len(self.weekdays) == 7 and not self.weeks:
            object.__setattr__(self, "weekdays", ())
        if len(self.months) == 12:
            object.__setattr__(self, "months", ())

    def falls_on(self, day: date) -> bool:
        """Whether the pattern itself means this day, before holidays are thought of."""
        return (
            (not self.weekdays or day.weekday() in self.weekdays)
            and (not self.weeks or self._is_nth(day))
            and (not self.monthdays or day.day in self.monthdays or (LAST in self.monthdays and _is_last(day)))
            and (not self.months or day.month in self.months)
            and (self.span is None or within(day, self.span))
            and (not self.dates or day in self.dates)
            and (self.from_on is None or day >= self.from_on)
            and (self.until_on is None or day <= self.until_on)
            and self._is_in_turn(day)
        )

    def _is_nth(self, day: date) -> bool:
        return (day.day - 1) // 7 + 1 in self.weeks or (
            LAST in self.weeks and (day + timedelta(days=7)).month != day.month
        )

    def _is_in_turn(self, day: date) -> bool:
        if self.every_weeks == 1 or self.anchor is None:
            return True
        # Weeks run from Monday; nothing happens before the anchor.
        monday, first = day - timedelta(days=day.weekday()), self.anchor - timedelta(days=self.anchor.weekday())
        return day >= self.anchor and (monday - first).days // 7 % self.every_weeks == 0

    def holds_on(self, day: date) -> bool:
        """Whether this day is meant, holidays and moved days included."""
        if self.falls_on(day):
            holiday = is_holiday(day)
            if (self.holidays == "skip" and holiday) or (self.holidays == "only" and not holiday):
                return False
            if not (self.if_holiday and holiday):
                return True
        if self.if_holiday in ("", "open"):
            return False
        # A day within two weeks that is meant, is a holiday, and goes to this one.
        return any(
            is_holiday(other) and self.falls_on(other) and moved(other, self.if_holiday) == day
            for other in (day + timedelta(days=shift) for shift in range(-14, 15) if shift)
        )

    def to_dict(self) -> dict[str, Any]:
        """Only what differs from the default, in the order of declaration."""
        return {
            field.name: _plain(getattr(self, field.name))
            for field in fields(self)
            if getattr(self, field.name) != field.default
        }

    @classmethod
    def from_dict(cls, given: Any) -> Self:
        _check(isinstance(given, dict), "形")
        known = {field.name: field for field in fields(cls)}
        _check(set(given) <= set(known), "知らない項目")
        try:
            return cls(**{name: _typed(name, value) for name, value in given.items()})
        except (TypeError, ValueError, IndexError) as error:
            if isinstance(error, NotASchedule):
                raise
            raise NotASchedule("値") from error


@dataclass(frozen=True, kw_only=True)
class Rule(Pattern):
    """Days on which something opens, and its sessions; no session = the time is not known."""

    sessions: tuple[Session, ...] = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        object.__setattr__(self, "sessions", tuple(sorted(set(self.sessions), key=lambda session: session[0])))


@dataclass(frozen=True, kw_only=True)
class Closure(Pattern):
    """Days on which nothing opens, whatever the rules say."""


@dataclass(frozen=True)
class Schedule:
    """The whole pattern: open where a rule holds and no closure does."""

    rules: tuple[Rule, ...] = ()
    closures: tuple[Closure, ...] = ()

    def is_closed(self, day: date) -> bool:
        return any(closure.holds_on(day) for closure in self.closures)

    def sessions_on(self, day: date) -> tuple[Session, ...] | None:
        """The sessions of a day in order; () = open, time unknown; None = not open."""
        found: list[Session] = []
        is_open = False
        for rule in self.rules:
            if rule.holds_on(day):
                is_open = True
                found += rule.sessions
        if not is_open or self.is_closed(day):
            return None
        return tuple(sorted(set(found), key=lambda session: (session[0], session[1] or time.max)))

    def to_dict(self) -> dict[str, Any]:
        made: dict[str, Any] = {"rules": [rule.to_dict() for rule in self.rules]}
        if self.closures:
            made["closures"] = [closure.to_dict() for closure in self.closures]
        return made

    @classmethod
    def from_dict(cls, given: Any) -> Self:
        """Raises NotASchedule with a Japanese sentence when the JSON is no pattern."""
        _check(isinstance(given, dict) and set(given) <= {"rules", "closures"}, "形")
        rules, closures = given.get("rules", []), given.get("closures", [])
        _check(isinstance(rules, list) and isinstance(closures, list), "形")
        return cls(
            rules=tuple(Rule.from_dict(rule) for rule in rules),
            closures=tuple(Closure.from_dict(closure) for closure in closures),
        )


def _check(holds: bool, what: str) -> None:
    if not holds:
        raise NotASchedule(what)


def _is_last(day: date) -> bool:
    return (day + timedelta(days=1)).month != day.month


def within(day: date, span: tuple[MonthDay, MonthDay]) -> bool:
    """Whether a day lies in a part of every year, its ends included; 12/29～1/3 goes across New Year."""
    first, last = span
    here = (day.month, day.day)
    return first <= here <= last if first <= last else here >= first or here <= last


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return value


def _typed(name: str, value: Any) -> Any:
    match name:
        case "weekdays" | "weeks" | "monthdays" | "months":
            _check(isinstance(value, list) and all(type(part) is int for part in value), name)
            return tuple(value)
        case "dates":
            return tuple(date.fromisoformat(part) for part in value)
        case "anchor" | "from_on" | "until_on":
            return None if value is None else date.fromisoformat(value)
        case "span":
            return None if value is None else _span(value)
        case "sessions":
            return tuple(_session(part) for part in value)
        case "every_weeks":
            _check(type(value) is int, name)
            return value
    _check(isinstance(value, str), name)
    return value


def _span(value: Iterable[Iterable[int]]) -> tuple[MonthDay, MonthDay]:
    (m1, d1), (m2, d2) = value
    # A leap year, so that 2/29 is a day.
    date(2024, m1, d1), date(2024, m2, d2)
    return (m1, d1), (m2, d2)


def _session(value: list[str | None]) -> Session:
    begins, ends = value
    _check(begins is not None, "時間")
    return time.fromisoformat(str(begins)), None if ends is None else time.fromisoformat(ends)
