"""Openings in exact Japanese that `parse` reads back to the same pattern, and dates and times as people say them."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, time
from itertools import groupby

from .rules import LAST, Closure, MonthDay, Pattern, Rule, Schedule, Session

WEEKDAYS = "月火水木金土日"
MOVE_WORDS = {
    "open": "開く",
    "next_day": "翌日",
    "next_weekday": "翌平日",
    "previous_day": "前日",
    "previous_weekday": "前の平日",
    "next_week": "翌週",
}


def near_words(day: date, today: date) -> str:
    """きょう, あした, あさって; empty for any other day."""
    return {0: "きょう", 1: "あした", 2: "あさって"}.get((day - today).days, "")


def date_words(day: date, today: date | None = None) -> str:
    """11月26日（木）; with the year when it is not this year's."""
    words = f"{day.month}月{day.day}日（{WEEKDAYS[day.weekday()]}）"
    return words if today is None or day.year == today.year else f"{day.year}年{words}"


def time_words(moment: time) -> str:
    """午前11時30分; twelve o'clock is 正午, half past twelve 午後0時30分."""
    if moment == time(12):
        return "正午"
    half, hour = ("午前", moment.hour) if moment.hour < 12 else ("午後", moment.hour - 12)
    return f"{half}{hour}時" + (f"{moment.minute}分" if moment.minute else "")


def session_words(begins: time | None, ends: time | None = None) -> str:
    """午前11時30分～午後1時30分; 午後9時～翌午前2時; 午前10時から; empty when nothing is known."""
    if begins is None:
        return ""
    if ends is None:
        return f"{time_words(begins)}から"
    return f"{time_words(begins)}～{'翌' if ends <= begins else ''}{time_words(ends)}"


def sessions_words(sessions: Iterable[Session]) -> str:
    return "、".join(session_words(*session) for session in sessions)


def describe(schedule: Schedule) -> list[str]:
    """One line per rule and closure, in that order."""
    return [*_rule_lines(schedule.rules), *map(_closure_line, schedule.closures)]


def _rule_lines(rules: Sequence[Rule]) -> Iterator[str]:
    # Rules that share their times stand in one line only when that reads back as the same rules.
    for sessions, group in groupby(rules, key=lambda rule: rule.sessions):
        for rule in group:
            yield f"{pattern_words(rule)} {sessions_words(sessions)}".strip()


def _closure_line(closure: Closure) -> str:
    words, move = pattern_words(closure, closing=True), closure.if_holiday
    return f"{words}は休み" + (f"（祝日の場合は{MOVE_WORDS[move]}）" if move else "")


def pattern_words(pattern: Pattern, *, closing: bool = False) -> str:
    """The days a pattern means, periods first: 4月～9月の毎月第2・第4土曜日（祝日を除く）."""
    period, days = _period(pattern), _days(pattern, alone=closing and bool(_period(pattern)))
    words = "の".join(part for part in (period, days) if part)
    move = pattern.if_holiday
    if pattern.every_weeks > 1 and pattern.anchor:
        words += f"（{_full(pattern.anchor)}から）"
    if pattern.holidays == "skip" and not _is_heijitsu(pattern):
        words += "（祝日を除く）"
    if move and not isinstance(pattern, Closure):
        words += f"（祝日の場合は{MOVE_WORDS[move]}）"
    return words


def _is_heijitsu(pattern: Pattern) -> bool:
    return pattern.holidays == "skip" and pattern.weekdays == (0, 1, 2, 3, 4) and not pattern.weeks


def _period(pattern: Pattern) -> str:
    parts = []
    if pattern.from_on and pattern.until_on:
        parts.append(f"{_full(pattern.from_on)}から{_full(pattern.until_on)}まで")
    elif pattern.from_on:
        parts.append(f"{_full(pattern.from_on)}から")
    elif pattern.until_on:
        parts.append(f"{_full(pattern.until_on)}まで")
    if pattern.months:
        parts.append(_months(pattern.months))
    if pattern.span:
        parts.append(_span(pattern.span))
    return "の".join(parts)


def _days(pattern: Pattern, *, alone: bool) -> str:
    if pattern.dates:
        return "、".join(_full(day) for day in pattern.dates)
    if pattern.monthdays:
        return "毎月" + "・".join("末日" if day == LAST else f"{day}日" for day in _last_at_end(pattern.monthdays))
    if _is_heijitsu(pattern):
        return "平日"
    weekdays = _weekdays(pattern.weekdays)
    only = "祝日の" if pattern.holidays == "only" else ""
    if pattern.weeks:
        weeks = "・".join("最終" if week == LAST else f"第{week}" for week in _last_at_end(pattern.weeks))
        compact = "・".join(WEEKDAYS[day] for day in pattern.weekdays)
        return f"{only}毎月{weeks}{compact}曜日"
    if weekdays:
        every = {1: "毎週", 2: "隔週"}.get(pattern.every_weeks, f"{pattern.every_weeks}週ごとの")
        return only + every + weekdays
    if only:
        return "祝日"
    # A closed month is 8月は休み, not 8月の毎日は休み.
    return "" if alone else "毎日"


def _weekdays(days: Sequence[int]) -> str:
    """月曜日～金曜日 for three and more in a row, else 月曜日・水曜日."""
    in_a_row = len(days) > 2 and days[-1] - days[0] == len(days) - 1
    shown = [f"{WEEKDAYS[day]}曜日" for day in days]
    return f"{shown[0]}～{shown[-1]}" if in_a_row else "・".join(shown)


def _months(months: Sequence[int]) -> str:
    """4月～9月, also across New Year (11月～3月); months that are not in a row one by one."""
    missing = [month for month in range(1, 13) if month not in months]
    for first in months:
        row = [(first - 1 + step) % 12 + 1 for step in range(len(months))]
        if len(months) > 2 and missing and sorted(row) == list(months):
            return f"{row[0]}月～{row[-1]}月"
    return "・".join(f"{month}月" for month in months)


def _last_at_end(numbers: Iterable[int]) -> list[int]:
    return sorted(numbers, key=lambda number: (number == LAST, number))


def _span(span: tuple[MonthDay, MonthDay]) -> str:
    (m1, d1), (m2, d2) = span
    return f"{m1}月{d1}日" if (m1, d1) == (m2, d2) else f"{m1}月{d1}日～{m2}月{d2}日"


def _full(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
