"""まとめて引きつぐ: the ticked people change hands, each with a memo; nobody else's do."""

from datetime import date

from django.test import Client as Browser
from django.urls import reverse

from matching.actions.records import next_step
from matching.choices import ClientState
from matching.models import Client, Event, HandOver
from tests.matching.cast import Cast

ADDRESS = reverse("desk_hand_overs")


def test_the_ticked_people_change_hands_with_a_memo_each(cast: Cast, desk: Browser) -> None:
    going, staying = cast.a_client(), cast.a_client()
    next_step(client=going, due_on=date(2026, 12, 1), kind="call", words="見学の返事", by=cast.sakura)
    page = desk.get(ADDRESS).content.decode()
    assert going.number in page and staying.number in page
    sent = {"people": [str(going.uuid)], "to": cast.nakano.pk, "cautions": "年末で交代します"}
    answer = desk.post(ADDRESS, sent, follow=True).content.decode()
    assert "1人の主担当を中野さんに変えました" in answer and going.number not in answer
    memo = HandOver.objects.get()
    assert (memo.client, memo.after, memo.cautions) == (going, cast.nakano, "年末で交代します")
    assert "見学の返事" in memo.underway
    staying.refresh_from_db()
    assert staying.main_worker == cast.sakura


def test_pressing_again_after_half_of_it_hands_on_only_the_rest(cast: Cast, desk: Browser) -> None:
    people = [cast.a_client() for _number in range(3)]
    sent = {"people": [str(one.uuid) for one in people], "to": cast.nakano.pk}
    desk.post(ADDRESS, sent | {"people": [str(people[0].uuid)]})
    again = desk.post(ADDRESS, sent)
    # The first is no longer theirs: the page says so and hands on nobody by surprise.
    assert again.status_code == 422
    assert HandOver.objects.count() == 1


def test_nobody_is_handed_on_whom_one_may_not_see(cast: Cast, desk: Browser) -> None:
    others = cast.a_client(office=cast.other_office, main_worker=cast.kita)
    hidden = cast.a_client(is_protected=True, main_worker=cast.nakano)
    for worker, client in ((cast.kita, others), (cast.nakano, hidden)):
        address = f"{ADDRESS}?worker={worker.uuid}"
        assert client.number not in desk.get(address).content.decode()
        assert desk.post(address, {"people": [str(client.uuid)], "to": cast.sakura.pk}).status_code == 422
    assert not HandOver.objects.exists()


def test_forms_with_mistakes_lose_nothing(cast: Cast, desk: Browser) -> None:
    client = cast.a_client()
    sent = {"people": [str(client.uuid)], "to": cast.sakura.pk, "cautions": "ゆっくり話す"}
    answer = desk.post(ADDRESS, sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "いまの主担当とはちがう人" in page and "ゆっくり話す" in page and "checked" in page
    assert "引きつぐ人をえらんでください" in desk.post(ADDRESS, {"to": cast.nakano.pk}).content.decode()


def test_closed_people_stay_and_the_list_is_recorded(cast: Cast, desk: Browser) -> None:
    closed = cast.a_client(state=ClientState.CLOSED, closed_on=date(2026, 11, 1))
    shown = cast.a_client()
    page = desk.get(ADDRESS + "?worker=nonsense&page=x").content.decode()
    assert closed.number not in page
    event = Event.objects.filter(action="clients.listed").latest("pk")
    assert event.details["clients"] == [str(shown.uuid)]
    assert Client.objects.count() == 2
