"""露出監査: everybody is counted once per group, few are not shown, and nobody protected is in any sum."""

from datetime import date, timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse

from directory.choices import HostAnswer, HostReason
from matching.actions.clients import protect
from matching.actions.consultations import set_troubles
from matching.actions.placements import begin, end
from matching.actions.proposals import decline, step_back
from matching.actions.requests import ask_host, note_answer
from matching.choices import ProposalState
from matching.exposure import Audit, Rate, audit
from matching.models import Client, Proposal, Trouble
from tests.matching.cast import TODAY, Cast


def audited(cast: Cast) -> Audit:
    return audit(cast.town, from_on=date(2026, 4, 1), until_on=TODAY, today=TODAY)


def group(found: Audit, name: str) -> dict[str, int]:
    return {tally.name: len(tally.people) for tally in dict(found.groups)[name]}


def test_everybody_stands_once_in_each_grouping(cast: Cast) -> None:
    cast.a_client(birth_year=2010, sex="female", district=cast.district)
    cast.a_client(birth_year=1980, sex="male")
    old = cast.a_client(birth_year=1940)
    set_troubles(client=old, troubles=["foreign", "care"], main=[], by=cast.sakura)
    found = audited(cast)
    assert len(found.whole.people) == 3
    assert group(found, "年齢") == {"0～18歳": 1, "19～64歳": 1, "65歳から": 1}
    assert group(found, "地区") == {"川西": 1, "地区不明": 2}
    assert group(found, "外国籍") == {"あり": 1, "なし・聞いていない": 2}


def test_how_far_each_has_come(cast: Cast) -> None:
    waiting, proposed, started = (cast.a_client() for _number in range(3))
    cast.a_proposal(proposed, state=ProposalState.PROPOSED)
    offered = cast.a_proposal(started, state=ProposalState.WELCOMED, proposed_on=date(2026, 5, 1))
    begin(proposal=offered, begins_on=date(2026, 6, 1), by=cast.sakura)
    whole = audited(cast).whole
    assert whole.proposed == {proposed.pk, started.pk}
    assert whole.accepted == whole.started == whole.known == whole.stayed == {started.pk}
    assert whole.waiting == {waiting.pk, proposed.pk}


def test_what_was_offered_before_the_period_does_not_begin_within_it(cast: Cast) -> None:
    """Three suggested in March begin in April: none of them belongs to those who were offered something since."""
    for _person in range(3):
        offered = cast.a_proposal(
            cast.a_client(), slot=None, state=ProposalState.WELCOMED, proposed_on=date(2026, 3, 20)
        )
        begin(proposal=offered, begins_on=date(2026, 4, 10), by=cast.sakura)
    cast.a_proposal(cast.a_client(), state=ProposalState.WANTED)
    whole = audited(cast).whole
    assert (len(whole.accepted), len(whole.started)) == (1, 0)
    assert all(0 <= rate.hits <= rate.of for rate in whole.rates)
    browser = Browser()
    browser.force_login(cast.nakano)
    assert browser.get(reverse("desk_exposure")).status_code == 200


def test_who_began_lately_is_left_out_of_who_stayed_whether_they_left_or_not(cast: Cast) -> None:
    for days, leaves in ((150, False), (20, True), (20, False)):
        day = TODAY - timedelta(days=days)
        offered = cast.a_proposal(cast.a_client(), slot=None, state=ProposalState.WELCOMED, proposed_on=day)
        placement = begin(proposal=offered, begins_on=day, by=cast.sakura)
        if leaves:
            end(placement=placement, reason="did_not_fit", ends_on=TODAY, by=cast.sakura)
    whole = audited(cast).whole
    assert (len(whole.stayed), len(whole.known), len(whole.started)) == (1, 1, 3)


def test_a_trait_that_ended_before_the_period_counts_no_more(cast: Cast) -> None:
    client = cast.a_client()
    Trouble.objects.create(
        client=client, code="foreign", version="2026-04", found_on=date(2026, 1, 5), resolved_on=date(2026, 2, 1)
    )
    assert group(audited(cast), "外国籍") == {"なし・聞いていない": 1}


def test_a_hosts_no_counts_by_group_even_when_it_was_set_back(cast: Cast) -> None:
    for number in range(5):
        client = cast.a_client(sex="female" if number else "male", birth_year=1980)
        cast.a_consent(client)
        place = cast.a_place(f"場{number}", "ば")
        link = ask_host(proposal=cast.a_proposal(client, place), by=cast.sakura)
        no = {"answer": HostAnswer.NO, "reason": HostReason.FULL} if number % 2 else {"answer": HostAnswer.YES}
        note_answer(link=link, by=cast.sakura, **no)
        if number == 1:
            step_back(proposal=Proposal.objects.get(client=client), by=cast.sakura)
    found = audited(cast)
    assert found.declines == [("いっぱい", 2)]
    assert (found.whole.answers, found.whole.rates[4]) == (5, Rate(2, 5))
    # Only groups with five answers: all five are of one age band.
    assert ("年齢", "19～64歳", [2]) in found.declines_by_group
    assert not any(kind == "性別" for kind, _name, _numbers in found.declines_by_group)


def test_who_has_no_option_is_counted_and_stays_open(cast: Cast) -> None:
    client = cast.a_client(birth_year=1980)
    cast.place.women_only = True
    cast.place.save()
    Client.objects.filter(pk=client.pk).update(sex="male")
    assert audited(cast).whole.without == {client.pk}
    assert Client.objects.get(pk=client.pk).state == "open"


def test_nobody_protected_is_in_any_sum(cast: Cast) -> None:
    client = cast.a_client()
    decline(proposal=cast.a_proposal(client), reason="host_full", by=cast.sakura)
    assert audited(cast).declines == [("いっぱい", 1)]
    protect(client=client, allow=[], by=cast.sakura)
    found = audited(cast)
    assert not found.whole.people and not found.declines and not found.groups


def test_a_no_of_the_person_is_no_decline_of_a_host(cast: Cast) -> None:
    decline(proposal=cast.a_proposal(cast.a_client()), reason="dislikes", by=cast.sakura)
    assert audited(cast).declines == []


@pytest.mark.parametrize(("hits", "of", "low", "high"), [(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634)])
def test_the_interval_is_wilsons(hits: int, of: int, low: float, high: float) -> None:
    assert Rate(hits, of).interval == pytest.approx((low, high), abs=1e-3)


def test_few_are_not_shown_and_a_difference_is_one_only_beyond_its_interval() -> None:
    whole = Rate(80, 100)
    assert not Rate(0, 4).is_shown and not Rate(0, 4).differs_from(whole)
    assert Rate(2, 10).differs_from(whole) and not Rate(7, 10).differs_from(whole)
