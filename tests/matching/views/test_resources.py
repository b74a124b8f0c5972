"""The board of 資源開拓: sums for all who build, numbers of people only for those who may open them."""

import uuid

import pytest
from django.test import Client as Browser
from django.urls import reverse

from directory.choices import StaffDuty
from directory.models import Place
from matching.actions import prospects
from matching.models import Client, Prospect, Sighting
from tests.matching.cast import Cast

from .connecting_pages import words_of

pytestmark = pytest.mark.django_db


def at_desk(cast: Cast, duty: StaffDuty) -> Browser:
    browser = Browser()
    browser.force_login(cast.staff("tsunagu", "つなぐ", duty, cast.other_office))
    return browser


def test_numbers_of_people_are_for_those_who_may_open_them(
    cast: Cast, desk: Browser, sora: Client, town: dict[str, Place]
) -> None:
    page = words_of(desk.get(reverse("desk_resources")))
    assert sora.number in page
    assert Sighting.objects.filter(client_uuid=sora.uuid).exists()
    builder = at_desk(cast, StaffDuty.COMMUNITY)
    page = words_of(builder.get(reverse("desk_resources")))
    assert "1人に" in page
    assert sora.number not in page


def test_a_card_is_made_moved_and_shown(cast: Cast, desk: Browser, sora: Client, town: dict[str, Place]) -> None:
    sent = {
        "name": "駅前の喫茶店", "remedies": ["交通"], "worker": cast.sakura.pk, "form_key": str(uuid.uuid4()),
    }  # fmt: skip
    for _twice in range(2):
        answer = desk.post(reverse("desk_prospect_add"), sent)
        assert answer.status_code == 302
    card = Prospect.objects.get()
    assert "駅前の喫茶店" in words_of(desk.get(reverse("desk_resources")))
    page = words_of(desk.get(reverse("desk_prospect", args=[card.uuid])))
    assert "だれに届くか" in page
    assert sora.number in page
    address = reverse("desk_prospect", args=[card.uuid])
    moved = desk.post(address, {"to": "asked", "seen": "untouched", "words": "見に来てよい", "on": "2026-11-20"})
    assert moved.status_code == 302
    again = desk.post(address, {"to": "asked", "seen": "untouched", "words": "見に来てよい", "on": "2026-11-20"})
    assert again.status_code == 302, "pressed twice, it stands there once, and nobody is told off"
    too_late = desk.post(address, {"to": "asked", "seen": "untouched", "words": "留守だった", "on": "2026-11-20"})
    assert too_late.status_code == 422
    assert "留守だった" in too_late.content.decode(), "nothing typed is lost"


def test_two_editors_lose_nothing(cast: Cast, desk: Browser) -> None:
    card = prospects.make(
        municipality=cast.town, idea=prospects.Idea(name="花屋"), worker=cast.sakura, by=cast.sakura,
        form_key=uuid.uuid4(),
    )  # fmt: skip
    prospects.change(
        prospect=card, idea=prospects.Idea(name="花屋", idea="水やり"), worker=cast.sakura, edit_version=1,
        by=cast.nakano,
    )  # fmt: skip
    answer = desk.post(
        reverse("desk_prospect_edit", args=[card.uuid]),
        {"name": "花屋", "idea": "花束", "worker": cast.sakura.pk, "form_key": str(uuid.uuid4()), "edit_version": 1},
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "水やり" in page
    assert "花束" in page


def test_another_towns_card_does_not_exist(cast: Cast, desk: Browser) -> None:
    card = prospects.make(
        municipality=cast.next_town, idea=prospects.Idea(name="となりの畑"), worker=cast.tonari, by=cast.tonari,
        form_key=uuid.uuid4(),
    )  # fmt: skip
    assert desk.get(reverse("desk_prospect", args=[card.uuid])).status_code == 404


def test_the_sums_open_in_excel(desk: Browser, sora: Client, town: dict[str, Place]) -> None:
    answer = desk.get(reverse("desk_resources") + "?format=csv")
    text = answer.content.decode("utf-8-sig")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert text.startswith('"手立て",')
    assert sora.number not in text
