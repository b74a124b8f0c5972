"""Plans: drafted in the person's words, agreed only after the 狭間 question."""

from datetime import date

import pytest

from matching.actions.plans import agree, change_plan, close_plan, make_plan
from matching.choices import GapAnswer, PlanKind, PlanState
from matching.models import Record
from matching.refusals import EditedMeanwhile, NotAnsweredGap, WrongStep
from tests.matching.cast import Cast

WORDS = {"steps": "", "gap_words": "", "from_on": date(2026, 11, 24), "until_on": None}


def test_one_plan_at_a_time_and_the_next_is_a_new_plan(cast: Cast) -> None:
    client = cast.a_client()
    plan = make_plan(client=client, goal="外で昼を食べる", by=cast.sakura)
    assert make_plan(client=client, goal="ほか", by=cast.sakura) == plan
    close_plan(plan=plan, by=cast.sakura)
    again = make_plan(client=client, goal="手伝う", by=cast.sakura)
    assert (again.serial, again.kind) == (2, PlanKind.AGAIN)


def test_a_plan_is_agreed_only_after_the_schemes_were_checked(cast: Cast) -> None:
    plan = make_plan(client=cast.a_client(), goal="外で昼を食べる", by=cast.sakura)
    with pytest.raises(NotAnsweredGap):
        agree(plan=plan, by=cast.sakura)
    plan = change_plan(plan=plan, edit_version=1, by=cast.sakura, goal="外で昼を食べる", gap=GapAnswer.GAP, **WORDS)
    assert plan.gap_asked_on == date(2026, 11, 24)
    agreed = agree(plan=plan, by=cast.sakura)
    assert agreed.state == agree(plan=plan, by=cast.sakura).state == PlanState.AGREED
    with pytest.raises(NotAnsweredGap):
        change_plan(plan=plan, edit_version=2, by=cast.sakura, goal="外で昼を食べる", gap="", **WORDS)


def test_the_second_of_two_editors_sees_both_goals(cast: Cast) -> None:
    plan = make_plan(client=cast.a_client(), goal="a", by=cast.sakura)
    change_plan(plan=plan, edit_version=1, by=cast.sakura, goal="b", gap="", **WORDS)
    with pytest.raises(EditedMeanwhile) as refusal:
        change_plan(plan=plan, edit_version=1, by=cast.nakano, goal="c", gap="", **WORDS)
    assert (refusal.value.theirs, refusal.value.mine) == ({"goal": "b"}, {"goal": "c"})


def test_a_plan_with_open_proposals_stays_open(cast: Cast) -> None:
    client = cast.a_client()
    proposal = cast.a_proposal(client)
    with pytest.raises(WrongStep):
        close_plan(plan=proposal.plan, by=cast.sakura)


def test_what_was_answered_before_about_existing_schemes_stays_readable(cast: Cast) -> None:
    plan = cast.a_plan(cast.a_client(), gap_words="通える所がない")
    change_plan(
        plan=plan, edit_version=plan.edit_version, goal=plan.goal, steps="", gap="partly", gap_words="デイの日だけ",
        from_on=plan.from_on, until_on=None, by=cast.sakura,
    )  # fmt: skip
    entry = Record.objects.get(client=plan.client)
    assert "通える所がない" in entry.words and "できない" in entry.words
