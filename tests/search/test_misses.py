"""What residents look for is counted as terms by week; what may be about a person is never written."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import connection, transaction
from django.test import Client as Browser
from django.urls import reverse

from directory.models import District
from search import editions, misses
from search.choices import Answered
from search.discreet import may_be_about_a_person
from search.models import SearchTerm
from tests.search.people import Town, signed_in

MONDAY = date(2026, 11, 23)


@pytest.fixture
def town(db: None) -> Iterator[Town]:
    with time_machine.travel("2026-11-24T10:00:00+09:00", tick=True):
        editions.forget()
        yield Town()
    editions.forget()


def rows() -> list[tuple[Any, ...]]:
    return list(SearchTerm.objects.order_by("terms").values_list("week", "terms", "kind", "count"))


def test_a_search_is_counted_as_its_terms_once_a_week(town: Town) -> None:
    for typed in ("朝市", "あさいち", "朝市 "):
        assert town.found(typed) == ["川西の朝市"]
    assert rows() == [(MONDAY, "朝市", Answered.FOUND, 3)]


def test_the_order_of_words_makes_no_difference(town: Town) -> None:
    town.found("体操 朝市")
    town.found("朝市 体操")
    assert [count for *_, count in rows()] == [2]


def test_a_search_without_an_answer_is_a_miss(town: Town) -> None:
    assert town.found("盆栽") == []
    assert rows() == [(MONDAY, "盆栽", Answered.ZERO, 1)]


def test_a_search_with_near_answers_only_is_a_weak_one(town: Town) -> None:
    assert town.found("盆栽 朝市") == ["川西の朝市"]
    assert [kind for _, _, kind, _ in rows()] == [Answered.WEAK]


def test_a_word_that_finds_since_is_no_miss_any_more(town: Town) -> None:
    town.found("盆栽")
    town.an_entry("盆栽", "朝市")
    town.found("盆栽")
    assert rows() == [(MONDAY, "盆栽", Answered.FOUND, 2)]


def test_weeks_are_counted_apart(town: Town) -> None:
    town.found("盆栽")
    with time_machine.travel("2026-11-30T08:00:00+09:00"):
        town.found("盆栽")
    assert [week for week, *_ in rows()] == [MONDAY, date(2026, 11, 30)]


def test_a_chosen_district_of_the_town_is_kept_and_any_other_number_is_not(town: Town) -> None:
    elsewhere = District.objects.create(municipality=town.beside, name="浜")
    for chosen in (town.district.pk, town.district.pk, elsewhere.pk, 987654):
        town.found("盆栽", area=chosen)
    assert list(SearchTerm.objects.order_by("district").values_list("district", "count")) in (
        [(None, 2), (town.district.pk, 2)],
        [(town.district.pk, 2), (None, 2)],
    )


def test_only_the_words_themselves_are_judged(town: Town) -> None:
    town.found("盆栽", how="free")
    town.found("盆栽", page=2)
    town.found("")
    town.found("土曜")
    Browser().head(reverse("search"), {"q": "盆栽"})
    Browser().get(reverse("suggest"), {"q": "盆栽"})
    assert rows() == []


def test_staff_who_try_the_search_are_not_counted(town: Town) -> None:
    town.found("盆栽", browser=signed_in(town.ren))
    assert rows() == []
    town.found("盆栽", browser=signed_in(town.ren.__class__.objects.create_user("host@example.jp")))
    assert len(rows()) == 1


PERSONAL = [
    "090-1234-5678", "０９０ １２３４ ５６７８", "〇九〇一二三四", "000-0000", "体操 123", "8050",
    "hana@example.jp", "ｈａｎａ＠ｅｘａｍｐｌｅ", "https://example.jp",
    "田中さん", "たなかさんの家", "花子ちゃん", "花子さん", "ゆうくん", "佐藤様", "ひろしさま", "山田先生", "山田花子",
    "山田 太郎", "田中 さん", "tanakasan", "tanaka san",
    "本町三丁目", "本町3-5", "本町2の1", "本町５番地", "昭和30年", "昭和五年生まれ", "5月1日", "201号室",
    "夫の母が夜に出歩いてしまい家族みんなが眠れなくて困っています", "朝 昼 夜 体操 手芸 料理 散歩",
]  # fmt: skip


@pytest.mark.parametrize("typed", PERSONAL)
def test_what_may_be_about_a_person_is_never_written(town: Town, typed: str) -> None:
    town.found(typed)
    town.found(f"盆栽 {typed}")
    assert rows() == []


@pytest.mark.parametrize(
    "typed",
    ["お母さんの居場所", "おばあちゃんと体操", "さんぽ", "おさんぽ", "たくさん話したい", "赤ちゃん", "多様性",
     "ひとりで行ける体操", "第3日曜の朝市", "さんま", "先生になりたい", "ちゃんこ鍋", "川西 体操", "大和 ヨガ",
     "いきいき百歳体操"],
)  # fmt: skip
def test_ordinary_words_are_not_taken_for_persons(typed: str) -> None:
    assert not may_be_about_a_person(typed)


def test_the_question_itself_stands_nowhere(town: Town) -> None:
    town.found("やさいを買いたいな")
    [row] = SearchTerm.objects.values()
    assert "買いたいな" not in str(row)
    assert set(row) == {"id", "municipality_id", "district_id", "week", "terms", "kind", "count"}


def test_words_beyond_the_measure_are_not_counted(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(misses, "MOST_ROWS_A_WEEK", 2)
    for typed in ("盆栽", "水泳", "相撲", "盆栽"):
        town.found(typed)
    assert sorted(count for *_, count in rows()) == [1, 2]


def test_a_visitor_without_a_town_is_not_counted(town: Town) -> None:
    town.municipality.site = None
    town.municipality.save()
    town.found("盆栽")
    assert rows() == []


@contextmanager
def somebody_else_writes() -> Iterator[None]:
    """Another process holds the lock that counting needs."""
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        other: Any = sqlite3.connect(settings["NAME"], isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
    else:
        import psycopg

        other = psycopg.connect(**{**connection.get_connection_params(), "cursor_factory": psycopg.Cursor})
        other.execute(f"LOCK TABLE {SearchTerm._meta.db_table} IN EXCLUSIVE MODE")
    try:
        yield
    finally:
        other.rollback() if connection.vendor != "sqlite" else other.execute("ROLLBACK")
        other.close()


@pytest.mark.django_db(transaction=True)
def test_a_lock_does_not_hold_up_a_search(caplog: pytest.LogCaptureFixture) -> None:
    town = Town()
    editions.forget()
    town.found("盆栽")
    with somebody_else_writes():
        begun = time.perf_counter()
        assert town.found("朝市") == ["川西の朝市"]
        assert time.perf_counter() - begun < 2
    assert "a search was not counted: OperationalError" in caplog.text
    assert "朝市" not in caplog.text
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout" if connection.vendor == "sqlite" else "SHOW lock_timeout")
        # Everybody else waits as before.
        assert cursor.fetchone()[0] in (20_000, "0")
    town.found("朝市")
    assert sorted(terms for _, terms, _, _ in rows()) == sorted(["盆栽", "朝市"])


def test_a_failing_write_leaves_the_page_whole(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {SearchTerm._meta.db_table} RENAME TO put_away")
        assert town.found("朝市") == ["川西の朝市"]
        transaction.set_rollback(True)
    assert "a search was not counted" in caplog.text
