"""The board as a coordinator uses it: a fair proposal, locks and forbids, worked out anew in place."""

import uuid

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from directory.models import Place, Slot
from matching.actions import boards
from matching.choices import BoardRuleKind
from matching.models import Board, BoardPerson, Client, HostSupport, Proposal, Sighting
from matching.sharing import shared
from tests.matching.cast import Cast

from .connecting_pages import hide, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(cast: Cast) -> Browser:
    """The coordinator's."""
    browser = Browser()
    browser.force_login(cast.nakano)
    return browser


@pytest.fixture
def board(cast: Cast, sora: Client, town: dict[str, Place]) -> Board:
    return boards.open_board(
        municipality=cast.town, clients=[sora], seats={town["good"]: 1, town["lively"]: 1, town["sunday"]: 1},
        held_on=timezone.localdate(), by=cast.nakano, form_key=uuid.uuid4(),
    )  # fmt: skip


def given(board: Board, *clients: Client) -> dict[str, str | None]:
    sharing = shared(board, clients, today=timezone.localdate())
    return {seat.client.number: seat.place.name if seat.place else None for seat in sharing.seats}


def test_everybody_who_waits_is_offered_for_the_board(
    cast: Cast, desk: Browser, sora: Client, town: dict[str, Place]
) -> None:
    page = words_of(desk.get(reverse("desk_board_add")))
    assert sora.number in page
    sent = {
        "held_on": "2026-11-24", "clients": [sora.pk], "form_key": str(uuid.uuid4()), f"seats_{town['good'].pk}": "1",
    }  # fmt: skip
    for _twice in range(2):
        assert desk.post(reverse("desk_board_add"), sent).status_code == 302
    assert Board.objects.count() == 1
    empty = desk.post(reverse("desk_board_add"), {"held_on": "2026-11-24", "form_key": str(uuid.uuid4())})
    assert empty.status_code == 422
    assert "人を一人以上" in empty.content.decode()


def test_the_proposal_is_the_best_and_follows_what_is_decided(
    desk: Browser, board: Board, sora: Client, town: dict[str, Place]
) -> None:
    address = reverse("desk_board", args=[board.uuid])
    assert town["good"].name in words_of(desk.get(address))
    assert given(board, sora) == {sora.number: town["good"].name}
    decide = reverse("desk_board_decide", args=[board.uuid])
    desk.post(decide, {"client": sora.pk, "place": town["good"].pk, "kind": "forbid"})
    assert given(board, sora) == {sora.number: town["lively"].name}
    desk.post(decide, {"client": sora.pk, "place": town["sunday"].pk, "kind": "lock"})
    assert given(board, sora) == {sora.number: town["sunday"].name}
    assert "合わない条件がある" in words_of(desk.get(address))
    desk.post(decide, {"client": sora.pk, "place": town["sunday"].pk, "kind": "lift"})
    desk.post(decide, {"client": sora.pk, "place": town["good"].pk, "kind": "lift"})
    assert given(board, sora) == {sora.number: town["good"].name}
    assert not Proposal.objects.exists()
    assert not HostSupport.objects.exists()


def test_a_place_kept_away_from_is_given_to_nobody_it_endangers(
    cast: Cast, board: Board, sora: Client, town: dict[str, Place]
) -> None:
    hide(cast, sora, town["good"])
    assert given(board, sora) == {sora.number: town["lively"].name}


def test_who_may_not_be_seen_is_not_hinted_at(desk: Browser, board: Board, sora: Client) -> None:
    Client.objects.filter(pk=sora.pk).update(is_protected=True)
    page = words_of(desk.get(reverse("desk_board", args=[board.uuid])))
    assert sora.number not in page
    assert "0人のうち0人" in page
    assert not Sighting.objects.filter(client_uuid=sora.uuid, event__details__page="board").exists()


def test_a_seat_of_somebody_unseen_is_not_given_again(
    cast: Cast, desk: Browser, board: Board, sora: Client, town: dict[str, Place]
) -> None:
    """One seat, two people: whoever may see only one of them is not told that both can have it."""
    before = shared(board, [sora], today=timezone.localdate())
    assert [seat.place for seat in before.seats] == [town["good"]]
    other = cast.a_client(is_protected=True)
    for row in sora.conditions.current():
        cast.a_condition(other, row.key, row.answer, row.value)
    for row in sora.free_times.current():
        if row.begins and row.ends:
            cast.free(other, row.weekday, row.begins, row.ends)
    BoardPerson.objects.create(municipality=board.municipality, board=board, client=other)
    boards.decide(board=board, client=other, place=town["good"], kind=BoardRuleKind.LOCK, by=cast.nakano)
    after = shared(board, [sora], today=timezone.localdate())
    assert [seat.place for seat in after.seats] != [town["good"]] and after.seats[0].price > 0
    assert after.outcome[str(other.uuid)] == str(town["good"].uuid)
    page = words_of(desk.get(reverse("desk_board", args=[board.uuid])))
    assert other.number not in page and "会議で決めたことのために" in page
    desk.post(reverse("desk_board_close", args=[board.uuid]))
    board.refresh_from_db()
    assert board.outcome[str(other.uuid)] == str(town["good"].uuid)


def test_a_board_is_closed_once_and_keeps_what_stood_there(
    desk: Browser, board: Board, sora: Client, town: dict[str, Place]
) -> None:
    close = reverse("desk_board_close", args=[board.uuid])
    for _twice in range(2):
        assert desk.post(close).status_code == 302
    board.refresh_from_db()
    assert board.outcome == {str(sora.uuid): str(town["good"].uuid)}
    refused = desk.post(
        reverse("desk_board_decide", args=[board.uuid]),
        {"client": sora.pk, "place": town["good"].pk, "kind": "forbid"},
        follow=True,
    )
    assert "終わっています" in refused.content.decode()


@pytest.mark.parametrize("sent", [{}, {"client": "x", "place": "1", "kind": "lock"}, {"kind": "zzz"}])
def test_a_button_that_makes_no_sense_is_answered(desk: Browser, board: Board, sent: dict[str, str]) -> None:
    answer = desk.post(reverse("desk_board_decide", args=[board.uuid]), sent, follow=True)
    assert "画面を開き直して" in answer.content.decode()


def test_a_closed_board_says_what_the_meeting_decided_whatever_happens_since(
    desk: Browser, board: Board, sora: Client, town: dict[str, Place]
) -> None:
    address = reverse("desk_board", args=[board.uuid])
    desk.post(reverse("desk_board_close", args=[board.uuid]))
    Slot.objects.filter(activity__place=town["good"]).update(free_seats=0)
    decided = words_of(desk.get(address)).partition("会議で残した結果")[2].partition("今日の情報で")[0]
    assert sora.number in decided and town["good"].name in decided


def test_a_place_avoided_since_the_meeting_is_not_named(
    cast: Cast, desk: Browser, board: Board, sora: Client, town: dict[str, Place]
) -> None:
    desk.post(reverse("desk_board_close", args=[board.uuid]))
    hide(cast, sora, town["good"])
    page = words_of(desk.get(reverse("desk_board", args=[board.uuid])))
    # That the board has a seat there is known to the meeting; beside this person it does not stand.
    assert town["good"].name not in page.partition("残る枠")[0]


def test_any_place_of_the_board_may_be_chosen_by_hand_but_one_to_be_avoided(
    cast: Cast, desk: Browser, board: Board, sora: Client, town: dict[str, Place]
) -> None:
    hide(cast, sora, town["lively"])
    page = desk.get(reverse("desk_board", args=[board.uuid])).content.decode()
    offered = {row.place for row in board.places.all() if f'<option value="{row.place_id}">' in page}
    assert offered == {town["good"], town["sunday"]}
    assert town["lively"].name not in page.partition("残る枠")[0]
