"""Reasons in plain Japanese, for a yes and for a no."""

from matching.candidates.explanation import NEUTRAL, explain, why_not
from matching.candidates.finding import find, judged

from .people import a_person, a_place


def test_a_candidate_is_explained_with_marks() -> None:
    person = a_person(interests=("本",), wanted_offers=("就労体験",), sensory_limits=("光",))
    found = judged(person, a_place())
    assert found is not None
    words = [str(line) for line in explain(found)]
    assert "◎ 好きなこと：好きなこと（本）とつながります" in words
    assert "△ 始め方：希望する始め方がありません" in words
    assert "？ 音・匂い・光・人混み：光がどのくらいか、まだ分かりません" in words
    assert "○ 情報の新しさ：10日前に確かめました" in words


def test_a_strength_without_use_there_is_no_reason_for_or_against() -> None:
    found = judged(a_person(interests=("本",), strengths=("溶接",)), a_place())
    assert found is not None
    assert "得意なこと" not in " ".join(str(line) for line in explain(found))


def test_why_not_tells_the_condition_and_what_would_open_it() -> None:
    lines = [str(line) for line in why_not(a_person({"max_cost_yen": 100}), a_place(cost_yen=300))]
    assert lines[0] == "× 費用：1回300円かかります（上限 100円）"
    assert lines[-1].startswith("○ あと一歩：次のことができれば候補になります：費用")


def test_why_not_tells_full_old_and_missing() -> None:
    lines = "\n".join(
        map(
            str,
            why_not(a_person({"needs_step_free": True}), a_place(free_seats=0, confirmed_days_ago=400, step_free=None)),
        )
    )
    assert "今は満員です" in lines
    assert "400日前の情報です" in lines
    assert "入口に段差はありますか（受け入れ先に確認）" in lines


def test_the_neutral_sentence_is_the_same_for_every_reason() -> None:
    place = a_place()
    sentences = {
        tuple(map(str, why_not(a_person(avoided=frozenset({place.id})), place))),
        tuple(map(str, why_not(a_person(), a_place(dangerous_for=frozenset({"aoki"}))))),
        tuple(map(str, why_not(a_person(), None))),
    }
    assert sentences == {(NEUTRAL,)}


def test_someone_with_no_option_is_told_what_would_have_to_change() -> None:
    found = find(a_person({"max_cost_yen": 0}), [a_place(cost_yen=500), a_place(id="full", free_seats=0)])
    assert not found.in_order
    assert [miss.sets for miss in found.near_misses] == [(("満員",),), (("費用",),)]
