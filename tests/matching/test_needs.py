"""The sums of あと一歩 are those of judging every pair, less whoever may not be counted."""

import pytest
from django.utils import timezone

from directory.models import Place
from matching.actions.conditions import set_condition
from matching.actions.proposals import answer
from matching.candidates.finding import find
from matching.candidates.near_miss import REMEDIES, summed
from matching.choices import PersonAnswer, ProposalState, Source
from matching.facts_of import people_facts, person_facts, place_facts, places_to_judge
from matching.models import Client
from matching.needs import A_CHOICE, Need, covering, town_needs
from tests.matching.cast import Cast

from .views.conftest import sora, town
from .views.connecting_pages import a_place, hide

pytestmark = pytest.mark.django_db
__all__ = ["sora", "town"]


@pytest.fixture
def others(cast: Cast, sora: Client) -> list[Client]:
    """Two more people of the town, with other needs."""
    made = []
    for serial, key in ((50, "needs_step_free"), (51, "needs_can_be_silent")):
        client = cast.a_client(serial=serial, home_point="34.302,134.002", birth_year=1950, called="ほか")
        cast.a_condition(client, key, True, None)
        cast.a_condition(client, "means", True, ["walk"])
        cast.a_condition(client, "max_oneway_minutes", True, 20)
        made.append(client)
    return made


def test_the_sums_are_those_of_judging_every_pair(
    cast: Cast, sora: Client, others: list[Client], town: dict[str, Place]
) -> None:
    a_place(cast, "段差の会", "だんさのかい", step_free=False, can_be_silent=False, quiet_corner=False)
    hide(cast, sora, town["hidden"])
    today = timezone.localdate()
    facts = [place_facts(place, today=today) for place in places_to_judge(cast.town, today=today)]
    pairs = [find(person_facts(client, today=today), facts) for client in (sora, *others)]
    expected = {one.remedy.relax: (one.people, one.places) for one in summed(each.near_misses for each in pairs)}
    needs = town_needs(cast.town, today=today)
    assert expected
    assert {need.remedy.relax: (len(need.people), len(need.places)) for need in needs.needs} == expected
    assert needs.people == 3
    options = [len(each.in_order) + len(each.ask_first) for each in pairs]
    assert len(needs.short) == sum(len(each.in_order) < A_CHOICE for each in pairs)
    assert needs.none == sum(not number for number in options)


def test_facts_of_many_people_are_those_of_each(sora: Client, others: list[Client]) -> None:
    today = timezone.localdate()
    together = people_facts([sora, *others], today=today)
    assert together == [person_facts(client, today=today) for client in (sora, *others)]


def test_people_under_protection_are_in_no_sum(cast: Cast, sora: Client, town: dict[str, Place]) -> None:
    today = timezone.localdate()
    assert town_needs(cast.town, today=today).people == 1
    Client.objects.filter(pk=sora.pk).update(is_protected=True)
    empty = town_needs(cast.town, today=today)
    assert (empty.people, empty.needs, empty.short) == (0, (), frozenset())


def test_a_place_kept_away_from_is_in_no_sum(cast: Cast, sora: Client, town: dict[str, Place]) -> None:
    today = timezone.localdate()
    far = str(town["far"].uuid)
    assert any(far in need.places for need in town_needs(cast.town, today=today).needs)
    hide(cast, sora, town["far"])
    assert not any(far in need.places for need in town_needs(cast.town, today=today).needs)


def a_need(relax: str, *short: int) -> Need:
    return Need(REMEDIES[relax], frozenset(short), frozenset(), frozenset(short))


def test_the_cover_takes_who_helps_most_of_those_left() -> None:
    needs = [a_need("交通", 1, 2, 3), a_need("費用", 3, 4), a_need("段差", 1, 2), a_need("同行", 5)]
    assert [(need.remedy.relax, number) for need, number in covering(needs)] == [("交通", 3), ("費用", 1), ("同行", 1)]


def test_a_role_somebody_refused_opens_nothing_to_them(cast: Cast, sora: Client) -> None:
    """The sums hide what the list hides: a place whose only role was declined is no option, and no remedy's doing."""
    place = a_place(cast, "静かな部屋", "しずかなへや", step_free=False)
    set_condition(client=sora, key="needs_step_free", answer=True, source=Source.SELF, by=cast.sakura)
    today = timezone.localdate()
    assert any(str(place.uuid) in need.places for need in town_needs(cast.town, today=today).needs)
    role = place.activities.get().roles.get()
    proposal = cast.a_proposal(sora, place=place, state=ProposalState.PROPOSED, role_uuid=role.uuid)
    answer(proposal=proposal, answer=PersonAnswer.NO, by=cast.sakura)
    assert not any(str(place.uuid) in need.places for need in town_needs(cast.town, today=today).needs)
