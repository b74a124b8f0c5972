"""Boards: one per form, decisions replace one another, what was decided stays, a closed board is closed."""

import uuid
from datetime import date

import pytest

from directory.models import Place
from matching.actions import boards
from matching.choices import AvoidanceKind, BoardRuleKind
from matching.models import Board, BoardRule, Client
from matching.refusals import NotForThisPerson, NotPossible
from tests.matching.cast import Cast
from tests.matching.views.connecting_pages import hide

pytestmark = pytest.mark.django_db
LOCK, FORBID = BoardRuleKind.LOCK, BoardRuleKind.FORBID


def a_board(cast: Cast, *clients: Client, seats: int = 1) -> Board:
    return boards.open_board(
        municipality=cast.town, clients=clients, seats={cast.place: seats}, held_on=date(2026, 11, 24),
        by=cast.nakano, form_key=uuid.uuid4(),
    )  # fmt: skip


def standing(board: Board) -> set[tuple[str, str, str]]:
    rows = board.rules.filter(lifted_at=None).select_related("client", "place")
    return {(row.client.number, row.place.name, row.kind) for row in rows}


@pytest.fixture
def pair(cast: Cast) -> tuple[Client, Client]:
    return cast.a_client(), cast.a_client(called="うみ")


def test_one_form_opens_one_board(cast: Cast, pair: tuple[Client, Client]) -> None:
    key = uuid.uuid4()
    made = [
        boards.open_board(
            municipality=cast.town, clients=pair, seats={cast.place: 1}, held_on=date(2026, 11, 24), by=cast.nakano,
            form_key=key,
        )
        for _twice in range(2)
    ]  # fmt: skip
    assert made[0] == made[1]
    assert made[0].people.count() == 2


def test_a_board_without_people_or_seats_is_none(cast: Cast, pair: tuple[Client, Client]) -> None:
    with pytest.raises(NotPossible):
        a_board(cast)
    with pytest.raises(NotPossible):
        a_board(cast, *pair, seats=0)
    assert not Board.objects.exists()


def test_a_decision_replaces_the_one_before(cast: Cast, pair: tuple[Client, Client]) -> None:
    sora, _umi = pair
    board = a_board(cast, *pair)
    first = boards.decide(board=board, client=sora, place=cast.place, kind=LOCK, by=cast.nakano)
    assert boards.decide(board=board, client=sora, place=cast.place, kind=LOCK, by=cast.nakano) == first
    boards.decide(board=board, client=sora, place=cast.place, kind=FORBID, by=cast.nakano)
    assert standing(board) == {(sora.number, cast.place.name, "forbid")}
    assert BoardRule.objects.count() == 2


def test_no_more_people_are_kept_than_there_are_seats(cast: Cast, pair: tuple[Client, Client]) -> None:
    sora, umi = pair
    board = a_board(cast, *pair)
    boards.decide(board=board, client=sora, place=cast.place, kind=LOCK, by=cast.nakano)
    with pytest.raises(NotPossible) as refusal:
        boards.decide(board=board, client=umi, place=cast.place, kind=LOCK, by=cast.nakano)
    assert "固定" in str(refusal.value.sentence)


def test_nobody_is_kept_where_they_must_not_be(cast: Cast, pair: tuple[Client, Client]) -> None:
    sora, _umi = pair
    board = a_board(cast, *pair)
    hide(cast, sora, cast.place, AvoidanceKind.DV)
    with pytest.raises(NotForThisPerson):
        boards.decide(board=board, client=sora, place=cast.place, kind=LOCK, by=cast.nakano)


def test_what_does_not_stand_on_the_board_is_refused(cast: Cast, pair: tuple[Client, Client]) -> None:
    sora, umi = pair
    board = a_board(cast, sora)
    other: Place = cast.a_place("よその場", "よそのば")
    for client, place in ((umi, cast.place), (sora, other)):
        with pytest.raises(NotPossible):
            boards.decide(board=board, client=client, place=place, kind=LOCK, by=cast.nakano)


def test_a_lifted_decision_stays_as_a_row(cast: Cast, pair: tuple[Client, Client]) -> None:
    board = a_board(cast, *pair)
    rule = boards.decide(board=board, client=pair[0], place=cast.place, kind=FORBID, by=cast.nakano)
    for _twice in range(2):
        boards.lift(rule=rule, by=cast.nakano)
    assert standing(board) == set()
    assert BoardRule.objects.count() == 1


def test_a_closed_board_keeps_its_outcome_and_takes_no_more(cast: Cast, pair: tuple[Client, Client]) -> None:
    sora, _umi = pair
    board = a_board(cast, *pair)
    outcome = {str(sora.uuid): str(cast.place.uuid)}
    boards.close(board=board, outcome=outcome, rules_version="2026-11", by=cast.nakano)
    again = boards.close(board=board, outcome={}, rules_version="later", by=cast.sakura)
    assert (again.outcome, again.closed_by, again.rules_version) == (outcome, cast.nakano, "2026-11")
    with pytest.raises(boards.BoardClosed):
        boards.decide(board=board, client=sora, place=cast.place, kind=LOCK, by=cast.nakano)
