"""From the address line to a Query: any byte string is a valid question, what makes no sense is left out."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from directory.choices import PlaceKind, Want
from directory.models import Municipality

from .cursor import unpack
from .query import HOW, PARTS_OF_DAY, SORTS, WHEN, Near, Query
from .text import clean
from .words import Vocabulary

LONGEST_WORDS = 120
DEEPEST_PAGE = 500


def query_from(
    given: QueryDict, *, town: Municipality | None, vocabulary: Vocabulary | None = None, near: Near | None = None
) -> Query:
    """Never raises. Unknown names and impossible values are not conditions."""
    return Query(
        words=clean(given.get("q", ""))[:LONGEST_WORDS],
        municipalities=(town.pk,) if town else (),
        wants=_known(given.getlist("do"), Want.values),
        kinds=_known(given.getlist("kind"), PlaceKind.values),
        when=_known(given.getlist("when"), WHEN),
        how=_known(given.getlist("how"), HOW),
        districts=tuple(dict.fromkeys(n for text in given.getlist("area")[:20] if (n := _number(text, 2**31 - 1)))),
        weekdays=tuple(sorted({n - 1 for text in given.getlist("day")[:7] if (n := _number(text, 7))})),
        part_of_day=part if (part := given.get("time", "")) in PARTS_OF_DAY else "",
        on=_day(given.get("on", "")),
        near=near,
        sort=_sort(given, near),
        page=min(_number(given.get("page", ""), 10**6) or 1, DEEPEST_PAGE),
        after=unpack(given.get("after", "")) if given.get("page", "") not in {"", "1"} else None,
        vocabulary=vocabulary,
    )


def _known(values: list[str], allowed: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values[:40] if value in allowed))


def _number(text: str, most: int) -> int:
    """1 … most, else 0."""
    if not (text.isascii() and text.isdigit() and len(text) < 11):
        return 0
    number = int(text)
    return number if 1 <= number <= most else 0


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    today = timezone.localdate()
    return day if today <= day <= today + timedelta(days=120) else None


def _sort(given: Mapping[str, Any], near: Near | None) -> str:
    """Who names a middle wants what is near first, unless something else is asked; without one, near means nothing."""
    asked = given.get("sort", "")
    if near is None:
        return asked if asked in SORTS and asked != "near" else "fit"
    return asked if asked in SORTS else "near"
