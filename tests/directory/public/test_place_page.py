"""The page of a place: what it says, in which order, and what it never says."""

from datetime import date, time
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from directory.choices import ContactKind, DayChangeKind, PlaceState, RoleKind
from directory.models import Contact, DayChange, PlaceStaffFacts, Role

from .conftest import NOW, Town

pytestmark = pytest.mark.django_db


def page_of(town: Town, client: Client) -> str:
    answer = client.get(town.house.get_absolute_url())
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_next_opening_stands_first_then_the_pattern_then_how_to_get_there(town: Town, client: Client) -> None:
    body = page_of(town, client)
    order = [body.index(words) for words in ("次に開く日", "いつも開く日", "費用・場所・申しこみ", "電話で聞く</h2>")]
    assert order == sorted(order)
    assert "11月<b>26</b>日" in body
    assert "木曜日" in body


def test_a_cancelled_thursday_is_announced_on_top_and_is_not_the_next_opening(town: Town, client: Client) -> None:
    DayChange.objects.create(
        activity=town.lunch, on=date(2026, 11, 26), kind=DayChangeKind.CANCELLED, reason="台所の工事"
    )
    body = page_of(town, client)
    assert body.index("変更があります") < body.index("次に開く日")
    assert "台所の工事" in body
    next_box = body[body.index("次に開く日") : body.index("いつも開く日")]
    assert "12月<b>3</b>日" in next_box


def test_a_withdrawn_cancellation_opens_the_day_again(town: Town, client: Client) -> None:
    DayChange.objects.create(
        activity=town.lunch, on=date(2026, 11, 26), kind=DayChangeKind.CANCELLED, withdrawn_at=timezone.now()
    )
    body = page_of(town, client)
    assert "変更があります" not in body
    assert "11月<b>26</b>日" in body


def test_staff_only_facts_and_contacts_never_show(town: Town, client: Client) -> None:
    Contact.objects.create(
        place=town.house, kind=ContactKind.PHONE, value="0000-55-6666", label="はなの自宅", is_public=False
    )
    PlaceStaffFacts.objects.create(place=town.house, note="鍵は植木鉢の下", accepting_person="見本 花")
    for part in ("", "print/", "calendar.ics"):
        body = client.get(f"{town.house.get_absolute_url()}{part}").content.decode()
        for secret in ("0000-55-6666", "はなの自宅", "植木鉢", "見本 花"):
            assert secret not in body, part


def test_a_reading_nobody_confirmed_is_not_shown(town: Town, client: Client) -> None:
    assert town.house.yomi in page_of(town, client)
    town.house.yomi_confirmed = False
    town.house.save()
    for part in ("", "print/"):
        assert town.house.yomi not in client.get(f"{town.house.get_absolute_url()}{part}").content.decode()


def test_what_is_not_known_is_said_so_and_never_as_a_no(town: Town, client: Client) -> None:
    town.house.step_free, town.house.elevator = True, False
    town.house.save()
    body = page_of(town, client)
    assert "入口に段差はありません" in body
    assert "エレベーターはありません" in body
    assert "車いすでは入れません" not in body
    assert "まだ分からないこと" in body


@pytest.mark.parametrize(
    ("days_ago", "words"),
    [
        (10, "に確かめました"),
        (100, "少し古い情報です"),
        (200, "電話で確かめてください"),
        (None, "電話で確かめてください"),
    ],
)
def test_the_page_says_how_old_its_news_are(town: Town, client: Client, days_ago: int | None, words: str) -> None:
    town.house.confirmed_on = None if days_ago is None else date(2026, 11, 24) - timezone.timedelta(days=days_ago)  # type: ignore[attr-defined]
    town.house.save()
    assert words in page_of(town, client)


def test_without_a_phone_of_its_own_the_town_answers(town: Town, client: Client) -> None:
    town.house.contacts.all().delete()
    body = page_of(town, client)
    assert "この場の電話は分かりません" in body
    assert "tel:0000112222" in body


def test_a_paused_place_says_so_first_and_names_no_next_day(town: Town, client: Client) -> None:
    town.house.state, town.house.state_note = PlaceState.PAUSED, "春まで休みます"
    town.house.save()
    body = page_of(town, client)
    assert body.index("お休みしています") < body.index("<h1>川西ふれあいの家")
    assert "春まで休みます" in body
    assert "11月<b>26</b>日" not in body


def test_a_withdrawn_place_answers_gone_with_a_telephone(town: Town, client: Client) -> None:
    town.house.state = PlaceState.WITHDRAWN
    town.house.withdrawn_at = timezone.now()
    town.house.save()
    answer = client.get(town.house.get_absolute_url())
    assert answer.status_code == 410
    assert "tel:0000112222" in answer.content.decode()
    assert client.get(f"{town.house.get_absolute_url()}print/").status_code == 404


def test_a_merged_place_leads_to_the_one_that_is_left(town: Town, client: Client) -> None:
    first = town.a_place("ふれあいの家（旧）", "ふれあいのいえ")
    second = town.a_place("ふれあいの家（別）", "ふれあいのいえ")
    for old, new in ((first, second), (second, town.house)):
        old.state, old.withdrawn_at, old.merged_into = PlaceState.WITHDRAWN, timezone.now(), new
        old.save()
    for part in ("", "print/", "calendar.ics"):
        answer = client.get(f"{first.get_absolute_url()}{part}")
        assert (answer.status_code, answer["Location"]) == (301, f"{town.house.get_absolute_url()}{part}")


def test_a_place_in_preparation_is_as_missing_as_none(town: Town, client: Client) -> None:
    town.house.state = PlaceState.PREPARING
    town.house.save()
    hidden, none = client.get(town.house.get_absolute_url()), client.get("/p/ZZZZZZ/")
    assert hidden.status_code == none.status_code == 404
    assert hidden.content == none.content


def test_lower_case_in_the_code_still_finds_the_place(town: Town, client: Client) -> None:
    assert client.get(f"/p/{town.house.code.lower()}/").status_code == 200


def test_a_contact_that_is_no_web_address_becomes_no_link(town: Town, client: Client) -> None:
    for value in ("javascript:alert(1)", "https://example.jp/"):
        Contact.objects.create(place=town.house, kind=ContactKind.WEB, value=value, is_public=True)
    body = page_of(town, client)
    assert 'href="javascript:' not in body
    assert 'href="https://example.jp/"' in body


def test_what_hosts_write_is_never_markup(town: Town, client: Client) -> None:
    town.house.description = "<script>alert(1)</script>"
    town.house.save()
    town.lunch.opening_text, town.lunch.schedule = "午前9時〜<b>毎日</b>", None
    town.lunch.save()
    for part in ("", "print/"):
        body = client.get(f"{town.house.get_absolute_url()}{part}").content.decode()
        assert "<script>alert" not in body
        assert "<b>毎日" not in body


def test_roles_for_helpers_are_shown_but_not_hidden_ones(town: Town, client: Client) -> None:
    Role.objects.create(activity=town.lunch, name="皿をふく", kind=RoleKind.HELPER, minutes=30)
    Role.objects.create(activity=town.lunch, name="会計", kind=RoleKind.HELPER, minutes=30, is_public=False)
    for body in (page_of(town, client), client.get("/roles/").content.decode()):
        assert "皿をふく" in body
        assert "会計" not in body


def test_the_calendar_file_holds_openings_and_cancelled_ones(town: Town, client: Client) -> None:
    DayChange.objects.create(activity=town.lunch, on=date(2026, 12, 3), kind=DayChangeKind.CANCELLED)
    DayChange.objects.create(
        activity=town.lunch, on=date(2026, 11, 28), kind=DayChangeKind.EXTRA, begins=time(9), ends=time(10)
    )
    answer = client.get(f"{town.house.get_absolute_url()}calendar.ics")
    assert answer["Content-Type"].startswith("text/calendar")
    text = answer.content.decode().replace("\r\n ", "")
    assert "DTSTART;TZID=Asia/Tokyo:20261126T113000" in text
    assert "DTSTART;TZID=Asia/Tokyo:20261128T090000" in text
    cancelled = next(event for event in text.split("BEGIN:VEVENT") if "20261203T" in event)
    assert "STATUS:CANCELLED" in cancelled


def test_the_sheet_carries_phone_address_and_a_code(town: Town, client: Client) -> None:
    body = client.get(f"{town.house.get_absolute_url()}print/").content.decode()
    assert "0000-33-4444" in body
    assert town.house.get_absolute_url() in body
    assert "<svg" in body


def test_late_at_night_the_running_opening_is_now(town: Town, client: Client) -> None:
    town.opens(town.house, "夜カフェ", "毎週火曜 21:00～翌2:00")
    with time_machine.travel(NOW.replace(day=25, hour=0, minute=30), tick=False):
        body = page_of(town, client)
    assert "いま開いています" in body


def test_many_activities_cost_no_more_questions_to_the_database(
    town: Town, client: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(8):
        town.opens(town.house, f"集まり{number}", "毎週金曜 10:00～12:00")
        town.opens(town.a_place(f"近くの場{number}", "ちかくのば"), "茶話会", "毎週金曜 10:00～12:00")
    with django_assert_max_num_queries(22):
        page_of(town, client)
