"""定着: competing ends counted as they are, few people not shown, kinds of place pooled and never ranked."""

import json
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.actions.placements import begin, end
from matching.charts import stacked
from matching.choices import ProposalState
from matching.models import Placement
from matching.retention import End, Spell, aalen_johansen, beta_prior, pooled, retention_of, spells_of
from tests.matching.cast import TODAY, Cast

REFERENCE = json.loads((Path(__file__).parent / "references" / "retention.json").read_text(encoding="utf-8"))
ENDS = {0: None, 1: End.GOOD, 2: End.LEFT, 3: End.ELSEWHERE}

SPELLS = st.lists(
    st.builds(Spell, st.integers(1, 400), st.sampled_from([None, *End]), st.sampled_from(["salon", "farm"])),
    min_size=1,
    max_size=40,
)


def test_it_says_what_another_program_says() -> None:
    spells = [Spell(days, ENDS[one]) for days, one in zip(REFERENCE["days"], REFERENCE["ends"], strict=True)]
    curve = aalen_johansen(spells, End.GOOD)
    for day, (value, low, high) in REFERENCE["expected"].items():
        found = curve.at(int(day))
        assert (found.value, found.low, found.high) == pytest.approx((value, low, high), abs=1e-6)


def test_by_hand_with_ties() -> None:
    # Ten people. Day 10: one graduates and two leave. Day 20: two graduate. Day 30: five are still there.
    spells = [Spell(10, End.GOOD), *[Spell(10, End.LEFT)] * 2, *[Spell(20, End.GOOD)] * 2, *[Spell(30, None)] * 5]
    curve = aalen_johansen(spells, End.GOOD)
    assert curve.at(9).value == 0
    assert curve.at(10).value == pytest.approx(1 / 10)
    assert curve.at(25).value == pytest.approx(1 / 10 + 7 / 10 * 2 / 7)


@given(SPELLS)
def test_shares_add_up_and_never_fall(spells: list[Spell]) -> None:
    curves = {one: aalen_johansen(spells, one) for one in End}
    days = sorted({spell.days for spell in spells})
    for curve in curves.values():
        values = [curve.at(day).value for day in days]
        assert values == sorted(values)
        assert all(
            0 <= share.low <= share.value + 1e-9 and share.value <= share.high + 1e-9 for _, share in curve.steps
        )
    assert all(sum(curve.at(day).value for curve in curves.values()) <= 1 + 1e-9 for day in days)


@given(SPELLS)
def test_without_losses_the_share_is_the_plain_share(spells: list[Spell]) -> None:
    ended = [spell for spell in spells if spell.end]
    for one in End:
        if ended:
            share = sum(spell.end is one for spell in ended) / len(ended)
            assert aalen_johansen(ended, one).at(400).value == pytest.approx(share)


def test_a_graduation_is_no_failure() -> None:
    # Truth: of all who begin, 22 in 100 leave within a year, most others graduate. The naive figure says far more.
    draw = random.Random(5)
    spells = []
    for _number in range(3000):
        graduates, leaves = draw.expovariate(1 / 200), draw.expovariate(1 / 600)
        day, how = min((graduates, End.GOOD), (leaves, End.LEFT))
        spells.append(Spell(max(1, round(min(day, 730))), how if day < 730 else None))
    truth = (200 / 800) * (1 - 2.718281828 ** (-365 * (1 / 200 + 1 / 600)))
    naive = aalen_johansen([Spell(s.days, s.end if s.end is End.LEFT else None) for s in spells], End.LEFT)
    assert aalen_johansen(spells, End.LEFT).at(365).value == pytest.approx(truth, abs=0.02)
    assert naive.at(365).value > truth + 0.15


def test_below_five_nothing_is_shown_and_below_twenty_only_as_reference() -> None:
    few = retention_of([Spell(100, None)] * 4)
    assert not few.is_shown and not few.curves and not few.milestones
    some = retention_of([Spell(100, None)] * 10)
    assert some.is_shown and some.is_reference_only
    assert not retention_of([Spell(100, None)] * 20).is_reference_only


def test_a_milestone_nobody_has_reached_is_not_told() -> None:
    found = retention_of([Spell(100, None)] * 10 + [Spell(40, End.LEFT)] * 5)
    assert [one.day for one in found.milestones] == [30, 91]


def test_kinds_are_pulled_together_the_more_the_fewer_they_are() -> None:
    spells = [Spell(200, None, "salon")] * 45 + [Spell(50, End.LEFT, "salon")] * 5
    spells += [Spell(50, End.LEFT, "farm")] * 5
    spells += [Spell(200, None, "cafe")] * 30 + [Spell(50, End.LEFT, "cafe")] * 10
    found = {one.kind: one for one in pooled(spells)}
    assert found["farm"].kept.value > 0.05, "five of five left, and still nobody says that all will"
    assert abs(found["salon"].kept.value - 0.9) < 0.06
    assert [one.kind for one in pooled(spells)] == ["cafe", "farm", "salon"], "by name, not by rate"


def test_of_a_kind_with_fewer_than_five_nothing_is_said() -> None:
    spells = [Spell(200, None, "salon")] * 20 + [Spell(50, End.LEFT, "farm")] * 4
    assert [one.kind for one in pooled(spells)] == ["salon"]


def test_pooling_errs_less_than_raw_rates() -> None:
    draw = random.Random(11)
    raw = eased = 0.0
    for _town in range(40):
        groups, truths = [], []
        for _kind in range(8):
            truth = draw.betavariate(6, 4)
            number = draw.randint(3, 12)
            groups.append((sum(draw.random() < truth for _one in range(number)), number))
            truths.append(truth)
        alpha, beta = beta_prior(groups)
        for (kept, number), truth in zip(groups, truths, strict=True):
            raw += (kept / number - truth) ** 2
            eased += ((alpha + kept) / (alpha + beta + number) - truth) ** 2
    assert eased < 0.6 * raw


def test_spells_come_from_placements(cast: Cast) -> None:
    begun = cast.a_proposal(cast.a_client(), state=ProposalState.WELCOMED)
    placement = begin(proposal=begun, begins_on=TODAY.replace(day=1), by=cast.sakura)
    rows = Placement.objects.select_related("place")
    assert spells_of(rows, today_ordinal=TODAY.toordinal()) == [Spell(23, None, "community_meal", 23)]
    end(placement=placement, reason="graduated", ends_on=TODAY.replace(day=11), by=cast.sakura)
    assert spells_of(rows.all(), today_ordinal=TODAY.toordinal()) == [Spell(10, End.GOOD, "community_meal", 23)]


@given(SPELLS)
def test_the_chart_stays_on_its_paper(spells: list[Spell]) -> None:
    found = retention_of(spells)
    if not found.milestones:
        return
    chart = stacked(found)
    points = [pair.split(",") for area in chart.areas for pair in area.points.split()]
    assert all(chart.left <= float(x) <= chart.right + 0.1 and 0 <= float(y) <= chart.floor + 0.1 for x, y in points)


def test_kinds_that_keep_receiving_people_are_not_said_to_lose_them() -> None:
    """Three of five stay half a year; half of the people began too lately for anybody to know."""
    draw = random.Random(5)
    spells = []
    for _one in range(4_000):
        since = draw.randint(1, 364)
        leaves_after = draw.randint(1, 181) if draw.random() > 0.6 else 10_000
        spells.append(Spell(min(since, leaves_after), End.LEFT if leaves_after <= since else None, "salon", since))
    (found,) = pooled(spells)
    assert abs(found.kept.value - 0.6) < 0.03


@given(SPELLS)
def test_no_share_is_told_without_its_interval(spells: list[Spell]) -> None:
    for one in retention_of(spells).milestones:
        for share in [one.staying, *one.shares]:
            assert 0 <= share.low <= share.value + 1e-9 and share.value <= share.high + 1e-9 <= 1 + 2e-9
        assert one.staying.low < 1
        assert one.staying.value == pytest.approx(1 - sum(share.value for share in one.shares), abs=1e-9)


def test_where_nobody_has_left_yet_the_number_of_people_bounds_what_may_be() -> None:
    first = retention_of([Spell(40, None)] * 5).milestones[0]
    assert (first.staying.value, first.staying.high) == (1.0, 1.0)
    # 5 of 5 stayed: by the exact bound of Clopper and Pearson, at least 48 % do.
    assert first.staying.low == pytest.approx(0.478, abs=1e-3)
    assert first.left.value == 0 and first.left.high == pytest.approx(0.522, abs=1e-3)
