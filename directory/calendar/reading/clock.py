"""Times of day as they are written: 10:00～12:00, 午後1時半, 正午, 25時."""

import re
from datetime import time

from ..rules import Session
from .words import NotUnderstood

# Minutes stand behind a colon, or carry 分: in 12時 8月 the eight is a month.
_CLOCK = (
    r"(?:(?P<h{n}>午前|午後|朝|昼|夕方|夜|深夜|AM|PM|am|pm)の?\s*)?(?P<H{n}>\d{{1,2}})"
    r"(?:\s*:\s*(?P<M{n}>\d{{2}})(?!\d)|\s*時(?!間)(?:\s*(?P<m{n}>\d{{1,2}})\s*分|(?P<half{n}>半))?)"
    r"(?P<t{n}>\s*(?:AM|PM|am|pm))?"
)
_NOON = r"(?P<noon{n}>正午)"


def _clock(number: int) -> str:
    return f"(?:{_NOON}|{_CLOCK})".format(n=number)


RANGE = re.compile(
    rf"{_clock(1)}\s*(?:~|から|より|→|\.\.)\s*(?P<next>翌日?の?)?\s*{_clock(2)}(?:\s*(?:まで|頃まで(?!))|(?!\s*頃|\s*ごろ|\s*ころ))?"
)
SHORT_RANGE = re.compile(
    r"(?:(?P<h>午前|午後|朝|夜)\s*)?(?P<a>\d{1,2})\s*~\s*(?:(?P<k>午前|午後|夜)\s*)?(?P<b>\d{1,2})時(?P<m>半|\d{1,2}分)?(?:まで)?(?!\s*(?:間|頃|ごろ|ころ))"
)
UNTIL = re.compile(rf"(?:~\s*)?{_clock(1)}\s*まで|~\s*{_clock(2)}")
FROM = re.compile(rf"{_clock(1)}\s*(?:~|から|より|開始|開店|スタート|開演)(?!\s*[\d午正])")
VAGUE = re.compile(r"\s*(?:頃|ごろ|ころ|くらい|前後|過ぎ)")


_HALVES = {"午前", "午後", "朝", "昼", "夕方", "夜", "深夜", "AM", "PM", "am", "pm"}


def _hour(half: str | None, hour: int, minute: int) -> time:
    """午後1時 → 13:00. Raises NotUnderstood when the hour does not exist in that half."""
    if half in {"午後", "夕方", "夜", "PM", "pm"} and hour < 12:
        hour += 12
    elif half in {"午前", "朝", "AM", "am"} and hour > 12:
        raise NotUnderstood(f"{half}{hour}時")
    elif half is not None and half in _HALVES and hour == 12 and half != "昼":
        # 午前12時 and 午後12時 are noon to some and midnight to others.
        raise NotUnderstood(f"{half}12時")
    elif half in {"PM", "pm", "午後"} and hour > 12 and half != "午後":
        raise NotUnderstood(f"{half}{hour}")
    if half == "昼" and hour < 11:
        hour += 12
    if half == "深夜" and 5 < hour < 22:
        raise NotUnderstood(f"深夜{hour}時")
    if minute > 59 or hour > 29:
        raise NotUnderstood(f"{hour}:{minute:02d}")
    return time(hour % 24, minute)


def read_clock(found: re.Match[str], number: int, inherit: str | None = None) -> tuple[time, str | None]:
    if found[f"noon{number}"]:
        return time(12), None
    half = found[f"h{number}"] or (found[f"t{number}"] or "").strip() or inherit
    minute = 30 if found[f"half{number}"] else int(found[f"M{number}"] or found[f"m{number}"] or 0)
    return _hour(half, int(found[f"H{number}"]), minute), half


def read_range(found: re.Match[str]) -> Session:
    begins, half = read_clock(found, 1)
    if half == "深夜" and begins.hour < 6:
        # 金曜の深夜0時: by the calendar that is Saturday.
        raise NotUnderstood(found[0])
    if found["noon2"] or found["h2"] or found["t2"]:
        return begins, read_clock(found, 2)[0]
    ends, _ = read_clock(found, 2)
    if half in {"午後", "夕方", "夜", "PM", "pm"} and int(found["H2"]) < 12:
        # 午後1時～3時: the word carries over, unless it already crosses midnight.
        carried, _ = read_clock(found, 2, half)
        ends = ends if found["next"] else carried
        if carried <= begins and not found["next"]:
            raise NotUnderstood(found[0])
    elif half in {"午前", "朝", "AM", "am"} and ends <= begins and not found["next"]:
        # 午前10時～3時: probably the afternoon, but it is not said.
        raise NotUnderstood(found[0])
    return begins, ends


def read_short(found: re.Match[str]) -> Session:
    minutes = found["m"]
    minute = 30 if minutes == "半" else int((minutes or "0").rstrip("分"))
    begins = _hour(found["h"], int(found["a"]), 0)
    half = found["k"] or (found["h"] if found["h"] in {"午後", "夜"} and int(found["b"]) < 12 else None)
    ends = _hour(half, int(found["b"]), minute)
    if found["h"] and not found["k"] and ends <= begins:
        raise NotUnderstood(found[0])
    return begins, ends
