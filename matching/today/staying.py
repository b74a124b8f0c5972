"""今日, the rows of staying: who rests, who waits for a seat, what was handed over, what is to be looked at again."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from directory.models import Slot, User
from matching.choices import ProposalState
from matching.models import Client, HandOver, Placement, PlanSupport, Proposal, SeatWait

from .item import Item, item_of


def rows_of_staying(user: User, clients: dict[int, Client], *, on: date, until: date) -> list[Item]:
    """Rows due until a day, for the clients given, with what is news today."""
    return [*days_of_staying(clients, until, news_of=on), *_hand_overs(user, clients)]


def days_of_staying(clients: dict[int, Client], until: date, *, news_of: date | None = None) -> list[Item]:
    """Rows whose day was agreed on; with `news_of`, a seat that is free is of that day instead."""
    return [
        *_rests(clients, until),
        *_seats(clients, until, news_of),
        *_supports(clients, until),
        *_declined(clients, until),
    ]


def _rests(clients: dict[int, Client], until: date) -> list[Item]:
    resting = Placement.objects.resting().filter(client__in=clients, ask_again_on__lte=until).select_related("place")
    return [
        item_of(
            clients[row.client_id],
            row.ask_again_on,
            _("お休み中のようすを聞く"),
            detail=row.place.name,
            why=_("お休み中"),
            kind="rest",
            key=row.uuid,
        )
        for row in resting
        if row.ask_again_on
    ]


def _seats(clients: dict[int, Client], until: date, news_of: date | None) -> list[Item]:
    """A seat that came free is news of today; else the day on which the wait is looked at again."""
    waits = list(SeatWait.objects.waiting().filter(client__in=clients).select_related("place"))
    slots = Slot.objects.filter(activity__place__in=[row.place_id for row in waits], is_open=True, free_seats__gt=0)
    # Who waits for one slot is not told of another's seat.
    free_slots = set(slots.values_list("activity__place", "pk")) if news_of else set()
    free_places = {place for place, _slot in free_slots}
    items = []
    for row in waits:
        is_free = (row.place_id, row.slot_id) in free_slots if row.slot_id else row.place_id in free_places
        if not is_free and row.until_on > until:
            continue
        what = _("空きが出た。提案するか聞く") if is_free else _("空き待ちを続けるか聞く")
        due_on = min(news_of, row.until_on) if is_free and news_of else row.until_on
        items.append(
            item_of(
                clients[row.client_id],
                due_on,
                what,
                detail=row.place.name,
                why=_("空き待ち"),
                kind="seat",
                key=row.uuid,
            )
        )
    return items


def _supports(clients: dict[int, Client], until: date) -> list[Item]:
    rows = PlanSupport.objects.filter(client__in=clients, ended_on=None, until_on__lte=until)
    return [
        item_of(
            clients[row.client_id],
            row.until_on,
            _("支えを見直す"),
            detail=row.get_kind_words(),
            why=_("見直す日"),
            kind="support",
            key=row.uuid,
        )
        for row in rows
        if row.until_on
    ]


def _declined(clients: dict[int, Client], until: date) -> list[Item]:
    """What was let go for now, and is to be asked again."""
    rows = Proposal.objects.filter(client__in=clients, state=ProposalState.DECLINED, held_until_on__lte=until)
    return [
        item_of(
            clients[row.client_id],
            row.held_until_on,
            _("見送った提案を、もう一度聞く"),
            detail=row.place.name,
            why=_("保留の期限"),
            kind="proposal",
            key=row.uuid,
        )
        for row in rows.select_related("place")
        if row.held_until_on
    ]


def _hand_overs(user: User, clients: dict[int, Client]) -> list[Item]:
    rows = HandOver.objects.filter(client__in=clients, after=user, read_at=None).select_related("before")
    return [
        item_of(
            clients[row.client_id],
            timezone.localdate(row.at),
            _("引継ぎメモを受け取る"),
            detail=_("%(name)sから") % {"name": row.before.name},
            why=_("担当がかわった"),
            kind="hand_over",
            key=row.uuid,
        )
        for row in rows
    ]
