"""National holidays of Japan (substitute holidays included), asked once per day and remembered."""

from datetime import date, timedelta
from functools import lru_cache

import jpholiday


@lru_cache(maxsize=8192)
def is_holiday(day: date) -> bool:
    """国民の祝日に関する法律: holidays, substitute holidays and the days between two."""
    return bool(jpholiday.is_holiday(day))


def is_weekday(day: date) -> bool:
    """平日: Monday to Friday, and no holiday."""
    return day.weekday() < 5 and not is_holiday(day)


def moved(day: date, how: str) -> date:
    """Where something that falls on a holiday goes: see `Move` in rules.py."""
    step = timedelta(days=1)
    match how:
        case "next_day":
            return day + step
        case "previous_day":
            return day - step
        case "next_week":
            return day + 7 * step
        case "next_weekday" | "previous_weekday":
            step = step if how == "next_weekday" else -step
            day += step
            while not is_weekday(day):
                day += step
            return day
    raise ValueError(how)
