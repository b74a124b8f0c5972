"""露出監査: everybody is counted once per group, few are not shown, and nobody protected is in any sum."""

from datetime import date

import pytest

from matching.actions.clients import protect
from matching.actions.consultations import set_troubles
from matching.actions.placements import begin
from matching.actions.proposals import decline
from matching.choices import ProposalState
from matching.exposure import Audit, Rate, audit
from matching.models import Client
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
    begin(proposal=cast.a_proposal(started, state=ProposalState.WELCOMED), begins_on=date(2026, 6, 1), by=cast.sakura)
    whole = audited(cast).whole
    assert whole.proposed == {proposed.pk, started.pk}
    assert whole.accepted == whole.started == whole.known == whole.stayed == {started.pk}
    assert whole.waiting == {waiting.pk, proposed.pk}


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
