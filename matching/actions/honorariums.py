"""謝金: entered, paid, struck out. Rows are never changed or deleted: a mistake is struck out and entered anew."""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models import Municipality, Place, User
from matching import clocks
from matching.choices import PaidPer
from matching.models import Event, Honorarium
from matching.refusals import NotPossible, WrongStep


@dataclass(frozen=True)
class Owed:
    """What a host is owed for a period, in yen a unit."""

    from_on: date
    until_on: date
    per: PaidPer
    times: int
    unit_yen: int
    note: str = ""


@transaction.atomic
def enter(
    *, place: Place, municipality: Municipality, owed: Owed, form_key: uuid.UUID, by: User, due_on: date | None = None
) -> Honorarium:
    """Write down what is owed; the day of payment comes from the town's clock. The same form sent twice enters once."""
    before = Honorarium.objects.filter(form_key=form_key).first()
    if before is not None:
        return before
    if owed.until_on < owed.from_on:
        raise NotPossible(_("「いつまで」は「いつから」より後の日にしてください。"))
    row = Honorarium.objects.create(
        municipality=municipality,
        place=place,
        from_on=owed.from_on,
        until_on=owed.until_on,
        per=owed.per,
        times=owed.times,
        unit_yen=owed.unit_yen,
        note=owed.note,
        due_on=due_on or clocks.after(owed.until_on, clocks.of(municipality)["honorarium"]),
        entered_by=by,
        form_key=form_key,
    )
    _happened("honorarium.entered", row, by, yen=row.yen)
    return row


@transaction.atomic
def pay(*, honorarium: Honorarium, on: date, by: User) -> Honorarium:
    """It was paid on this day. Raises WrongStep where it was struck out."""
    live = Honorarium.objects.select_for_update().get(pk=honorarium.pk)
    if live.struck_at is not None:
        raise WrongStep(_("取り消した謝金です。新しく書いてください。"))
    if live.paid_on is None:
        live.paid_on, live.paid_by = on, by
        live.save()
        _happened("honorarium.paid", live, by, on=on.isoformat())
    return live


@transaction.atomic
def strike(*, honorarium: Honorarium, why: str, by: User) -> Honorarium:
    """It was entered by mistake; it stays readable and counts nowhere."""
    if not why.strip():
        raise NotPossible(_("取り消すわけを書いてください。"))
    live = Honorarium.objects.select_for_update().get(pk=honorarium.pk)
    if live.struck_at is None:
        live.struck_at, live.struck_by, live.struck_why = timezone.now(), by, why.strip()
        live.save()
        _happened("honorarium.struck", live, by)
    return live


def _happened(action: str, row: Honorarium, by: User, **details: Any) -> None:
    Event.append(
        action=action, actor=by, municipality=row.municipality, honorarium=str(row.uuid),
        place=str(row.place.uuid), **details,
    )  # fmt: skip
