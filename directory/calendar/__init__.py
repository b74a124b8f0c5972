"""When something opens: patterns, dated exceptions, Japanese wording, and reading of free text that never guesses."""

from .days import DayChange, Occurrence, next_openings, occurrences
from .holidays import is_holiday
from .reading import Reading, parse, read_columns
from .rules import Closure, NotASchedule, Rule, Schedule
from .wording import date_words, describe, near_words, session_words, time_words

__all__ = [
    "Closure",
    "DayChange",
    "NotASchedule",
    "Occurrence",
    "Reading",
    "Rule",
    "Schedule",
    "date_words",
    "describe",
    "is_holiday",
    "near_words",
    "next_openings",
    "occurrences",
    "parse",
    "read_columns",
    "session_words",
    "time_words",
]
