"""The desk as a member of staff uses it: from a call to the end of a placement, and what happens to bad input."""

import re
import uuid
from datetime import date
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.models import HostReport, HostRequest
from matching.actions.proposals import propose
from matching.choices import ProposalState
from matching.models import Client, FollowUp, Plan, Record
from tests.matching.cast import Cast, a_key

from .pages import a_full_client, buttons_of, pages_of


@pytest.fixture
def desk(cast: Cast) -> Browser:
    browser = Browser()
    browser.force_login(cast.sakura)
    return browser


def hidden(page: str, name: str) -> str:
    """The value of a hidden field on a page."""
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    assert found, name
    return found[1]


def an_intake(cast: Cast, **answers: Any) -> dict[str, Any]:
    return {
        "kind": "consultation",
        "received_on": "2026-11-24",
        "office": cast.office.pk,
        "route": "family",
        "who_came": "family",
        "matters": ["withdrawal", "family"],
        "most_serious": "withdrawal",
        "words": "息子が家から出ない",
        "called": "そら",
        "yomi": "みほん そら",
        "birth_year": "1984",
        "main_worker": cast.sakura.pk,
        "form_key": str(a_key()),
        **answers,
    }


def test_from_a_call_to_the_end_of_a_placement(cast: Cast, desk: Browser) -> None:
    response = desk.post(reverse("desk_intake"), an_intake(cast))
    client = Client.objects.get()
    assert response["Location"] == reverse("desk_person", args=["R8-0001"])

    def send(name: str, answers: dict[str, Any], *, key: uuid.UUID | None = None) -> str:
        address = reverse(name, args=[client.number, *([key] if key else [])])
        sent = desk.post(address, answers)
        assert sent.status_code == 302, (name, sent.content.decode())
        return desk.get(sent["Location"]).content.decode()

    send("desk_consent", {"state": "written", "asked_on": "2026-11-24", "for_hosts": "on", "released_needs": "escort"})
    send("desk_plan", {"goal": "外で昼を食べる", "gap": "gap", "from_on": "2026-11-24"})
    assert "本人と決めた" in send("desk_plan_agree", {}, key=Plan.objects.get().uuid)
    proposal = propose(
        client=client,
        place=cast.place,
        slot=cast.slot_of(cast.place),
        inputs={},
        explanation={"lines": [{"mark": "○", "text": "歩いて行けます"}]},
        rules_version="2026-11",
        by=cast.sakura,
    )
    words = send("desk_answer", {"answer": "want", "words": "行ってみようかな", "on": "2026-11-24"}, key=proposal.uuid)
    assert "行ってみようかな" in words
    assert "歩いて行けます" in words
    send("desk_ask", {"offer": "visit", "needs": ["escort"], "escort": "on"}, key=proposal.uuid)
    HostRequest.objects.update(answer="yes", answered_at="2026-11-24T10:00:00+09:00")
    today = desk.get(reverse("desk_today")).content.decode()
    assert "はい、どうぞ" in today
    visit = {"kind": "escort", "on": "2026-11-24", "at": "11:20", "escort": cast.sakura.pk}
    assert "午前11時20分" in send("desk_visit_plan", visit, key=proposal.uuid)
    planned = proposal.visits.get()
    send("desk_visit_record", {"result": "came", "notes": "20分いた"}, key=planned.uuid)
    send("desk_visit_reflect", {"reflection": "窓ぎわがよかった"}, key=planned.uuid)
    assert "始まった" in send("desk_begin", {"begins_on": "2026-11-24", "stage": "role"}, key=proposal.uuid)
    placement = client.placements.get()
    follow_up = placement.follow_ups.get(step="week_1")
    send("desk_follow_up", {"regularity": "mostly", "self_rating": "4", "words": "楽しい"}, key=follow_up.uuid)
    HostReport.objects.create(request=HostRequest.objects.get(), on=date(2026, 11, 24), attendance="came", burden=1)
    send("desk_host_support", {"way": "phone", "burden": "1"}, key=placement.host_supports.get(step="week_1").uuid)
    ended = send(
        "desk_end", {"reason": "graduated", "ends_on": "2026-12-31", "words": "手伝う側へ"}, key=placement.uuid
    )
    assert "卒業" in ended
    story = desk.get(client.get_absolute_url() + "?all=1").content.decode()
    for said in ("息子が家から出ない", "行ってみようかな", "窓ぎわがよかった", "楽しい", "卒業"):
        assert said in story


def test_pressing_the_intake_twice_receives_once(cast: Cast, desk: Browser) -> None:
    answers = an_intake(cast)
    for _press in range(2):
        assert desk.post(reverse("desk_intake"), answers).status_code == 302
    assert Client.objects.count() == 1


def test_a_form_with_errors_keeps_everything_typed_and_says_where(cast: Cast, desk: Browser) -> None:
    response = desk.post(reverse("desk_intake"), an_intake(cast, route="", most_serious="food", wish="静かな所"))
    words = response.content.decode()
    assert response.status_code == 422
    assert "2か所を直してください" in words
    assert "息子が家から出ない" in words
    assert "静かな所" in words
    assert not Client.objects.exists()


def test_recorded_in_place_on_the_page_of_today(cast: Cast, desk: Browser) -> None:
    client = a_full_client(cast)
    follow_up = FollowUp.objects.due(on=date(2026, 11, 24)).first()
    page = desk.get(reverse("desk_today") + f"?open=follow_up-{follow_up.uuid}").content.decode()
    action = reverse("desk_follow_up", args=[client.number, follow_up.uuid])
    assert f'action="{action}"' in page
    sent = desk.post(action, {"regularity": "every_time", "words": "よい", "back": hidden(page, "back")})
    assert sent["Location"] == reverse("desk_today")
    follow_up.refresh_from_db()
    assert follow_up.done_on == date(2026, 11, 24)


def test_today_has_three_parts_and_only_ones_own_unless_asked(cast: Cast, desk: Browser) -> None:
    own = a_full_client(cast)
    others = a_full_client(cast, main_worker=cast.uketsuke)
    page = desk.get(reverse("desk_today")).content.decode()
    assert own.number in page
    assert others.number not in page
    assert others.number in desk.get(reverse("desk_today") + "?all=1").content.decode()
    for words in ("期日を過ぎた", "7日すぎ", "これから7日"):
        assert words in page


def test_the_form_leads_back_only_to_the_desk(cast: Cast, desk: Browser) -> None:
    client = cast.a_client()
    for wanted in ("https://example.com/desk/", "//example.com/desk/", "/host/", "javascript:alert(1)"):
        sent = desk.post(
            reverse("desk_record", args=[client.number]),
            {"words": "電話した", "form_key": str(a_key()), "back": wanted},
        )
        assert sent["Location"] == client.get_absolute_url()


def test_a_record_with_its_next_step(cast: Cast, desk: Browser) -> None:
    client = cast.a_client()
    answers = {
        "way": "phone",
        "words": "サロンが休みと伝えた",
        "next_on": "2026-12-08",
        "next_kind": "escort",
        "form_key": str(a_key()),
    }
    address = reverse("desk_record", args=[client.number])
    for _press in range(2):
        desk.post(address, answers)
    assert Record.objects.get().words == "サロンが休みと伝えた"
    assert client.next_steps.get().kind == "escort"
    half = desk.post(address, {**answers, "form_key": str(a_key()), "next_kind": ""})
    assert half.status_code == 422
    assert "両方書いてください" in half.content.decode()


def test_wishes_are_written_only_where_they_differ(cast: Cast, desk: Browser) -> None:
    client = cast.a_client()
    address = reverse("desk_wishes", args=[client.number])
    page = desk.get(address)
    answers = {name: value for name, value in initial_answers(page).items() if value is not None}
    answers |= {"max_cost_yen": "yes", "max_cost_yen_value": "300", "needs_escort": "no", "source": "self"}
    answers |= {"day_1": "yes", "day_1_begins_0": "10:00", "day_1_ends_0": "12:00"}
    assert desk.post(address, answers).status_code == 302
    assert {row.key: row.answer for row in client.conditions.current()} == {"max_cost_yen": True, "needs_escort": False}
    assert client.free_times.current().get().weekday == 1
    assert desk.post(address, {**answers, "source": "worker"}).status_code == 302
    assert {row.source for row in client.conditions.current()} == {"self"}


def test_answers_that_did_not_change_can_be_confirmed_anew(cast: Cast, desk: Browser) -> None:
    """How old an answer is matters: the whole conversation of today counts, not only what was new in it."""
    client = cast.a_client()
    cast.a_condition(client, "max_cost_yen", True, 300, on=date(2026, 6, 1))
    cast.a_condition(client, "needs_escort", None, on=date(2026, 6, 1))
    address = reverse("desk_wishes", args=[client.number])
    answers = initial_answers(desk.get(address)) | {"on": "2026-11-24"}
    desk.post(address, answers)
    assert {row.on for row in client.conditions.current()} == {date(2026, 6, 1)}
    desk.post(address, {**answers, "asked_anew": "on"})
    days = {row.key: row.on for row in client.conditions.current()}
    assert days == {"max_cost_yen": date(2026, 11, 24), "needs_escort": date(2026, 6, 1)}
    assert client.conditions.filter(key="max_cost_yen").count() == 2


def initial_answers(page: Any) -> dict[str, Any]:
    form = page.context["form"]
    return {
        name: (value.isoformat() if isinstance(value, date) else value)
        for name in form.fields
        if (value := form[name].initial) not in (None, False, "")
    }


def test_a_yes_without_its_detail_keeps_the_page(cast: Cast, desk: Browser) -> None:
    client = cast.a_client()
    address = reverse("desk_wishes", args=[client.number])
    answers = {**initial_answers(desk.get(address)), "max_cost_yen": "yes", "day_2": "yes"}
    response = desk.post(address, answers)
    assert response.status_code == 422
    assert "くわしい答えも書いてください" in response.content.decode()
    assert not client.conditions.exists()


def test_the_second_of_two_editors_sees_both_texts_and_can_save_then(cast: Cast, desk: Browser) -> None:
    client = cast.a_client()
    address = reverse("desk_facts", args=[client.number])
    first = initial_answers(desk.get(address))
    desk.post(address, {**first, "caution": "電話は午後だけ"})
    second = desk.post(address, {**first, "caution": "手紙を出さない"})
    words = second.content.decode()
    assert second.status_code == 422
    assert "電話は午後だけ" in words
    assert words.count("手紙を出さない") >= 2
    again = {**first, "caution": "電話は午後だけ。手紙を出さない", "edit_version": hidden(words, "edit_version")}
    assert desk.post(address, again).status_code == 302
    assert Client.objects.get(pk=client.pk).caution == "電話は午後だけ。手紙を出さない"


def test_without_consent_the_page_says_so_and_nothing_is_sent(cast: Cast, desk: Browser) -> None:
    client = cast.a_client()
    proposal = cast.a_proposal(client)
    address = reverse("desk_ask", args=[client.number, proposal.uuid])
    assert "同意が、まだありません" in desk.get(address).content.decode()
    sent = desk.post(address, {"offer": "visit"})
    assert sent.status_code == 422
    assert "同意が、まだありません" in sent.content.decode()
    assert not HostRequest.objects.exists()


def test_people_are_found_by_number_and_exact_reading_and_never_listed_by_name(cast: Cast, desk: Browser) -> None:
    client = cast.a_client(yomi="みほん そら")
    other = cast.a_client(called="つばき", yomi="みほん つばき")
    find = reverse("desk_find")
    assert desk.post(find, {"asked": "r8-0001"})["Location"] == client.get_absolute_url()
    found = desk.post(find, {"asked": "ミホンソラ"}).content.decode()
    assert client.number in found
    assert other.number not in found
    assert desk.post(find, {"asked": "みほん"}).status_code == 404
    listed = desk.get(reverse("desk_people") + "?sort=number").content.decode()
    assert listed.index(other.number) < listed.index(client.number)


def test_the_list_is_filtered_and_paged(cast: Cast, desk: Browser) -> None:
    for _person in range(30):
        cast.a_client()
    first = desk.get(reverse("desk_people")).content.decode()
    assert first.count("/desk/people/R8-") == 25
    assert desk.get(reverse("desk_people") + "?page=2").content.decode().count("/desk/people/R8-") == 5
    assert "この条件の人はいません" in desk.get(reverse("desk_people") + "?state=closed").content.decode()
    for nonsense in ("?page=x&district=9999999999999&state=zz&office=a&consent=x&sort=%00", "?page=-1"):
        assert desk.get(reverse("desk_people") + nonsense).status_code == 200


def test_the_page_of_a_person_asks_a_bounded_number_of_questions(
    cast: Cast, desk: Browser, django_assert_max_num_queries: Any
) -> None:
    client = a_full_client(cast)
    for number in range(5):
        cast.a_proposal(client, cast.a_place(f"場{number}", "ば"), state=ProposalState.PROPOSED)
    # The first look at a town makes the sketches of its places.
    desk.get(client.get_absolute_url())
    with django_assert_max_num_queries(60):
        desk.get(client.get_absolute_url())
    with django_assert_max_num_queries(45):
        desk.get(reverse("desk_today"))


def test_buttons_answer_with_a_sentence_when_it_is_too_late(cast: Cast, desk: Browser) -> None:
    client = a_full_client(cast)
    for address in buttons_of(client):
        assert desk.get(address).status_code == 405, address
    for address in [*buttons_of(client), *buttons_of_again(client)]:
        response = desk.post(address)
        assert response.status_code == 302, address


def buttons_of_again(client: Client) -> list[str]:
    """The last step back, once more: by then there is nothing left to go back to."""
    proposal = client.proposals.exclude(state=ProposalState.BEGUN).first()
    return [reverse("desk_step_back", args=[client.number, proposal.uuid])] * 3


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(max_size=200), number=st.text(max_size=8))
def test_any_text_in_any_form_is_answered_without_an_error_page(
    cast: Cast, desk: Browser, words: str, number: str
) -> None:
    if not hasattr(cast, "full"):
        cast.full = a_full_client(cast)  # type: ignore[attr-defined]
        cast.addresses = [*pages_of(cast.full), reverse("desk_intake"), reverse("desk_find")]  # type: ignore[attr-defined]
    names = ["words", "goal", "note", "notes", "called", "yomi", "caution", "asked", "reflection", "agreed", "back"]
    typed = {
        **dict.fromkeys(names, words),
        "birth_year": number,
        "on": number,
        "edit_version": number,
        "form_key": number,
    }
    for address in cast.addresses:  # type: ignore[attr-defined]
        assert desk.post(address, typed).status_code < 500, address
