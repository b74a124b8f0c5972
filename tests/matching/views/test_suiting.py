"""From a place to the people it could suit: names only by right, nobody who keeps away from it."""

import pytest
from django.test import Client as Browser
from django.urls import reverse

from directory.models import Place
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
