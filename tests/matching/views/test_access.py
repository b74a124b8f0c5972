"""Who may open what: foreign = missing, every reading leaves a trace before anything is shown."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client as Browser
from django.urls import reverse

import matching
from matching.actions.clients import protect
from matching.models import Client, Event, Sighting
from matching.reading import PAGES, readers_of, seen_by
from matching.urls import PERSON
from tests.matching.cast import Cast

from .pages import KEYLESS, POST_ONLY, a_full_client, buttons_of, keyed, pages_of


def signed_in(user: Any) -> Browser:
    browser = Browser()
    browser.force_login(user)
    return browser


def test_every_address_about_a_person_is_walked_here(cast: Cast) -> None:
    rows = keyed(a_full_client(cast))
    walked = {*KEYLESS, *POST_ONLY, *rows["pages"], *rows["buttons"], "desk_measure", "desk_draft", "desk_draft_drop"}  # type: ignore[misc]
    assert {getattr(one, "name", None) for one in PERSON} == walked


def test_the_main_worker_opens_every_page_and_each_opening_is_recorded(cast: Cast) -> None:
    client = a_full_client(cast)
    browser = signed_in(cast.sakura)
    for page in pages_of(client):
        before = Event.objects.filter(action="client.read", subject=client.uuid, actor=cast.sakura.uuid).count()
        response = browser.get(page)
        assert response.status_code == 200, page
        assert client.number in response.content.decode()
        after = Event.objects.filter(action="client.read", subject=client.uuid, actor=cast.sakura.uuid).count()
        assert after == before + 1, page


@pytest.mark.parametrize("login", ["kita", "tonari", "kansa", "hana"])
def test_to_all_others_the_pages_do_not_exist(cast: Cast, login: str) -> None:
    client = a_full_client(cast)
    browser = signed_in(getattr(cast, login))
    missing = browser.get(reverse("desk_person", args=["R8-9999"]))
    assert missing.status_code == 404
    for page in pages_of(client):
        response = browser.get(page)
        assert response.status_code == 404, page
        assert client.number not in response.content.decode()
    for page in [*pages_of(client), *buttons_of(client)]:
        assert browser.post(page).status_code in {404, 405}, page
    assert Event.objects.filter(action="denied", actor=getattr(cast, login).uuid).exists()
    assert client.consents.get().withdrawn_at is None


def test_a_foreign_record_answers_with_the_body_of_a_missing_one(cast: Cast) -> None:
    client = cast.a_client(office=cast.other_office, main_worker=cast.kita)
    browser = signed_in(cast.sakura)
    foreign = browser.get(reverse("desk_person", args=[client.number]))
    missing = browser.get(reverse("desk_person", args=["R8-9999"]))
    token = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')
    assert token.sub(b"", foreign.content) == token.sub(b"", missing.content)
    assert Event.objects.get(action="denied", subject=client.uuid).actor == cast.sakura.uuid


def test_nobody_without_signing_in(cast: Cast) -> None:
    client = a_full_client(cast)
    addresses = [*pages_of(client), reverse("desk_today"), reverse("desk_people"), reverse("desk_intake")]
    for page in addresses:
        response = Browser().get(page)
        assert response.status_code == 302, page
        assert "/accounts/login/" in response["Location"]


def test_a_row_of_another_person_is_not_reached_through_ones_own(cast: Cast) -> None:
    own, other = cast.a_client(), a_full_client(cast, office=cast.other_office, main_worker=cast.kita)
    browser = signed_in(cast.sakura)
    rows = keyed(other)
    for name, row in {**rows["pages"], **rows["buttons"]}.items():  # type: ignore[dict-item]
        address = reverse(name, args=[own.number, row.uuid])
        assert browser.get(address).status_code in {404, 405}, name
        if name != "desk_household_leave":
            assert browser.post(address).status_code in {404, 405}, name
    browser.post(reverse("desk_household_leave", args=[own.number, rows["buttons"]["desk_household_leave"].uuid]))  # type: ignore[index]
    assert not other.household_memberships.get().household.members.exclude(left_on=None).exists()


def test_coordinators_and_supervisors_see_their_town(cast: Cast) -> None:
    client = cast.a_client(office=cast.other_office, main_worker=cast.kita)
    for user, status in [(cast.nakano, 200), (cast.kanri, 200), (cast.tonari, 404)]:
        assert signed_in(user).get(client.get_absolute_url()).status_code == status


def test_a_protected_person_is_nowhere_for_those_not_on_the_list(cast: Cast) -> None:
    client = a_full_client(cast, yomi="ひみつ はな", called="ひみつ")
    protect(client=client, allow=[], by=cast.sakura)
    for user in (cast.kanri, cast.uketsuke):
        browser = signed_in(user)
        for page in (reverse("desk_today") + "?all=1", reverse("desk_people") + "?state=all"):
            assert client.number not in browser.get(page).content.decode()
        found = browser.post(reverse("desk_find"), {"asked": "ひみつはな"})
        assert client.number not in found.content.decode()
        assert browser.post(reverse("desk_find"), {"asked": client.number}).status_code == 404
        assert browser.get(client.get_absolute_url()).status_code == 404
    assert signed_in(cast.sakura).get(client.get_absolute_url()).status_code == 200


def test_only_those_in_charge_protect_and_lift(cast: Cast) -> None:
    client = cast.a_client()
    page = reverse("desk_protection", args=[client.number])
    assert signed_in(cast.uketsuke).get(page).status_code == 404
    response = signed_in(cast.sakura).post(page, {"user": cast.sakura.pk})
    assert response.status_code == 302
    assert Client.objects.get(pk=client.pk).is_protected


def test_nothing_is_shown_when_the_reading_cannot_be_recorded(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    client = a_full_client(cast, caution="ひみつの注意")
    browser = signed_in(cast.sakura)

    def full_disk(**_details: object) -> None:
        raise DatabaseError("disk full")

    monkeypatch.setattr(Event, "append", full_disk)
    for page in (*pages_of(client), reverse("desk_today"), reverse("desk_people")):
        response = browser.get(page)
        assert response.status_code == 503, page
        assert "ひみつの注意" not in response.content.decode()
        assert client.number not in response.content.decode()


def test_lists_record_everyone_they_showed(cast: Cast) -> None:
    shown, hidden = cast.a_client(), cast.a_client(office=cast.other_office, main_worker=cast.kita)
    signed_in(cast.sakura).get(reverse("desk_people"))
    assert list(Sighting.objects.values_list("client_uuid", flat=True)) == [shown.uuid]
    assert seen_by(cast.sakura) == [shown.uuid]
    assert not readers_of(hidden)


def test_the_list_of_readers_names_who_looked_and_who_was_refused(cast: Cast) -> None:
    client = cast.a_client()
    signed_in(cast.nakano).get(client.get_absolute_url())
    signed_in(cast.kita).get(client.get_absolute_url())
    words = signed_in(cast.sakura).get(reverse("desk_seen", args=[client.number])).content.decode()
    for expected in ("中野", "喜多", "断られた", "人のページ"):
        assert expected in words


def test_the_chain_of_events_is_whole_and_holds_no_words(cast: Cast) -> None:
    client = a_full_client(cast, name="ひみつの名", caution="ひみつの注意")
    browser = signed_in(cast.sakura)
    for page in pages_of(client):
        browser.get(page)
    assert Event.first_break() is None
    details = " ".join(str(event.details) for event in Event.objects.all())
    for words in ("ひみつ", "料理", "母、元気", "知り合い", "見学どう"):
        assert words not in details


def test_staff_without_clients_get_a_day_without_persons(cast: Cast) -> None:
    client = a_full_client(cast)
    response = signed_in(cast.kansa).get(reverse("desk_today"))
    assert response.status_code == 200
    assert client.number not in response.content.decode()


def test_answers_are_kept_nowhere(cast: Cast) -> None:
    response = signed_in(cast.sakura).get(cast.a_client().get_absolute_url())
    assert "no-store" in response["Cache-Control"]


def test_every_page_that_shows_somebody_has_words_for_the_person_who_asks_who_looked() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in Path(matching.__file__).parent.rglob("*.py"))
    keys = set(re.findall(r'page="([a-z_]+)"', sources))
    assert len(keys) > 40
    assert keys <= set(PAGES)
