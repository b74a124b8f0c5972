"""つなぐ: そらさん and the places of 見本町, from the list to a suggestion."""

import re
import uuid

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.choices import PlaceState, StaffDuty
from directory.models import Contact, Place, PlaceStaffFacts
from matching.actions.clients import protect
from matching.candidates.explanation import NEUTRAL
from matching.choices import AvoidanceKind
from matching.models import Client, Event, Proposal
from matching.views.connecting import urlpatterns
from tests.matching.cast import Cast

from .connecting_pages import a_place, at, hide, part, words_of

# The list


def test_places_stand_in_bands_with_reasons_and_what_to_ask(
    sora: Client, town: dict[str, Place], desk: Browser
) -> None:
    html = words_of(desk.get(at("desk_candidates", sora)))
    best = part(html, "band-best")
    assert "静かな将棋の部屋" in best and "好きなこと（将棋）とつながります" in best
    assert "次に開く日 11月26日（木）" in best and "確かめた日 11月1日（日）" in best and "あと1人" in best
    assert "希望4つとも分かっている" in best
    assert "体操クラブ" not in best and "体操クラブ" in html
    ask = part(html, "ask")
    assert "地域食堂 ひだまり" in ask and "静かな席はありますか" in ask and "受け入れ先に" in ask
    assert "小さな手芸室" in part(html, "full")
    assert "開いている曜日や時間に行けません" in part(html, "excluded")
    near = part(html, "near")
    assert "山の畑" in near and "送迎・同乗を頼む" in near and "参加支援員と受け入れ先" in near
    assert not re.search(r"0\.\d", html.partition('id="main"')[2])


def test_what_the_person_is_not_asked_yet_stands_once_with_how_many_places_it_settles(
    cast: Cast, sora: Client, town: dict[str, Place], desk: Browser
) -> None:
    sora.conditions.filter(key="max_people").update(answer=None)
    asked = part(words_of(desk.get(at("desk_candidates", sora))), "ask-person")
    assert asked.count("<tr>") == 2 and "はっきりする場" in asked


def test_a_person_of_whom_nothing_is_known_loses_no_place(cast: Cast, town: dict[str, Place], desk: Browser) -> None:
    html = words_of(desk.get(at("desk_candidates", cast.a_client())))
    assert "静かな将棋の部屋" in part(html, "ask")
    assert part(html, "excluded") == ""


def test_nobody_is_given_a_page_that_ends_in_none(cast: Cast, sora: Client, desk: Browser) -> None:
    Place.objects.update(state=PlaceState.PREPARING)
    html = words_of(desk.get(at("desk_candidates", sora)))
    assert "支援はこのまま続けます" in html
    assert "いま比べられる場がありません" in words_of(desk.get(at("desk_compare", sora)))


def test_places_of_other_towns_and_unpublished_ones_are_not_suggested(
    cast: Cast, sora: Client, town: dict[str, Place], desk: Browser
) -> None:
    Place.objects.filter(pk=town["good"].pk).update(municipality=cast.next_town)
    Place.objects.filter(pk=town["lively"].pk).update(state=PlaceState.PREPARING)
    html = words_of(desk.get(at("desk_candidates", sora)))
    assert "静かな将棋の部屋" not in html and "体操クラブ" not in html


def test_a_long_list_says_how_many_more_there_are(cast: Cast, sora: Client, desk: Browser) -> None:
    for number in range(23):
        a_place(cast, f"部屋{number}", f"へや{number}")
    assert "ほかに3か所あります" in words_of(desk.get(at("desk_candidates", sora)))


def test_the_number_of_queries_does_not_grow_with_the_places(cast: Cast, sora: Client, desk: Browser) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            words_of(desk.get(at("desk_candidates", sora)))
        return len(queries)

    a_place(cast, "部屋", "へや")
    desk.get(at("desk_candidates", sora))
    few = asked()
    for number in range(8):
        place = a_place(cast, f"部屋{number}", f"へや{number}")
        Contact.objects.create(place=place, kind="phone", value="0000-00-0001")
        PlaceStaffFacts.objects.create(place=place, accepting_person="見本の係")
    assert asked() == few


# Looking by name, and why not


def test_a_place_is_found_by_name_reading_number_and_what_one_does(
    sora: Client, town: dict[str, Place], desk: Browser
) -> None:
    for words in ("日曜市", "ニチヨウイチ", town["sunday"].code.lower(), "日曜 市"):
        found = part(words_of(desk.post(at("desk_candidates", sora), {"words": words})), "found")
        assert "日曜市" in found and "開いている曜日や時間に行けません" in found, words
        assert "静かな将棋の部屋" not in found and "band-best" not in found
    assert "静かな将棋の部屋" in part(words_of(desk.post(at("desk_candidates", sora), {"words": "将棋"})), "found")


def test_a_resting_place_says_that_it_rests(sora: Client, town: dict[str, Place], desk: Browser) -> None:
    Place.objects.filter(pk=town["good"].pk).update(state=PlaceState.PAUSED, state_note="春まで")
    html = words_of(desk.post(at("desk_candidates", sora), {"words": "将棋の部屋"}))
    assert "いまは休止中です　春まで" in part(html, "found")
    assert "静かな将棋の部屋" not in words_of(desk.get(at("desk_candidates", sora)))


def test_an_empty_question_is_answered_with_a_sentence(sora: Client, desk: Browser) -> None:
    for words in ("", "　", "あ" * 101, "a\x00b"):
        response = desk.post(at("desk_candidates", sora), {"words": words})
        assert response.status_code == 422 and "書いたものは消えていません" in response.content.decode()


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(words=st.text(max_size=120), places=st.lists(st.text(max_size=40), max_size=5))
def test_whatever_is_typed_the_pages_answer(
    sora: Client, town: dict[str, Place], desk: Browser, words: str, places: list[str]
) -> None:
    words, places = (words.encode("utf-8", "replace").decode(), [p.encode("utf-8", "replace").decode() for p in places])
    assert desk.post(at("desk_candidates", sora), {"words": words}).status_code in {200, 422}
    assert desk.get(at("desk_compare", sora), {"place": places}).status_code == 200


def test_why_a_place_with_everything_that_speaks_for_and_against(
    cast: Cast, sora: Client, town: dict[str, Place], desk: Browser
) -> None:
    Contact.objects.create(place=town["far"], kind="phone", value="0000-00-0009")
    html = words_of(desk.get(at("desk_why", sora, town["far"].uuid)))
    assert "片道およそ" in part(html, "minds") and "送迎・同乗を頼む" in part(html, "minds")
    assert "静かな席" not in part(html, "minds") and "0000-00-0009" in html
    # What cannot be is not advertised with the badge of a band.
    assert "合わない条件がある" in html and 'class="band' not in html


# What must never be seen


@pytest.mark.parametrize("kind", list(AvoidanceKind))
def test_an_avoided_place_appears_nowhere(
    cast: Cast, sora: Client, town: dict[str, Place], desk: Browser, kind: AvoidanceKind
) -> None:
    hidden = town["hidden"]
    assert hidden.name in words_of(desk.get(at("desk_candidates", sora)))
    hide(cast, sora, hidden, kind)
    pages = [
        desk.get(at("desk_candidates", sora)),
        desk.post(at("desk_candidates", sora), {"words": "サロン"}),
        desk.get(at("desk_compare", sora)),
        desk.get(at("desk_compare", sora), {"place": [str(hidden.uuid), str(town["good"].uuid)]}),
        desk.get(at("desk_why", sora, hidden.uuid)),
        desk.get(at("desk_propose", sora, town["far"].uuid)),
    ]
    for page in pages:
        html = words_of(page)
        assert hidden.name not in html and "ひみつのわけ" not in html
        assert str(hidden.uuid) not in html.partition('id="main"')[2]
    assert desk.get(at("desk_propose", sora, hidden.uuid)).status_code == 404
    assert desk.post(at("desk_propose", sora, hidden.uuid), {"what": "later"}).status_code == 404
    assert not Proposal.objects.exists()
    desk.post(at("desk_propose", sora, town["good"].uuid), {"what": "later"})
    kept = Proposal.objects.get()
    assert str(hidden.uuid) not in str(kept.inputs) + str(kept.explanation)


def test_why_not_sounds_the_same_for_an_avoided_place_and_for_none_at_all(
    cast: Cast, sora: Client, town: dict[str, Place], desk: Browser
) -> None:
    hide(cast, sora, town["hidden"])
    avoided = words_of(desk.get(at("desk_why", sora, town["hidden"].uuid)))
    nothing = words_of(desk.get(at("desk_why", sora, uuid.uuid4())))
    token = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
    assert token.sub("", avoided) == token.sub("", nothing)
    assert NEUTRAL in avoided
    by_name = part(words_of(desk.post(at("desk_candidates", sora), {"words": "川べりのサロン"})), "found")
    by_nobody = part(words_of(desk.post(at("desk_candidates", sora), {"words": "どこにもない場"})), "found")
    assert by_name.replace("川べりのサロン", "") == by_nobody.replace("どこにもない場", "")


def test_what_one_person_avoids_is_open_to_another(
    cast: Cast, sora: Client, town: dict[str, Place], desk: Browser
) -> None:
    hide(cast, sora, town["hidden"])
    assert "川べりのサロン" in words_of(desk.get(at("desk_candidates", cast.a_client(called="うみ"))))


def every_page(client: Client, place: Place) -> list[str]:
    pages = [at("desk_candidates", client), at("desk_compare", client)]
    return pages + [at(name, client, place.uuid) for name in ("desk_why", "desk_propose", "desk_wait")]


def test_every_address_of_connecting_is_walked_here(cast: Cast, sora: Client) -> None:
    assert len(every_page(sora, cast.place)) == len(urlpatterns)


def test_each_opening_is_recorded_once(cast: Cast, sora: Client, desk: Browser) -> None:
    for page in every_page(sora, cast.place):
        before = Event.objects.filter(action="client.read", subject=sora.uuid, actor=cast.sakura.uuid).count()
        response = desk.get(page)
        assert "no-store" in response["Cache-Control"] and sora.number in words_of(response)
        after = Event.objects.filter(action="client.read", subject=sora.uuid, actor=cast.sakura.uuid).count()
        assert after == before + 1, page


@pytest.mark.parametrize("login", ["kita", "tonari", "kansa", "hana"])
def test_to_all_others_the_pages_do_not_exist(cast: Cast, sora: Client, login: str) -> None:
    browser = Browser()
    for page in every_page(sora, cast.place):
        assert browser.get(page).status_code == 302
    browser.force_login(getattr(cast, login))
    for page in every_page(sora, cast.place):
        for response in (browser.get(page), browser.post(page, {"what": "later", "words": "将棋"})):
            assert response.status_code in {404, 405}, page
            assert sora.number not in response.content.decode()
    assert not Proposal.objects.exists()


def test_a_protected_person_is_open_to_those_on_the_list_only(cast: Cast, sora: Client) -> None:
    protect(client=sora, allow=[], by=cast.sakura)
    browser = Browser()
    browser.force_login(cast.staff("ue", "上野", StaffDuty.SUPERVISOR, None))
    for page in every_page(sora, cast.place):
        assert browser.get(page).status_code == 404


# Side by side


def test_places_stand_side_by_side_with_the_wishes_at_the_left(
    sora: Client, town: dict[str, Place], desk: Browser
) -> None:
    chosen = [str(town["far"].uuid), str(town["good"].uuid)]
    html = words_of(desk.get(at("desk_compare", sora), {"place": chosen}))
    table = html.partition("<table")[2].partition("</table>")[0]
    assert table.index("山の畑") < table.index("静かな将棋の部屋") and "2か所を比べる" in table
    for row in ("合う点", "合わない点", "分からない点", "受け入れ", "次にすること"):
        assert f'scope="row">{row}' in table
    wishes = part(html, "wishes")
    most, _found, rest = wishes.partition("かならず")
    assert "静かな席がいる" in most and "片道にかけられる時間に限りがある: 30分まで" in rest and "将棋" in rest
    assert "木曜 09:00～16:00" in rest


def test_without_a_choice_the_best_three_are_compared(sora: Client, town: dict[str, Place], desk: Browser) -> None:
    table = words_of(desk.get(at("desk_compare", sora))).partition("<table")[2].partition("</table>")[0]
    assert "3か所を比べる" in table and "静かな将棋の部屋" in table and "山の畑" not in table


def test_too_many_too_few_or_unknown_places_are_said_in_words(
    sora: Client, town: dict[str, Place], desk: Browser
) -> None:
    every = [str(place.uuid) for name, place in town.items() if name != "hidden"]
    html = words_of(desk.get(at("desk_compare", sora), {"place": every}))
    assert "4か所を比べる" in html and "一度に比べられるのは4か所までです" in html
    assert "2か所から4か所を選ぶと" in words_of(desk.get(at("desk_compare", sora), {"place": every[:1]}))
    assert NEUTRAL in words_of(desk.get(at("desk_compare", sora), {"place": [every[0], "なにか"]}))
