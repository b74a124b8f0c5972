"""Wishes and conditions: はい, いいえ, まだ分からない, with source and date; what was said before is kept."""

from datetime import time
from typing import Any

import pytest

from matching.actions.conditions import add_wish, drop_wish, set_condition, set_free_time
from matching.choices import Source, WishKind
from matching.refusals import TooManyImportant, ValueMissing
from tests.matching.cast import Cast


def test_a_yes_a_no_and_not_yet_known(cast: Cast) -> None:
    client = cast.a_client()
    said = [
        set_condition(
            client=client, key="max_cost_yen", answer=answer, value=300, source=Source.SELF, by=cast.sakura
        ).words
        for answer in (True, False, None)
    ]
    assert said == ["はい（300円まで）", "いいえ", "まだ分からない"]
    assert client.conditions.current().get().answer is None
    assert client.conditions.count() == 3


@pytest.mark.parametrize(
    "key, value, words",
    [
        ("needs_quiet_corner", None, "はい"),
        ("means", ["bus", "walk"], "はい（歩き・バス・電車）"),
        ("max_physical", "light", "はい（軽いまで）"),
        ("wanted_group_size", {"min": None, "max": 5}, "はい（～5人）"),
        ("max_cost_yen", 0, "はい（0円まで）"),
    ],
)
def test_a_yes_is_kept_in_its_own_shape(cast: Cast, key: str, value: Any, words: str) -> None:
    condition = set_condition(
        client=cast.a_client(), key=key, answer=True, value=value, source=Source.WORKER, by=cast.sakura
    )
    assert condition.words == words


@pytest.mark.parametrize(
    "key, value",
    [
        ("max_cost_yen", None),
        ("max_cost_yen", "300"),
        ("max_cost_yen", True),
        ("max_cost_yen", -1),
        ("means", []),
        ("means", ["rocket"]),
        ("max_physical", "unbearable"),
        ("wanted_group_size", {"min": None, "max": None}),
    ],
)
def test_a_yes_without_a_fitting_value_is_refused(cast: Cast, key: str, value: Any) -> None:
    with pytest.raises(ValueMissing):
        set_condition(client=cast.a_client(), key=key, answer=True, value=value, source=Source.SELF, by=cast.sakura)


def test_the_same_answer_twice_is_one_answer(cast: Cast) -> None:
    client = cast.a_client()
    for _press in range(2):
        set_condition(client=client, key="needs_escort", answer=True, source=Source.SELF, by=cast.sakura)
    assert client.conditions.count() == 1


def test_three_things_may_be_important_and_not_four(cast: Cast) -> None:
    client = cast.a_client()
    for key in ("needs_quiet_corner", "needs_may_leave_early"):
        set_condition(client=client, key=key, answer=True, source=Source.SELF, by=cast.sakura, is_important=True)
    add_wish(
        client=client,
        kind=WishKind.INTEREST,
        words="料理",
        source=Source.SELF,
        by=cast.sakura,
        is_important=True,
    )
    with pytest.raises(TooManyImportant):
        set_condition(
            client=client, key="needs_escort", answer=True, source=Source.SELF, by=cast.sakura, is_important=True
        )
    # Answering an important question again does not count it twice.
    set_condition(
        client=client, key="needs_quiet_corner", answer=False, source=Source.SELF, by=cast.sakura, is_important=True
    )


def test_a_weekday_is_possible_from_when_to_when_or_not_or_not_yet_known(cast: Cast) -> None:
    client = cast.a_client()
    times = [(time(13), time(15)), (time(10), time(12))]
    rows = set_free_time(client=client, weekday=1, answer=True, times=times, source=Source.SELF, by=cast.sakura)
    assert [row.begins for row in rows] == [time(10), time(13)]
    set_free_time(client=client, weekday=1, answer=True, times=times, source=Source.SELF, by=cast.sakura)
    assert client.free_times.count() == 2
    set_free_time(client=client, weekday=1, answer=None, source=Source.SELF, by=cast.sakura)
    (now,) = client.free_times.current()
    assert (now.answer, now.begins) == (None, None)


def test_a_possible_weekday_needs_its_times(cast: Cast) -> None:
    for times in ([], [(time(12), time(10))]):
        with pytest.raises(ValueMissing):
            set_free_time(
                client=cast.a_client(), weekday=1, answer=True, times=times, source=Source.SELF, by=cast.sakura
            )


def test_a_wish_stands_there_once_and_is_dropped_without_being_lost(cast: Cast) -> None:
    client = cast.a_client()
    wish = add_wish(client=client, kind=WishKind.STRENGTH, words="魚をさばく", source=Source.SELF, by=cast.sakura)
    assert (
        add_wish(client=client, kind=WishKind.STRENGTH, words="魚をさばく", source=Source.SELF, by=cast.sakura) == wish
    )
    drop_wish(wish=wish, by=cast.sakura)
    assert not client.wishes.current()
    assert client.wishes.get().words == "魚をさばく"
