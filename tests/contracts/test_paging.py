"""Going on from where a page ended: nothing twice, nothing left out, also when the index changes in between."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.cursor import After, unpack
from search.document import Document, Session
from search.query import SORTS, Near, Query
from tests.contracts.conftest import Both
from tests.contracts.test_agreement import CENTRE, QUERIES, places

TODAY = date(2026, 11, 24)
AT = timezone.make_aware(datetime.combine(TODAY, time(10, 20)))
MINUTE = int(AT.timestamp()) // 60


def a_document(number: int, *, version: int = 1) -> Document:
    """Sixty gatherings that differ in how well they answer, how near, how fresh and when they open next."""
    day = TODAY + timedelta(days=1 + number % 9)
    opens = timezone.make_aware(datetime.combine(day, time(13)))
    return Document(
        id=number,
        version=version,
        municipality=1,
        code=f"{number:06d}",
        name=f"お茶の会{number}" if number % 3 else f"集まり{number}",
        yomi=f"かい{number}",
        lead="お茶を飲みます" if number % 2 else "話します。お茶もあります",
        sessions=(Session(number, day, opens, 780, 900),) if number % 7 else (),
        weekdays=frozenset({day.weekday()}),
        confirmed_on=TODAY - timedelta(days=number * 3) if number % 5 else None,
        latitude=CENTRE[0] + (number * 37 % 60) / 2000,
        longitude=CENTRE[1],
    )


def pages(engine: Any, query: Query, *, most: int = 60) -> list[tuple[int, bool]]:
    """(place, relaxed) page after page, each beginning where the last one ended."""
    found: list[tuple[int, bool]] = []
    for page in range(1, most):
        results = engine.search(replace(query, page=page), at=AT)
        found += [(hit.place, hit.relaxed) for hit in results.hits]
        if len(results.hits) < query.size:
            break
        last = results.hits[-1]
        query = replace(query, after=unpack(After(last.relaxed, last.key, MINUTE).pack(), now=AT))
        assert query.after is not None
    return found


def a_question(sort: str, words: str = "お茶") -> Query:
    near = Near(*CENTRE, metres=50_000) if sort == "near" else None
    return Query(words=words, municipalities=(1,), sort=sort, near=near, size=7)


@pytest.mark.parametrize("words", ["お茶", ""])
@pytest.mark.parametrize("sort", SORTS)
def test_pages_by_cursor_are_the_pages_by_number(engine: Both, sort: str, words: str) -> None:
    engine.hold([a_document(number) for number in range(1, 61)], today=TODAY)
    query = a_question(sort, words)
    whole = engine.search(replace(query, size=100), at=AT)
    assert len(whole.hits) == 60
    assert pages(engine, query) == [(hit.place, hit.relaxed) for hit in whole.hits]


@pytest.mark.parametrize("sort", SORTS)
def test_what_comes_and_goes_before_the_cursor_moves_nothing(engine: Both, sort: str) -> None:
    documents = [a_document(number) for number in range(1, 61)]
    engine.hold(documents, today=TODAY)
    query = a_question(sort)
    whole = [hit.place for hit in engine.search(replace(query, size=100), at=AT).hits]
    first = engine.search(query, at=AT)
    last = first.hits[-1]
    # Two places of the first page close, and one comes that stands before all others.
    gone = {hit.place for hit in first.hits[:2]}
    best = replace(documents[whole[0] - 1], id=0, code="000000")
    engine.hold([best, *[one for one in documents if one.id not in gone]], today=TODAY)
    cursor = After(last.relaxed, last.key, MINUTE)
    second = engine.search(replace(query, page=2, after=cursor), at=AT)
    assert [hit.place for hit in second.hits] == whole[7:14]
    assert second.total == 59


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(documents=places(), query=QUERIES)
def test_any_question_is_read_to_its_end(engine: Both, documents: list[Document], query: Query) -> None:
    engine.hold(documents, today=TODAY)
    asked = replace(query, page=1, size=100)
    whole = [(hit.place, hit.relaxed) for hit in engine.search(asked, at=AT).hits]
    assert pages(engine, replace(asked, size=4)) == whole


def test_a_cursor_that_makes_no_sense_is_none() -> None:
    good = After(False, (-600.0, 29_560_000.0, 12.0), MINUTE).pack()
    assert unpack(good, now=AT) is not None
    for text in (
        "", "s", "x~1~2~3", "s~nan~1~2~3", "s~inf~1~2~" + str(MINUTE), "s~1~2~9999999999", "s~1~2~0", "s" * 5000,
        "s~1~2~3~4~5~6", "s~\x00~2~3", good + "0",
    ):  # fmt: skip
        assert unpack(text, now=AT) is None, text
    assert unpack(good, now=AT + timedelta(hours=2)) is None


@given(st.text(max_size=200))
def test_no_text_breaks_the_reading_of_a_cursor(text: str) -> None:
    unpack(text)
