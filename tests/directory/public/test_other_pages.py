"""The calendar, windows, 知らせる, the choice of a town: what residents ask and get."""

from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.choices import DayChangeKind, WindowField
from directory.models import ConsultationWindow, DayChange, District, Municipality, Report

from .conftest import Town

pytestmark = pytest.mark.django_db


@pytest.fixture
def resident(client: Client, town: Town) -> Client:
    """Somebody who chose 見本町."""
    client.cookies["town"] = town.municipality.code
    return client


def body_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_the_calendar_strikes_a_cancelled_day_and_gives_the_reason(town: Town, resident: Client) -> None:
    DayChange.objects.create(
        activity=town.lunch, on=date(2026, 11, 26), kind=DayChangeKind.CANCELLED, reason="台所の工事"
    )
    body = body_of(resident, "/calendar/")
    assert body.index("お休み") < body.index("<del>") < body.index("台所の工事")
    assert "0回 開きます" in body


def test_a_hall_that_opens_daily_is_listed_once_but_its_day_off_stays(town: Town, resident: Client) -> None:
    hall = town.a_place("町立図書館", "ちょうりつとしょかん")
    reading = town.opens(hall, "閲覧室", "毎日 9:00～17:00")
    DayChange.objects.create(activity=reading, on=date(2026, 11, 27), kind=DayChangeKind.CANCELLED)
    body = body_of(resident, "/calendar/")
    assert "ほとんど毎日開く場 1か所" in body
    assert body.count(f'href="{hall.get_absolute_url()}"') == 2


def test_one_day_and_next_week_can_be_asked(town: Town, resident: Client) -> None:
    assert "11月26日（木）は、1回 開きます" in body_of(resident, "/calendar/?from=2026-11-26&days=1")
    assert "11月30日（月）から12月6日（日）まで、1回 開きます" in body_of(resident, "/calendar/?from=2026-11-30")


@pytest.mark.parametrize("asked", ["昨日", "2020-01-01", "9999-12-31", "2026-11-31", "\0", ""])
def test_a_day_that_cannot_be_shown_means_today(town: Town, resident: Client, asked: str) -> None:
    answer = resident.get("/calendar/", {"from": asked, "days": asked, "district": asked})
    assert "11月24日（火）から11月30日（月）まで" in answer.content.decode()


def test_a_district_of_another_town_changes_nothing(town: Town, resident: Client) -> None:
    other = Municipality.objects.create(code="999992", name="となり町", yomi="となりちょう", prefecture="見本県")
    far = District.objects.create(municipality=other, name="奥", yomi="おく")
    assert "1回 開きます" in body_of(resident, f"/calendar/?district={far.pk}")
    assert "1回 開きます" in body_of(resident, f"/calendar/?district={town.district.pk}")


def test_the_calendar_asks_the_database_as_often_for_one_place_as_for_twenty(
    town: Town, resident: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(20):
        town.opens(town.a_place(f"場{number}", "ば"), "茶話会", "毎週金曜 10:00～12:00")
    with django_assert_max_num_queries(10):
        body_of(resident, "/calendar/")


def test_a_window_without_a_phone_leads_to_the_towns_own(town: Town, resident: Client) -> None:
    ConsultationWindow.objects.create(
        municipality=town.municipality, field=WindowField.values[0], name="くらしの相談", topics=["お金のこと"]
    )
    ConsultationWindow.objects.create(
        municipality=town.municipality, field=WindowField.values[0], name="かくれた窓口", is_published=False
    )
    body = body_of(resident, "/windows/")
    assert (
        body.index("お金のこと")
        < body.index("電話は分かっていません")
        < body.index('call__number" href="tel:0000112222')
    )
    assert "かくれた窓口" not in body


def test_telling_of_a_mistake_reaches_the_staff_once(town: Town, resident: Client) -> None:
    told = {"kind": "mistake", "place": town.house.name, "words": "木曜はやっていません", "contact": "0000-77-8888"}
    answer = resident.post(f"/tell/?place={town.house.code}", told, follow=True)
    assert "届きました" in answer.content.decode()
    report = Report.objects.get()
    assert (report.place, report.words, report.municipality) == (town.house, told["words"], town.municipality)


def test_the_place_asked_about_is_filled_in(town: Town, client: Client) -> None:
    assert f'value="{town.house.name}"' in body_of(client, f"/tell/?place={town.house.code}")


def test_a_name_we_do_not_know_is_kept_with_the_words(town: Town, resident: Client) -> None:
    resident.post("/tell/", {"kind": "new_place", "place": "ひまわりの家", "words": "できました"})
    assert "ひまわりの家" in Report.objects.get().words


def test_a_mistake_in_the_form_loses_nothing(town: Town, resident: Client) -> None:
    answer = resident.post(
        "/tell/", {"kind": "new_place", "place": "ひまわりの家", "words": "", "contact": "0000-77-8888"}
    )
    body = answer.content.decode()
    assert answer.status_code == 422
    assert "1か所を直してください" in body
    for kept in ("ひまわりの家", "0000-77-8888"):
        assert f'value="{kept}"' in body
    assert 'aria-invalid="true"' in body
    assert not Report.objects.exists()


def test_a_program_that_fills_every_field_is_thanked_and_ignored(town: Town, resident: Client) -> None:
    spam = {"kind": "new_place", "words": "買ってください", "homepage": "https://example.com/"}
    assert resident.post("/tell/", spam)["Location"] == "/tell/thanks/"
    assert not Report.objects.exists()


def test_the_eleventh_message_of_an_hour_waits_and_is_not_lost(town: Town, resident: Client) -> None:
    for number in range(10):
        assert resident.post("/tell/", {"kind": "new_place", "words": f"場{number}"}).status_code == 302
    answer = resident.post("/tell/", {"kind": "new_place", "words": "もう一つの場"})
    assert answer.status_code == 429
    assert "もう一つの場" in answer.content.decode()
    assert Report.objects.count() == 10


def test_who_chose_no_town_is_asked_first(town: Town, client: Client) -> None:
    answer = client.get("/tell/", follow=True)
    assert "町をえらぶ" in answer.content.decode()
    answer = client.post("/towns/?next=/tell/", {"town": town.municipality.code})
    assert answer["Location"] == "/tell/"
    assert "見本町" in body_of(client, "/tell/")


@pytest.mark.parametrize("wanted", ["https://example.com/", "//example.com", "/\\example.com", "javascript:alert(1)"])
def test_the_choice_of_a_town_leads_nowhere_else(town: Town, client: Client, wanted: str) -> None:
    assert client.post(f"/towns/?next={wanted}", {"town": town.municipality.code})["Location"] == "/"


def test_a_town_without_a_telephone_cannot_be_chosen(town: Town, client: Client) -> None:
    Municipality.objects.create(code="999992", name="となり町", yomi="となりちょう", prefecture="見本県")
    assert "となり町" not in body_of(client, "/towns/")
    assert client.post("/towns/", {"town": "999992"}).status_code == 422


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=40))
def test_no_question_breaks_a_public_page(town: Town, resident: Client, text: str) -> None:
    cache.clear()
    asked = dict.fromkeys(("q", "from", "days", "district", "place", "kind", "next", "sort", "page", "do"), text)
    for address in ("/calendar/", "/tell/", "/towns/", "/windows/", "/roles/", "/search/", "/search/suggest/"):
        assert resident.get(address, asked).status_code < 500, address
    told = {"kind": text, "place": text, "words": text, "district": text, "contact": text}
    assert resident.post("/tell/", told).status_code < 500
