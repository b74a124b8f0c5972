"""From a place to the people it could suit: names only by right, nobody who keeps away from it."""

from datetime import date

import pytest
from django.test import Client as Browser
from django.urls import reverse

from directory.choices import RoleKind
from directory.models import Place, Role, Slot
from matching.actions.proposals import answer
from matching.choices import PersonAnswer, ProposalState
from matching.models import Client, Sighting
from tests.matching.cast import Cast

from .connecting_pages import hide, words_of

pytestmark = pytest.mark.django_db


def page_of(desk: Browser, place: Place) -> str:
    return words_of(desk.get(reverse("desk_place_people", args=[place.code])))


def test_whom_a_place_suits_is_listed_and_the_listing_recorded(
    desk: Browser, sora: Client, town: dict[str, Place]
) -> None:
    assert sora.number in page_of(desk, town["good"])
    assert Sighting.objects.filter(client_uuid=sora.uuid).count() == 1
    assert sora.number not in page_of(desk, town["sunday"]), "a condition is not met"
    assert sora.number not in page_of(desk, town["full"])


def test_who_keeps_away_is_not_listed(cast: Cast, desk: Browser, sora: Client, town: dict[str, Place]) -> None:
    hide(cast, sora, town["good"])
    assert sora.number not in page_of(desk, town["good"])


def test_people_of_others_are_not_listed(cast: Cast, sora: Client, town: dict[str, Place]) -> None:
    browser = Browser()
    browser.force_login(cast.kita)
    assert sora.number not in page_of(browser, town["good"])


def test_who_was_asked_already_is_not_listed(cast: Cast, desk: Browser, sora: Client, town: dict[str, Place]) -> None:
    cast.a_proposal(sora, place=town["good"])
    assert sora.number not in page_of(desk, town["good"])


def test_a_place_that_is_not_there_is_missing(desk: Browser) -> None:
    assert desk.get(reverse("desk_place_people", args=["ZZZZZZ"])).status_code == 404


def test_each_slot_has_its_own_list(cast: Cast, desk: Browser, sora: Client, town: dict[str, Place]) -> None:
    """Washing up is full: nobody is offered it, while eating there is open; a no to one slot is told by the other."""
    eating = cast.slot_of(town["good"])
    washing = Role.objects.create(activity=eating.activity, name="皿ふき", kind=RoleKind.BEHIND, minutes=30)
    full = Slot.objects.create(activity=eating.activity, role=washing, seats=1, free_seats=0, from_on=date(2026, 4, 1))
    address = reverse("desk_place_people", args=[town["good"].code])
    html = words_of(desk.get(address, {"slot": full.uuid}))
    assert sora.number not in html and "満員や休みの枠では" in html and "皿ふき" in html
    html = words_of(desk.get(address, {"slot": eating.uuid}))
    propose = reverse("desk_propose", args=[sora.number, town["good"].uuid]) + f"?slot={eating.uuid}"
    assert sora.number in html and propose in html
    assert desk.get(propose).context["form"].fields["what"].initial == f"slot-{eating.uuid}"
    proposal = cast.a_proposal(
        sora, place=town["good"], slot=eating, state=ProposalState.PROPOSED, role_uuid=eating.role.uuid
    )
    answer(proposal=proposal, answer=PersonAnswer.NO, by=cast.sakura)
    Slot.objects.filter(pk=full.pk).update(free_seats=1)
    assert sora.number not in words_of(desk.get(address, {"slot": eating.uuid}))
    assert sora.number in words_of(desk.get(address, {"slot": full.uuid}))


def test_who_has_nothing_else_is_told(desk: Browser, cast: Cast, sora: Client, town: dict[str, Place]) -> None:
    others = Place.objects.exclude(pk=town["good"].pk)
    html = page_of(desk, town["good"])
    assert "ここだけ" not in html and "ほかに" in html
    for place in others:
        hide(cast, sora, place)
    assert "ここだけ" in page_of(desk, town["good"])
