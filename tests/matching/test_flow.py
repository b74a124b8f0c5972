"""人の流れ: everybody stands in one place, a day is counted once, few are not shown."""

from datetime import date, timedelta

from django.core.management import call_command

from matching.actions.clients import protect
from matching.actions.placements import begin
from matching.actions.staying import rest
from matching.choices import ProposalState
from matching.flow import pace, standing, take_census
from matching.models import Census
from tests.matching.cast import TODAY, Cast


def test_everybody_stands_at_the_furthest_of_theirs(cast: Cast) -> None:
    cast.a_client()
    cast.a_plan(cast.a_client())
    cast.a_proposal(cast.a_client(), state=ProposalState.PROPOSED)
    placed = cast.a_client()
    cast.a_proposal(placed, cast.a_place("ほか", "ほか"), state=ProposalState.PROPOSED)
    placement = begin(proposal=cast.a_proposal(placed, state=ProposalState.WELCOMED), begins_on=TODAY, by=cast.sakura)
    found = standing(cast.town)
    assert (found["received"], found["plan"], found["proposed"], found["placed"]) == (1, 1, 1, 1)
    assert sum(found.values()) == 4
    rest(placement=placement, from_on=TODAY, by=cast.sakura)
    assert standing(cast.town)["resting"] == 1


def test_nobody_protected_and_nobody_of_another_town_is_counted(cast: Cast) -> None:
    protect(client=cast.a_client(), allow=[], by=cast.sakura)
    cast.a_client(municipality=cast.next_town, office=cast.next_office, main_worker=cast.tonari)
    assert not any(standing(cast.town).values())


def test_a_day_is_counted_once(cast: Cast) -> None:
    cast.a_client()
    call_command("take_census")
    cast.a_client()
    call_command("take_census")
    assert Census.objects.get().counts["received"] == 1
    take_census(cast.town, on=TODAY + timedelta(days=1))
    assert Census.objects.count() == 2


def test_the_pace_is_a_median_and_told_from_five_on(cast: Cast) -> None:
    places = [cast.a_place(f"場{number}", "ば") for number in range(5)]
    client = cast.a_client(opened_on=date(2026, 9, 1))
    year = {"from_on": date(2026, 4, 1), "until_on": TODAY}
    for days, place in zip((1, 2, 3, 50), places, strict=False):
        cast.a_proposal(client, place, proposed_on=date(2026, 9, 1) + timedelta(days=days), answered_on=TODAY)
    assert pace(cast.town, **year)[0].days is None
    cast.a_proposal(client, places[4], proposed_on=date(2026, 9, 5), answered_on=TODAY)
    first = pace(cast.town, **year)[0]
    assert (first.number, first.days) == (5, 3)
