"""The host's pages: three buttons, nothing typed is lost, and no input breaks them."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.choices import HostAnswer, SubmissionState
from directory.models import DayChange, Submission
from tests.directory.people import Town

pytestmark = pytest.mark.django_db
TYPED = st.text(max_size=200) | st.sampled_from(["\0", "\ud800", "9" * 400, "-1", "2026-02-30", "<script>", "%00"])


@pytest.fixture
def host(town: Town, client: Client) -> Client:
    client.force_login(town.hana)
    return client


def page(town: Town, rest: str = "") -> str:
    return f"/host/p/{town.house.code}/{rest}"


def test_one_place_opens_at_once_with_its_three_buttons(town: Town, host: Client) -> None:
    body = host.get("/host/", follow=True).content.decode()
    for words in ("このままで合っています", "休み・変更を出す", "内容を直す"):
        assert words in body


def test_one_tap_confirms(town: Town, host: Client) -> None:
    host.post(page(town, "confirm/"))
    town.house.refresh_from_db()
    assert town.house.confirmed_on == date(2026, 11, 24)


def test_a_mistake_keeps_what_was_typed_and_says_what_to_do(town: Town, host: Client) -> None:
    answer = host.post(page(town, "edit/name/"), {"name": "川西の家", "yomi": "川西の家", "kind": "salon", "lead": "a"})
    body = answer.content.decode()
    assert answer.status_code == 422
    assert "ひらがなで書いてください" in body
    assert 'value="川西の家"' in body
    assert not Submission.objects.exists()


def test_two_editors_see_both_texts(town: Town, host: Client) -> None:
    form = host.get(page(town, "edit/welcome/")).context["form"]
    given = {name: form[name].value() or "" for name in form.fields} | {"atmosphere": "静か"}
    other = Client()
    other.force_login(town.second)
    assert other.post(page(town, "edit/welcome/"), given | {"atmosphere": "にぎやか"}).status_code == 302
    answer = host.post(page(town, "edit/welcome/"), given)
    body = answer.content.decode()
    assert answer.status_code in {409, 422}
    assert "静か" in body and "にぎやか" in body
    town.house.refresh_from_db()
    assert town.house.atmosphere == "にぎやか"


def test_a_change_is_sent_once_and_can_be_looked_at(town: Town, host: Client) -> None:
    form = host.get(page(town, "edit/name/")).context["form"]
    given = {name: form[name].value() or "" for name in form.fields} | {"lead": "だれでもどうぞ"}
    host.post(page(town, "edit/name/"), given)
    sent = Submission.objects.get(state=SubmissionState.WAITING)
    assert "だれでもどうぞ" in host.get(page(town, f"sent/{sent.uuid}/")).content.decode()


def test_a_letter_is_answered_in_two_taps_and_a_second_answer_is_told(town: Town, host: Client) -> None:
    letter = town.a_letter()
    assert host.post(f"/host/requests/{letter.uuid}/", {"answer": HostAnswer.YES}).status_code == 302
    again = host.post(f"/host/requests/{letter.uuid}/", {"answer": HostAnswer.YES}, follow=True)
    assert "もうお返事" in again.content.decode()


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(typed=st.dictionaries(st.sampled_from(
    ["name", "yomi", "kind", "lead", "atmosphere", "cost_yen", "address", "opening", "reason", "value", "answer",
     "begins", "ends", "on", "kind_of_change", "edit_version", "age_min", "opening_text"]), TYPED))  # fmt: skip
def test_whatever_is_sent_the_forms_answer(town: Town, host: Client, typed: dict[str, Any]) -> None:
    letter = town.a_letter()
    for address in (
        page(town, "edit/name/"), page(town, "edit/visit/"), page(town, "edit/where/"), page(town, "edit/welcome/"),
        page(town, "edit/phone/"), page(town, f"edit/activity/{town.lunch.uuid}/"), page(town, "day/"),
        f"/host/requests/{letter.uuid}/",
    ):  # fmt: skip
        sendable = {name: value.encode("utf-8", "surrogatepass") for name, value in typed.items()}
        body = "&".join(f"{name}={_quoted(value)}" for name, value in sendable.items())
        answer = host.post(address, body, content_type="application/x-www-form-urlencoded")
        assert answer.status_code < 500, address
    DayChange.objects.all().delete()


def _quoted(value: bytes) -> str:
    return "".join(f"%{byte:02X}" for byte in value)
