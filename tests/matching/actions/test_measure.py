"""尺度: written once, never guessed, and looked at by nothing that decides."""

from datetime import date
from uuid import uuid4

import pytest

from matching.actions.measures import load_wording, measure, strike
from matching.choices import MeasureWay
from matching.measures import change_of, interval, scales
from matching.models import Client, Measurement, ScaleWording
from matching.options import options_for
from matching.refusals import NotPossible
from tests.matching.cast import Cast

UCLA, LSNS = scales().by_code["ucla3"], scales().by_code["lsns6"]


def asked(cast: Cast, client: Client, on: date, *answers: int | None, refused: bool = False) -> Measurement:
    return measure(
        client=client, scale=UCLA, answers=list(answers), way=MeasureWay.SELF, on=on, refused=refused,
        form_key=uuid4(), by=cast.sakura,
    )  # fmt: skip


def test_scores_are_sums_within_the_range_of_the_papers() -> None:
    assert (UCLA.score([1, 1, 1]), UCLA.score([3, 3, 3]), LSNS.score([0] * 6), LSNS.score([5] * 6)) == (3, 9, 0, 30)
    assert (UCLA.risk_below, LSNS.risk_below) == (None, 12)
    for wrong in ([1, 1], [0, 1, 1], [4, 1, 1]):
        with pytest.raises(ValueError):
            UCLA.score(list(wrong))


def test_a_missing_answer_makes_the_sum_unknown(cast: Cast) -> None:
    row = asked(cast, cast.a_client(), date(2026, 11, 1), 2, None, 3)
    assert row.score is None and row.answers == [2, None, 3]
    with pytest.raises(NotPossible):
        asked(cast, cast.a_client(), date(2026, 11, 1), None, None, None)
    with pytest.raises(NotPossible):
        asked(cast, cast.a_client(), date(2026, 11, 1), 1, 2, 9)


def test_would_rather_not_is_an_answer(cast: Cast) -> None:
    row = asked(cast, cast.a_client(), date(2026, 11, 1), refused=True)
    assert row.refused and row.score is None


def test_the_same_form_writes_once(cast: Cast) -> None:
    client, key = cast.a_client(), uuid4()
    for _press in range(2):
        measure(
            client=client, scale=UCLA, answers=[1, 2, 3], way=MeasureWay.SELF, on=date(2026, 11, 1), form_key=key,
            by=cast.sakura,
        )  # fmt: skip
    assert client.measurements.get().score == 6


def test_paired_change_says_who_is_missing_and_why(cast: Cast) -> None:
    better, worse, once, refused, partly, never, near = (cast.a_client() for _number in range(7))
    for client, first, last in ((better, 3, 1), (worse, 1, 2)):
        asked(cast, client, date(2026, 4, 1), first, first, first)
        asked(cast, client, date(2026, 10, 1), last, last, last)
    asked(cast, once, date(2026, 4, 1), 2, 2, 2)
    asked(cast, refused, date(2026, 4, 1), refused=True)
    asked(cast, partly, date(2026, 4, 1), 2, None, 2)
    for on in (date(2026, 4, 1), date(2026, 5, 1)):
        asked(cast, near, on, 1, 1, 1)
    people = [better, worse, once, refused, partly, never, near]
    found = change_of(UCLA, Measurement.objects.all(), people)
    assert (found.pairs, found.better, found.same, found.worse) == (2, 1, 0, 1)
    assert (found.one_only, found.refused, found.missing, found.never) == (2, 1, 1, 1)
    assert (found.before, found.after, found.mean) == (6, 4.5, -1.5)


def test_what_was_struck_out_counts_nowhere(cast: Cast) -> None:
    client = cast.a_client()
    asked(cast, client, date(2026, 4, 1), 3, 3, 3)
    strike(measurement=asked(cast, client, date(2026, 10, 1), 1, 1, 1), by=cast.sakura)
    assert change_of(UCLA, Measurement.objects.all(), [client]).pairs == 0


def test_the_interval_is_students() -> None:
    # Differences 1, 2, 3: mean 2, sd 1, t(0.975; 2) = 4.3027.
    low, high = interval([1, 2, 3])
    assert low is not None and high is not None
    assert (round(low, 3), round(high, 3)) == (round(2 - 4.30265 / 3**0.5, 3), round(2 + 4.30265 / 3**0.5, 3))
    assert interval([4]) == (None, None)


def test_a_score_changes_no_candidate(cast: Cast) -> None:
    client = cast.a_client()

    def order() -> list[tuple[str, str, int]]:
        return [(one.key, one.state_words, int(one.candidate.band)) for one in options_for(client).in_order]

    before = order()
    asked(cast, client, date(2026, 11, 1), 3, 3, 3)
    assert order() == before and before


def test_wording_is_loaded_whole_or_not_at_all(cast: Cast) -> None:
    with pytest.raises(NotPossible):
        load_wording(
            municipality=cast.town, scale=UCLA, items=["一つ"], labels=["a", "b", "c"], licence="許諾", by=cast.nakano
        )
    assert not ScaleWording.objects.exists()
    for _press in range(2):
        load_wording(
            municipality=cast.town, scale=UCLA, items=["問1", "問2", "問3"], labels=["ない", "時々", "よくある"],
            licence="見本の許諾", by=cast.nakano,
        )  # fmt: skip
    assert ScaleWording.objects.count() == 1
