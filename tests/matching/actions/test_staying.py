"""Resting, coming back, moving between stages: each is as normal as coming, and loses nothing."""

from datetime import date

import pytest

from matching.actions.placements import begin, end
from matching.actions.staying import come_back, move, rest, see_signs
from matching.choices import ChangeKind, ProposalState, Stage
from matching.models import Event, Placement
from matching.refusals import WrongStep
from tests.matching.cast import TODAY, Cast


def running(cast: Cast) -> Placement:
    proposal = cast.a_proposal(cast.a_client(), state=ProposalState.WELCOMED)
    return begin(proposal=proposal, begins_on=date(2026, 11, 3), by=cast.sakura)


def test_who_rests_keeps_the_seat_and_is_asked_after_in_two_weeks(cast: Cast) -> None:
    placement = rest(placement=running(cast), from_on=TODAY, words="かぜ", by=cast.sakura)
    assert (placement.rests_from_on, placement.ask_again_on) == (TODAY, date(2026, 12, 8))
    assert placement.holds_seat and placement.ends_on is None
    assert placement.changes.get().kind == ChangeKind.REST


def test_pressing_twice_rests_once_and_a_new_day_of_asking_is_kept(cast: Cast) -> None:
    placement = running(cast)
    for _press in range(2):
        rest(placement=placement, from_on=TODAY, by=cast.sakura)
    assert placement.changes.count() == 1
    assert Event.objects.filter(action="placement.rests").count() == 1
    again = rest(placement=placement, from_on=TODAY, ask_again_on=date(2026, 12, 20), by=cast.sakura)
    assert (again.rests_from_on, again.ask_again_on) == (TODAY, date(2026, 12, 20))


def test_coming_back_ends_the_rest_once(cast: Cast) -> None:
    placement = rest(placement=running(cast), from_on=date(2026, 11, 10), by=cast.sakura)
    for _press in range(2):
        placement = come_back(placement=placement, on=TODAY, words="元気", by=cast.sakura)
    assert placement.rests_from_on is None and placement.ask_again_on is None
    assert [row.kind for row in placement.changes.all()] == [ChangeKind.BACK, ChangeKind.REST]


def test_stages_go_forwards_and_back(cast: Cast) -> None:
    placement = running(cast)
    there = move(placement=placement, seen=Stage.PLACE, to=Stage.ROLE, on=TODAY, by=cast.sakura)
    back = move(placement=there, seen=Stage.ROLE, to=Stage.PLACE, on=TODAY, words="少し休みたい", by=cast.sakura)
    assert back.stage == Stage.PLACE
    assert [(row.before, row.after) for row in back.changes.order_by("pk")] == [("place", "role"), ("role", "place")]


def test_of_two_who_move_the_same_person_the_second_is_told(cast: Cast) -> None:
    placement = running(cast)
    move(placement=placement, seen=Stage.PLACE, to=Stage.ROLE, on=TODAY, by=cast.sakura)
    with pytest.raises(WrongStep):
        move(placement=placement, seen=Stage.PLACE, to=Stage.WORK, on=TODAY, by=cast.nakano)
    assert Placement.objects.get(pk=placement.pk).stage == Stage.ROLE


def test_nothing_changes_before_the_beginning_or_after_the_end(cast: Cast) -> None:
    placement = running(cast)
    with pytest.raises(WrongStep):
        rest(placement=placement, from_on=date(2026, 11, 1), by=cast.sakura)
    resting = rest(placement=placement, from_on=TODAY, by=cast.sakura)
    ended = end(placement=resting, reason="moved", ends_on=TODAY, by=cast.sakura)
    assert ended.rests_from_on is None
    for change in (
        lambda: rest(placement=ended, from_on=TODAY, by=cast.sakura),
        lambda: come_back(placement=ended, on=TODAY, by=cast.sakura),
        lambda: move(placement=ended, seen=Stage.PLACE, to=Stage.ROLE, on=TODAY, by=cast.sakura),
    ):
        with pytest.raises(WrongStep):
            change()


def test_signs_are_seen_once(cast: Cast) -> None:
    placement = running(cast)
    for _press in range(2):
        see_signs(placement=placement, signs=["stale:-", "stale:-"], by=cast.sakura)
    assert placement.signs_seen.count() == 1
    assert Event.objects.filter(action="signs.seen").count() == 1
