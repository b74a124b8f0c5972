"""Calls to hosts: planned, logged, and the next one agreed on."""

from datetime import date

import pytest

from matching.actions.host_support import log_call, record_call
from matching.actions.placements import begin, end
from matching.actions.town_rules import set_rules
from matching.choices import ProposalState, RecordWay, SupportStep
from matching.models import HostSupport, Placement
from matching.refusals import AlreadyRecorded
from tests.matching.cast import TODAY, Cast


def begun(cast: Cast) -> Placement:
    proposal = cast.a_proposal(cast.a_client(), state=ProposalState.WELCOMED)
    return begin(proposal=proposal, begins_on=date(2026, 11, 17), by=cast.sakura)


def test_a_planned_call_is_recorded_with_its_burden_and_the_next_agreed_on(cast: Cast) -> None:
    support = begun(cast).host_supports.get(step="week_1")
    record_call(
        support=support,
        way=RecordWay.PHONE,
        burden=1,
        words="助かっている",
        next_on=date(2026, 12, 8),
        by=cast.sakura,
    )
    assert not HostSupport.objects.due(on=TODAY)
    assert HostSupport.objects.get(step=SupportStep.AGREED).due_on == date(2026, 12, 8)


def test_it_is_recorded_once(cast: Cast) -> None:
    support = begun(cast).host_supports.get(step="week_1")
    for _press in range(2):
        record_call(support=support, way=RecordWay.PHONE, burden=1, words="a", by=cast.sakura)
    with pytest.raises(AlreadyRecorded):
        record_call(support=support, way=RecordWay.PHONE, burden=4, words="b", by=cast.sakura)


def test_a_call_nobody_planned_is_logged_once(cast: Cast) -> None:
    placement = begun(cast)
    for _press in range(2):
        log_call(placement=placement, way=RecordWay.PHONE, burden=0, words="元気", by=cast.sakura)
    assert placement.host_supports.filter(step=SupportStep.OTHER).count() == 1


def test_while_somebody_takes_part_a_next_call_always_stands_in_the_diary(cast: Cast) -> None:
    placement = begun(cast)
    for step in ("week_1", "month_1", "month_3"):
        record_call(
            support=placement.host_supports.get(step=step), way=RecordWay.PHONE, by=cast.sakura, on=date(2027, 2, 17)
        )
    regular = placement.host_supports.waiting().get()
    assert (regular.step, regular.due_on) == (SupportStep.REGULAR, date(2027, 5, 17))
    record_call(support=regular, way=RecordWay.HOST, by=cast.sakura, on=date(2027, 5, 31))
    assert placement.host_supports.waiting().get().due_on == date(2027, 8, 31)
    end(placement=placement, reason="graduated", ends_on=date(2027, 8, 31), by=cast.sakura)
    assert not placement.host_supports.waiting().exists()


def test_a_town_says_how_far_apart_the_regular_calls_are(cast: Cast) -> None:
    set_rules(
        municipality=cast.town, seen=0, days={"host_call": 1}, weights={}, cadence={"host": ["week_1"]}, why="試す",
        by=cast.nakano,
    )  # fmt: skip
    placement = begun(cast)
    record_call(support=placement.host_supports.get(), way=RecordWay.PHONE, by=cast.sakura, on=date(2026, 11, 24))
    assert placement.host_supports.waiting().get().due_on == date(2026, 12, 24)
