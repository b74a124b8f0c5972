"""Wishes: what is known counts, what is not known lowers coverage only, and the order is declared."""

from dataclasses import replace
from types import MappingProxyType

import pytest

from matching.candidates.affinity import affinity
from matching.candidates.finding import find, judged, lot
from matching.candidates.important import important_keys
from matching.candidates.ranking import Band, Criterion, Ranking
from matching.candidates.rules import DEFAULT, Rules

from .people import a_person, a_place


def ranking(*pairs: tuple[float | None, float]) -> Ranking:
    return Ranking(tuple(Criterion(str(n), "", value, weight, "") for n, (value, weight) in enumerate(pairs)))


def test_fit_is_over_what_is_known_and_coverage_tells_how_much_that_is() -> None:
    found = ranking((1.0, 1), (0.5, 1), (None, 2))
    assert found.fit == 0.75
    assert found.coverage == 0.5
    assert found.band(DEFAULT) is Band.GOOD


def test_bands_begin_where_the_rules_say() -> None:
    assert ranking((0.75, 1)).band(DEFAULT) is Band.GOOD
    assert ranking((1.0, 1), (None, 2)).band(DEFAULT) is Band.FAIR
    assert ranking((0.5, 1)).band(DEFAULT) is Band.FAIR
    assert ranking((0.49, 1)).band(DEFAULT) is Band.PART
    assert ranking((0.7, 1)).band(Rules(good_fit=0.7)) is Band.GOOD


def test_nothing_known_is_fair_with_no_coverage() -> None:
    assert ranking((None, 1)).band(DEFAULT) is Band.FAIR
    assert ranking().coverage == 0.0
    found = judged(a_person(), a_place())
    assert found is not None and found.band is Band.FAIR and found.coverage == 0.0


def test_an_unknown_number_of_people_lowers_coverage_and_not_fit() -> None:
    person = a_person(interests=("本",), group_min=2, group_max=6)
    known, unknown = judged(person, a_place()), judged(person, a_place(usual_people=None))
    assert known is not None and unknown is not None
    assert known.ranking.fit == unknown.ranking.fit == 1.0
    assert unknown.coverage < known.coverage


def test_what_is_important_counts_twice() -> None:
    plain = a_person(interests=("読書",), group_min=20, group_max=30)
    dear = replace(plain, important=("好きなこと",))
    without, with_it = judged(plain, a_place()), judged(dear, a_place())
    assert without is not None and with_it is not None
    assert (with_it.ranking.fit or 0) > (without.ranking.fit or 0)


@pytest.mark.parametrize(
    ("words", "keys", "extras"),
    [
        (("少人数",), {"wanted_group_size"}, []),
        (("話さなくてよい", "近さ", "収入"), set(), ["silent", "near", "honorarium"]),
        (("interests", "sensory_limits"), {"interests", "sensory_limits"}, []),
        (("先に見学できる",), set(), ["visit_first"]),
        (("猫に会える",), set(), ["own_words"]),
        (("ふつうに過ごす",), set(), ["unplaced"]),
        (("近さ", "収入", "見学", "静か"), set(), ["near", "honorarium", "visit_first"]),
    ],
)
def test_important_words_are_placed(words: tuple[str, ...], keys: set[str], extras: list[str]) -> None:
    found_keys, found_extras = important_keys(words)
    assert found_keys == keys
    assert [extra.key for extra in found_extras] == extras


@pytest.mark.parametrize(
    ("wish", "place"),
    [
        ("読書", "ひだまり文庫。本の整理"),
        ("編みもの", "手芸サークル"),
        ("ものを直すこと", "リペアカフェ"),
        ("畑しごと", "市民農園の草取り"),
        ("人の役に立つこと", "配膳（手伝い）"),
        ("ﾊﾟｿｺﾝ", "パソコン教室"),
        ("同じ作業のくり返し", "封入（裏方）"),
    ],
)
def test_kindred_words_meet(wish: str, place: str) -> None:
    assert affinity(wish, place) >= 0.85


@pytest.mark.parametrize(
    ("wish", "place"),
    [
        ("将棋", "料理の会"),
        ("犬", "子ども食堂。食べに来る（お客さん）"),
        ("花", "朝市の販売"),
        ("好きなこと", "好きなことをする場"),
    ],
)
def test_words_that_have_nothing_in_common_do_not(wish: str, place: str) -> None:
    assert affinity(wish, place) == 0.0


def test_inside_a_band_the_order_is_declared() -> None:
    person = a_person(group_min=1, group_max=6)
    near = a_place(id="near", lat=35.001)
    far = a_place(id="far", lat=34.995)
    busy = a_place(id="busy", lat=35.001, recent_people=9)
    unclear = a_place(id="unclear", usual_people=None, lat=35.001)
    found = find(person, [unclear, far, busy, near])
    assert [each.place_id for each in found.bands[Band.GOOD]] == ["near", "busy", "far"]
    assert [each.place_id for each in found.in_order][-1] == "unclear"


def test_the_lot_is_the_same_all_week_and_another_next_week() -> None:
    person, places = a_person(), [a_place(id=f"p{number}") for number in range(6)]
    orders = {week: [each.place_id for each in find(person, places, week=week).in_order] for week in ("W1", "W2", "W3")}
    assert orders["W1"] == [each.place_id for each in find(person, reversed(places), week="W1").in_order]
    assert len({tuple(order) for order in orders.values()}) > 1
    assert 0 <= lot(person, places[0], "W1") < 1


def test_municipal_weights_change_the_fit() -> None:
    person = a_person(interests=("卓球",), group_min=1, group_max=6)
    plain, weighted = (
        judged(person, a_place()),
        judged(person, a_place(), Rules(weights=MappingProxyType({"interests": 3.0}))),
    )
    assert plain is not None and weighted is not None
    assert (plain.ranking.fit, weighted.ranking.fit) == (0.5, 0.25)
