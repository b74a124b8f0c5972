"""Drawn places and questions: every engine finds, counts and measures what the oracle does."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.choices import PlaceKind, Want
from search.document import ActivityText, Document, Session
from search.entry import entry_of
from search.plan import FEW, plan_of
from search.query import HOW, PARTS_OF_DAY, SORTS, WHEN, Near, Query
from search.text import clean
from tests.contracts.conftest import Both
from tests.contracts.oracle import expected, next_start

TODAY = date(2026, 11, 24)
AT = timezone.make_aware(datetime.combine(TODAY, time(10, 20)))
WORDS = ["サロン", "将棋", "お茶", "子ども食堂", "野菜", "体操", "ひまわり", "畑", "話す", "C++", "編み物", "さんぽ"]
ASKED = [
    *WORDS,
    "さろん",
    "こども",
    "土曜",
    "無料",
    "平日",
    "夕方",
    "居場所",
    "今日",
    "ひとりで",
    "zzz",
    "車いす",
    "朝",
]
CENTRE = (36.0, 138.0)


def texts(most: int) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(WORDS), max_size=most).map(" ".join)


@st.composite
def sessions(draw: st.DrawFn) -> Session:
    day = TODAY + timedelta(days=draw(st.integers(-1, 50)))
    begins = draw(st.none() | st.integers(0, 1439))
    ends = None if begins is None else draw(st.none() | st.integers(begins + 1, begins + 600))
    midnight = timezone.make_aware(datetime.combine(day, time()))
    return Session(1, day, midnight + timedelta(minutes=begins or 0), begins, ends)


@st.composite
def places(draw: st.DrawFn) -> list[Document]:
    found = []
    for number in range(1, draw(st.integers(1, 25)) + 1):
        yes = draw(st.frozensets(st.sampled_from(HOW), max_size=4))
        here = draw(st.booleans())
        found.append(
            Document(
                id=number,
                version=1,
                municipality=draw(st.integers(1, 2)),
                shared_with=draw(st.sampled_from([(), (), (2,)])),
                code=f"{number:06d}",
                name=draw(st.sampled_from(WORDS)) + draw(st.sampled_from(WORDS)),
                kind=draw(st.sampled_from(["", *PlaceKind.values[:3]])),
                kind_words=draw(st.sampled_from(["", "サロン", "食堂"])),
                lead=draw(texts(2)),
                body=draw(texts(4)),
                tags=tuple(draw(texts(2)).split()),
                district=draw(st.sampled_from([None, 1, 2])),
                district_words=draw(st.sampled_from(["", "川西"])),
                activities=(ActivityText(number, draw(st.sampled_from(WORDS)), draw(texts(2))),),
                wants=tuple(draw(st.lists(st.sampled_from(Want.values), max_size=2, unique=True))),
                yes=yes,
                no=draw(st.frozensets(st.sampled_from(HOW), max_size=3)) - yes,
                latitude=CENTRE[0] + draw(st.floats(-0.2, 0.2)) if here else None,
                longitude=CENTRE[1] + draw(st.floats(-0.2, 0.2)) if here else None,
                confirmed_on=draw(st.none() | st.dates(TODAY - timedelta(days=300), TODAY)),
                sessions=tuple(draw(st.lists(sessions(), max_size=4))),
                weekdays=draw(st.none() | st.frozensets(st.integers(0, 6), max_size=3)),
            )
        )
    return found


QUERIES = st.builds(
    Query,
    words=st.lists(st.sampled_from(ASKED), max_size=3).map(" ".join),
    municipalities=st.sampled_from([(), (1,), (2,), (1, 2)]),
    wants=st.lists(st.sampled_from(Want.values), max_size=2, unique=True).map(tuple),
    kinds=st.lists(st.sampled_from(PlaceKind.values[:3]), max_size=1).map(tuple),
    when=st.lists(st.sampled_from(WHEN), max_size=2, unique=True).map(tuple),
    how=st.lists(st.sampled_from(HOW), max_size=1).map(tuple),
    districts=st.sampled_from([(), (), (1,), (1, 2)]),
    weekdays=st.sampled_from([(), (), (5,), (0, 2)]),
    part_of_day=st.sampled_from(["", "", *PARTS_OF_DAY]),
    on=st.none() | st.dates(TODAY, TODAY + timedelta(days=40)),
    near=st.none() | st.builds(Near, st.just(CENTRE[0]), st.just(CENTRE[1]), st.sampled_from([1000, 5000, 20000])),
    sort=st.sampled_from(SORTS),
    size=st.just(50),
)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(documents=places(), queries=st.lists(QUERIES, min_size=6, max_size=6), words=st.lists(QUERIES, min_size=6))
def test_every_engine_agrees_with_the_oracle(
    engine: Both, documents: list[Document], queries: list[Query], words: list[Query]
) -> None:
    engine.hold(documents, today=TODAY)
    entries = [entry_of(document, today=TODAY) for document in documents]
    plain = [Query(words=q.words, municipalities=q.municipalities, sort=q.sort, size=50) for q in words[:12]]
    for query in [*queries, *plain]:
        plan = plan_of(query, at=AT)
        wanted = expected(entries, plan)
        found = engine.search(query, at=AT)
        strict = [hit for hit in found.hits if not hit.relaxed]
        assert {hit.place for hit in strict} == wanted.strict, query
        if wanted.total_strict >= FEW or not plan.wishes:
            assert found.total == wanted.total_strict
            assert not found.relaxed
            assert found.facets == wanted.facets, query
        check_hits(strict, wanted, entries, query)


def check_hits(strict: list[Any], wanted: Any, entries: list[Any], query: Query) -> None:
    by_id = {entry.id: entry for entry in entries}
    for hit in strict:
        start = next_start(by_id[hit.place], AT)
        assert (int(hit.next_at.timestamp()) // 60 if hit.next_at else None) == start
        if query.near:
            assert abs(hit.metres - wanted.metres[hit.place]) <= 1
    if query.sort == "next":
        starts = [next_start(by_id[hit.place], AT) for hit in strict]
        assert starts == sorted(starts, key=lambda start: (start is None, start or 0))
    if query.sort == "near" and query.near:
        far = [wanted.metres[hit.place] for hit in strict]
        assert far == sorted(far)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(documents=places(), query=QUERIES)
def test_what_is_shown_of_an_answer_is_the_same_page_by_page(
    engine: Both, documents: list[Document], query: Query
) -> None:
    engine.hold(documents, today=TODAY)
    whole = [(hit.place, hit.score, hit.relaxed) for hit in engine.search(query, at=AT).hits]
    paged = []
    for page in range(1, 12):
        part = engine.search(Query(**{**query.__dict__, "page": page, "size": 5}), at=AT)
        paged += [(hit.place, hit.score, hit.relaxed) for hit in part.hits]
    assert paged == whole


@pytest.fixture
def one_place(engine: Both) -> Both:
    engine.hold([Document(id=1, version=1, municipality=1, code="000001", name="サロン", yomi="さろん")], today=TODAY)
    return engine


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(typed=st.text(max_size=150) | st.binary(max_size=80).map(lambda raw: raw.decode("utf-8", "surrogateescape")))
def test_whatever_is_typed_is_answered(one_place: Both, typed: str) -> None:
    assert one_place.search(Query(words=clean(typed)[:120]), at=AT).total <= 1
    assert len(one_place.suggest(typed)) <= 1
