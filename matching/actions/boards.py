"""Boards of the meeting that shares scarce seats: opened, rules set and lifted, closed. Nobody outside is told."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models import Municipality, Place, User
from matching.actions.avoidances import is_avoided
from matching.changes import changed
from matching.choices import BoardRuleKind
from matching.models import Board, BoardPerson, BoardPlace, BoardRule, Client, Event
from matching.refusals import NotForThisPerson, NotPossible


class BoardClosed(NotPossible):
    sentence = _("このボードは終わっています。続けるときは、新しいボードを作ってください。")


@transaction.atomic
def open_board(
    *,
    municipality: Municipality,
    clients: Iterable[Client],
    seats: Mapping[Place, int],
    held_on: date,
    by: User,
    form_key: uuid.UUID,
) -> Board:
    """A board of these people and seats. The same form sent twice gives the same board."""
    before = Board.objects.filter(form_key=form_key).first()
    if before is not None:
        return before
    people = list(clients)
    if not people or not any(seats.values()):
        raise NotPossible(_("人と場を、それぞれ一つ以上選んでください。"))
    board = Board.objects.create(municipality=municipality, held_on=held_on, made_by=by, form_key=form_key)
    BoardPerson.objects.bulk_create(
        BoardPerson(board=board, client=client, municipality=municipality) for client in people
    )
    BoardPlace.objects.bulk_create(
        BoardPlace(board=board, place=place, seats=number, municipality=municipality)
        for place, number in seats.items()
        if number
    )
    for client in people:
        changed("board.joined", client=client, by=by, board=str(board.uuid))
    return board


@transaction.atomic
def decide(*, board: Board, client: Client, place: Place, kind: BoardRuleKind, by: User) -> BoardRule:
    """Keep this person here, or not here. A later decision about the same pair, or another place kept, replaces it."""
    live = _open(board)
    if kind == BoardRuleKind.LOCK and is_avoided(client, place):
        raise NotForThisPerson
    row = live.places.filter(place=place).first()
    if row is None or not live.people.filter(client=client).exists():
        raise NotPossible(_("このボードにない人か場です。画面を開き直してください。"))
    standing = live.rules.filter(lifted_at=None)
    same = standing.filter(client=client, place=place, kind=kind).first()
    if same is not None:
        return same
    if kind == BoardRuleKind.LOCK:
        kept = standing.filter(place=place, kind=BoardRuleKind.LOCK).exclude(client=client).count()
        if kept >= row.seats:
            raise NotPossible(_("この場の枠は、ほかの人に固定されています。先にどれかの固定を外してください。"))
        standing.filter(client=client, kind=BoardRuleKind.LOCK).update(lifted_at=timezone.now())
    standing.filter(client=client, place=place).update(lifted_at=timezone.now())
    rule = BoardRule.objects.create(
        municipality=live.municipality, board=live, client=client, place=place, kind=kind, by=by
    )
    changed(f"board.{kind}", client=client, by=by, board=str(live.uuid), place=str(place.uuid))
    return rule


@transaction.atomic
def lift(*, rule: BoardRule, by: User) -> BoardRule:
    """It no longer holds; the row stays."""
    live = BoardRule.objects.select_for_update().get(pk=rule.pk)
    _open(live.board)
    if live.lifted_at is None:
        live.lifted_at = timezone.now()
        live.save()
        changed("board.lifted", client=live.client, by=by, board=str(live.board.uuid))
    return live


@transaction.atomic
def close(*, board: Board, outcome: Mapping[str, str], rules_version: str, by: User) -> Board:
    """The meeting is over; what stood on the board is kept. Sent twice, the first one stands."""
    live = Board.objects.select_for_update().get(pk=board.pk)
    if live.closed_at is None:
        live.closed_at, live.closed_by = timezone.now(), by
        live.outcome, live.rules_version = dict(outcome), rules_version
        live.save()
        Event.append(
            action="board.closed", actor=by, subject=live, municipality=live.municipality, placed=len(live.outcome)
        )
    return live


def _open(board: Board) -> Board:
    live = Board.objects.select_for_update().get(pk=board.pk)
    if live.closed_at is not None:
        raise BoardClosed
    return live
