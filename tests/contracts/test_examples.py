"""Questions and what must come, in order where the order matters, over a few places that can be kept in one's head."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.utils import timezone

from directory.choices import PlaceKind, Want
from search.document import ActivityText, Document, Session, WindowDocument
from search.query import Near, Query
from tests.contracts.conftest import Both

TODAY = date(2026, 11, 24)  # a Tuesday
AT = timezone.make_aware(datetime.combine(TODAY, time(10, 20)))
# One degree of latitude is about 111 km.
HERE = (35.0, 139.0)
WATCH, TALK = Want.values[0], Want.values[1]


def weekly(activity: int, weekday: int, begins: time, minutes: int, *, every: int = 7) -> tuple[Session, ...]:
    first = TODAY + timedelta(days=(weekday - TODAY.weekday()) % 7)
    days = [first + timedelta(days=ahead) for ahead in range(0, 60, every)]
    start = begins.hour * 60 + begins.minute
    return tuple(
        Session(activity, d, timezone.make_aware(datetime.combine(d, begins)), start, start + minutes) for d in days
    )


def place(number: int, name: str, yomi: str, **facts: Any) -> Document:
    return Document(id=number, version=1, municipality=1, code=f"{number:06d}", name=name, yomi=yomi, **facts)


PLACES = [
    place(1, "おはなサロン", "おはなさろん", kind=PlaceKind.SALON, kind_words="サロン", lead="お茶を飲んで話す",
          tags=("茶話会",), wants=(TALK,), yes=frozenset({"free", "welcome_alone"}), no=frozenset({"wheelchair"}),
          district=1, district_words="本町", latitude=35.001, longitude=139.0, confirmed_on=date(2026, 11, 1),
          sessions=weekly(11, 3, time(13), 120), weekdays=frozenset({3}),
          activities=(ActivityText(11, "お茶の時間", "おしゃべり"),)),
    place(2, "こども食堂 にじ", "こどもしょくどう にじ", kind=PlaceKind.COMMUNITY_MEAL, kind_words="子ども食堂",
          lead="夕ごはんを食べる", yes=frozenset({"free", "with_children", "wheelchair"}), no=frozenset({"no_booking"}),
          district=1, district_words="本町", latitude=35.01, longitude=139.0, confirmed_on=date(2026, 3, 1),
          sessions=weekly(21, 4, time(17), 120), weekdays=frozenset({4}),
          activities=(ActivityText(21, "夕ごはん", "宿題もできる"), ActivityText(22, "野菜市", "朝とれの野菜"))),
    place(3, "囲碁・将棋の会", "いごしょうぎのかい", kind_words="趣味の会", lead="囲碁や将棋をさす", wants=(WATCH,),
          no=frozenset({"free"}), district=2, district_words="川西", latitude=35.05, longitude=139.0,
          sessions=weekly(31, 1, time(9, 30), 120), weekdays=frozenset({1}),
          activities=(ActivityText(31, "対局", "はじめての人に教える"),)),
    place(4, "朝のさんぽ会", "あさのさんぽかい", kind_words="散歩", lead="川べりを歩く",
          yes=frozenset({"free", "no_booking", "can_be_silent"}), district=2, district_words="川西",
          latitude=35.2, longitude=139.0, sessions=weekly(41, 5, time(6, 30), 60, every=14), weekdays=frozenset({5}),
          activities=(ActivityText(41, "さんぽ", ""),)),
    place(5, "編み物の部屋", "あみもののへや", kind_words="手芸", lead="編み物や刺しゅうをする", tags=("手芸",),
          district=2, district_words="川西", confirmed_on=date(2026, 10, 20), weekdays=None,
          activities=(ActivityText(51, "編み物", ""),)),
    place(6, "百歳体操 はまなす", "ひゃくさいたいそう はまなす", kind_words="体操", lead="いすに座って体を動かす",
          yes=frozenset({"wheelchair", "pickup"}), latitude=35.002, longitude=139.0,
          sessions=weekly(61, 0, time(10), 60), weekdays=frozenset({0}), activities=(ActivityText(61, "体操", ""),)),
    replace(
        place(7, "となり町の図書室", "となりまちのとしょしつ", kind_words="図書室", lead="本を読む", district=9,
              district_words="となり"), municipality=2),
    replace(place(8, "川の学校", "かわのがっこう", kind_words="講座", lead="学ぶ"), municipality=2, shared_with=(1,)),
]  # fmt: skip
WINDOWS = [
    WindowDocument(1, 1, 1, "くらしの相談", "くらしのそうだん", "生活困窮", ("借金", "家賃が払えない", "お金がない")),
    WindowDocument(2, 1, 1, "介護の相談", "かいごのそうだん", "高齢・介護", ("介護に疲れた", "認知症かもしれない")),
    WindowDocument(3, 1, 2, "となりの相談", "となりのそうだん", "生活困窮", ("借金",)),
]
OWN = (1,)
# Words → places in order.
WORDS: list[tuple[str, list[int]]] = [
    ("サロン", [1]), ("さろん", [1]), ("ｻﾛﾝ", [1]), ("saron", [1]), ("SARON", [1]), ("おはなさろん", [1]),
    ("お茶", [1]), ("茶話会", [1]), ("子ども食堂", [2]), ("こども食堂", [2]), ("子供食堂", [2]), ("コドモ食堂", [2]),
    ("kodomo shokudou", [2]), ("にじ", [2]), ("野菜市", [2]), ("やさい市", [2]), ("宿題", [2]), ("将棋", [3]),
    ("しょうぎ", [3]), ("ショウギ", [3]), ("囲碁", [3]), ("さんぽ", [4]), ("散歩", [4]), ("歩く", [4]),
    ("編み物", [5]), ("あみもの", [5]), ("編みもの", [5]), ("手芸", [5]), ("刺しゅう", [5]), ("体操", [6]),
    ("百歳体操", [6]), ("100歳体操", [6]), ("１００歳体操", [6]), ("はまなす", [6]), ("ハマナス", [6]),
    ("将棋を教えてほしい", [3]), ("将棋　囲碁", [3]), ("サロン お茶", [1]), ("本町 サロン", [1]),
    ("無料 サロン", [1]), ("車いす 体操", [6]), ("川西 散歩", [4]), ("土曜 散歩", [4]),
    ("学校", [8]), ("川の学校", [8]),
]  # fmt: skip
NOTHING = ["qqqxxyz", "盆栽", "サーフィン", "!!!", "', DROP TABLE", '"', "*", "NEAR(a b)", "ｶﾞｷﾞｸﾞ" * 40]
# (what, choices, places as a set)
CHOICES: list[tuple[dict[str, Any], set[int]]] = [
    ({}, {1, 2, 3, 4, 5, 6, 8}),
    ({"how": ("free",)}, {1, 2, 4}),
    ({"how": ("free", "welcome_alone")}, {1}),
    ({"how": ("wheelchair",)}, {2, 6}),
    ({"how": ("online",)}, set()),
    ({"kinds": (PlaceKind.SALON,)}, {1}),
    ({"kinds": (PlaceKind.SALON, PlaceKind.COMMUNITY_MEAL)}, {1, 2}),
    ({"wants": (TALK,)}, {1}),
    ({"wants": (TALK, WATCH)}, {1, 3}),
    ({"districts": (1,)}, {1, 2}),
    ({"districts": (1, 2)}, {1, 2, 3, 4, 5}),
    ({"districts": (77,)}, set()),
    ({"districts": (2,), "how": ("free",)}, {4}),
    ({"weekdays": (3,)}, {1}),
    ({"weekdays": (3, 4)}, {1, 2}),
    ({"weekdays": (3,), "part_of_day": "afternoon"}, {1}),
    ({"weekdays": (3,), "part_of_day": "morning"}, set()),
    ({"part_of_day": "morning"}, {3, 4, 6}),
    ({"part_of_day": "evening"}, {2}),
    ({"when": ("today",)}, {3}),
    ({"when": ("now",)}, {3}),
    ({"when": ("tomorrow",)}, set()),
    ({"when": ("weekend",)}, {4}),
    ({"when": ("week",)}, {1, 2, 3, 4, 6}),
    ({"when": ("weekday_day",)}, {1, 3, 6}),
    ({"when": ("evening",)}, {2}),
    ({"when": ("today", "weekend")}, {3, 4}),
    ({"on": date(2026, 11, 26)}, {1}),
    ({"on": date(2026, 12, 12)}, {4}),
    ({"on": date(2026, 12, 5)}, set()),
    ({"near": Near(*HERE, 500)}, {1, 6}),
    ({"near": Near(*HERE, 2000)}, {1, 2, 6}),
    ({"near": Near(*HERE, 10_000)}, {1, 2, 3, 6}),
    ({"near": Near(*HERE, 50_000)}, {1, 2, 3, 4, 6}),
    ({"near": Near(*HERE, 2000), "how": ("free",)}, {1, 2}),
]
ORDERS: list[tuple[dict[str, Any], list[int]]] = [
    ({}, [3, 1, 2, 4, 6, 5, 8]),
    ({"sort": "next"}, [3, 1, 2, 4, 6, 5, 8]),
    ({"sort": "near", "near": Near(*HERE, 50_000)}, [1, 6, 2, 3, 4]),
    ({"sort": "fresh"}, [1, 5, 2, 3, 4, 6, 8]),
    ({"page": 2, "size": 3}, [4, 6, 5]),
    ({"page": 3, "size": 3}, [8]),
    ({"page": 4, "size": 3}, []),
]
TROUBLES = [("借金", 1), ("家賃が払えない", 1), ("お金がない", 1), ("介護に疲れた", 2), ("認知症かもしれない", 2)]


@pytest.fixture(scope="module")
def filled(engine: Both) -> Both:
    engine.hold(PLACES, today=TODAY)
    engine.embedded.index_windows(WINDOWS)
    return engine


def ask(engine: Both, **facts: Any) -> Any:
    return engine.search(Query(municipalities=OWN, **facts), at=AT)


def strict(results: Any) -> list[int]:
    return [hit.place for hit in results.hits if not hit.relaxed]


@pytest.mark.parametrize(("words", "wanted"), WORDS)
def test_words_find(filled: Both, words: str, wanted: list[int]) -> None:
    assert strict(ask(filled, words=words)) == wanted


@pytest.mark.parametrize("words", NOTHING)
def test_what_is_not_there_is_not_pretended(filled: Both, words: str) -> None:
    found = ask(filled, words=words)
    assert strict(found) == []


@pytest.mark.parametrize(("choices", "wanted"), CHOICES)
def test_choices_narrow(filled: Both, choices: dict[str, Any], wanted: set[int]) -> None:
    found = ask(filled, **choices)
    assert {hit.place for hit in found.hits} == wanted
    assert found.total == len(wanted)


@pytest.mark.parametrize(("facts", "wanted"), ORDERS)
def test_the_order(filled: Both, facts: dict[str, Any], wanted: list[int]) -> None:
    assert [hit.place for hit in ask(filled, **facts).hits] == wanted


@pytest.mark.parametrize(("words", "window"), TROUBLES)
def test_a_trouble_shows_the_window_of_the_own_town(filled: Both, words: str, window: int) -> None:
    assert ask(filled, words=words).windows[:1] == (window,)
    assert 3 not in ask(filled, words=words).windows


def test_what_a_window_answers_does_not_hide_the_rest_of_the_question(filled: Both) -> None:
    found = ask(filled, words="借金 将棋")
    assert (found.windows, strict(found)) == ((1,), [3])


def test_the_activity_inside_a_place_is_named(filled: Both) -> None:
    assert ask(filled, words="野菜市").hits[0].activities == (22,)


def test_further_places_are_marked_and_the_word_let_go_is_named(filled: Both) -> None:
    found = ask(filled, words="将棋 盆栽")
    assert found.relaxed and found.dropped == ("盆栽",)
    assert [hit.place for hit in found.hits if hit.relaxed][:1] == [3]


def test_a_slip_of_the_finger_offers_what_was_meant(filled: Both) -> None:
    found = ask(filled, words="おはなしゃろん")
    assert 1 in {hit.place for hit in found.hits} or found.did_you_mean == "おはなサロン"


@pytest.mark.parametrize("words", ["", "\0", "\ud800", "　"])
def test_no_words_are_no_condition(filled: Both, words: str) -> None:
    assert ask(filled, words=words).total == 7


def test_another_town_sees_its_own(filled: Both) -> None:
    found = filled.search(Query(municipalities=(2,)), at=AT)
    assert {hit.place for hit in found.hits} == {7, 8}


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [("おはな", "おはなサロン"), ("こども", "こども食堂 にじ"), ("ohana", "おはなサロン"), ("囲碁", "囲碁・将棋の会"),
     ("オハナ", "おはなサロン"), ("川", "川西")],
)  # fmt: skip
def test_suggestions(filled: Both, typed: str, wanted: str) -> None:
    assert wanted in filled.suggest(typed, municipalities=OWN)


@pytest.mark.parametrize("typed", ["", "\0", "\ud800", "zzzz", "%", "_", "\\", '"'])
def test_nothing_is_suggested_for_nothing(filled: Both, typed: str) -> None:
    assert filled.suggest(typed, municipalities=OWN) == []


def test_facets_count_with_all_other_choices_applied(filled: Both) -> None:
    found = ask(filled, how=("free",), kinds=(PlaceKind.SALON,))
    assert found.total == 1
    assert found.facets["kinds"] == {PlaceKind.SALON: 1, PlaceKind.COMMUNITY_MEAL: 1}
    assert found.facets["how"] == {"free": 1, "welcome_alone": 1}
    assert found.facets["districts"] == {"1": 1}
    assert found.facets["when"] == {"week": 1, "weekday_day": 1}
