"""人の流れ: everybody stands in one place, a day is counted once, few are not shown."""

from datetime import date, timedelta

from django.core.management import call_command
from django.test import Client as Browser
from django.urls import reverse

from matching.actions.clients import protect, set_state
from matching.actions.placements import begin
from matching.actions.staying import rest
from matching.choices import ClientState, ProposalState
from matching.flow import days_there, pace, since, standing, take_census
from matching.models import Census, Event, Standing
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


def test_who_stood_where_is_kept_from_day_to_day_and_only_when_it_changes(cast: Cast) -> None:
    client = cast.a_client()
    take_census(cast.town, on=TODAY)
    cast.a_plan(client)
    for days in (1, 2):
        take_census(cast.town, on=TODAY + timedelta(days=days))
    was, now = client.standings.order_by("from_on")
    assert (was.where, was.from_on, was.until_on) == ("received", TODAY, TODAY + timedelta(days=1))
    assert (now.where, now.from_on, now.until_on) == ("plan", TODAY + timedelta(days=1), None)
    assert [row.where for row in Standing.objects.on(TODAY)] == ["received"]
    assert since(cast.town, "plan") == {client.pk: TODAY + timedelta(days=1)}
    set_state(client=client, state=ClientState.CLOSED, by=cast.sakura)
    take_census(cast.town, on=TODAY + timedelta(days=9))
    assert not Standing.objects.filter(until_on=None).exists()


def test_how_long_people_have_stood_there_is_told_from_five_on(cast: Cast) -> None:
    for _number in range(4):
        cast.a_client()
    take_census(cast.town, on=TODAY)
    assert days_there(cast.town, on=TODAY + timedelta(days=7))["received"] is None
    cast.a_client()
    take_census(cast.town, on=TODAY + timedelta(days=1))
    assert days_there(cast.town, on=TODAY + timedelta(days=7))["received"] == 7


def test_a_number_opens_the_people_behind_it_who_may_be_seen(cast: Cast) -> None:
    shown, hidden = cast.a_client(), cast.a_client()
    take_census(cast.town, on=TODAY - timedelta(days=31))
    protect(client=hidden, allow=[cast.sakura], by=cast.sakura)
    browser = Browser()
    browser.force_login(cast.nakano)
    for question, days in (("", "31日"), (f"?on={TODAY - timedelta(days=30)}", "1日")):
        page = browser.get(reverse("desk_flow_people", args=["received"]) + question).content.decode()
        assert shown.number in page
        assert f">{days}<" in page
        assert hidden.number not in page
    listed = Event.objects.filter(action="clients.listed").latest("pk")
    assert listed.details["clients"] == [str(shown.uuid)]
    assert browser.get(reverse("desk_flow_people", args=["nowhere"])).status_code == 404
    assert "人を見る" in browser.get(reverse("desk_flow")).content.decode()


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
