"""次の期日: what lists go by is what 今日 would show first, whatever changed it."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from matching import next_days
from matching.actions.clients import set_state
from matching.actions.proposals import answer as answer_proposal
from matching.actions.records import next_step
from matching.actions.town_rules import set_rules
from matching.choices import ClientState, PersonAnswer, ProposalState, VisitResult
from matching.models import Client, Visit
from matching.models.client import NEVER
from tests.matching.cast import Cast


def day_of(client: Client) -> date:
    return Client.objects.values_list("next_on", flat=True).get(pk=client.pk)


def test_whoever_has_nothing_waiting_stands_last(cast: Cast) -> None:
    client = cast.a_client()
    assert day_of(client) == NEVER


def test_the_earliest_of_several_days_counts(cast: Cast) -> None:
    client = cast.a_client()
    next_step(client=client, due_on=date(2026, 12, 10), kind="call", by=cast.sakura)
    assert day_of(client) == date(2026, 12, 10)
    proposal = cast.a_proposal(client, state=ProposalState.PROPOSED)
    answer_proposal(proposal=proposal, answer=PersonAnswer.LATER, held_until_on=date(2026, 12, 3), by=cast.sakura)
    assert day_of(client) == date(2026, 12, 3)


def test_a_closed_person_has_no_day_and_a_reopened_one_has_it_back(cast: Cast) -> None:
    client = cast.a_client()
    next_step(client=client, due_on=date(2026, 12, 10), kind="call", by=cast.sakura)
    set_state(client=client, state=ClientState.CLOSED, by=cast.sakura)
    assert day_of(client) == NEVER
    set_state(client=client, state=ClientState.OPEN, by=cast.sakura)
    assert day_of(client) == date(2026, 12, 10)


def test_a_clock_of_the_town_moves_everybodys_day(cast: Cast) -> None:
    client = cast.a_client()
    Visit.objects.create(
        proposal=cast.a_proposal(client, state=ProposalState.VISITED), result=VisitResult.CAME,
        at="2026-11-20T10:00:00+09:00", recorded_at="2026-11-20T12:00:00+09:00", municipality=cast.town,
        planned_by=cast.sakura,
    )  # fmt: skip
    next_days.keep_all(cast.town)
    assert day_of(client) == date(2026, 11, 23)
    set_rules(municipality=cast.town, seen=0, days={"reflection": 6}, weights={}, why="連休が続くため", by=cast.nakano)
    assert day_of(client) == date(2026, 11, 26)


def test_the_list_is_read_in_the_order_of_an_index(cast: Cast) -> None:
    for _number in range(3):
        cast.a_client()
    browser = Browser()
    browser.force_login(cast.nakano)
    with CaptureQueriesContext(connection) as asked:
        browser.get(reverse("desk_people"))
    (listing,) = [row["sql"] for row in asked.captured_queries if '"next_on" ASC' in row["sql"]]
    if connection.vendor == "sqlite":
        plan = connection.cursor().execute(f"EXPLAIN QUERY PLAN {listing}").fetchall()
        words = " ".join(str(row) for row in plan)
        assert "client_by_state_and_day" in words
        assert "TEMP B-TREE" not in words


@pytest.mark.parametrize("login", ["sakura", "nakano"])
def test_a_protected_person_is_listed_only_to_who_may_know(cast: Cast, login: str) -> None:
    hidden, open_one = cast.a_client(is_protected=True, main_worker=cast.kita), cast.a_client()
    browser = Browser()
    browser.force_login(getattr(cast, login))
    page = browser.get(reverse("desk_people")).content.decode()
    assert open_one.number in page
    assert hidden.number not in page
