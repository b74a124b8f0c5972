"""謝金: entered once, paid once, struck out with a reason; never changed."""

from datetime import date
from uuid import uuid4

import pytest

from matching.actions.honorariums import Owed, enter, pay, strike
from matching.choices import PaidPer
from matching.models import Event, Honorarium
from matching.refusals import NotPossible, WrongStep
from tests.matching.cast import TODAY, Cast

OCTOBER = Owed(date(2026, 10, 1), date(2026, 10, 31), PaidPer.DAY, 3, 1500)


def owed(cast: Cast) -> Honorarium:
    return enter(place=cast.place, municipality=cast.town, owed=OCTOBER, form_key=uuid4(), by=cast.sakura)


def test_the_sum_and_the_day_of_payment_are_worked_out(cast: Cast) -> None:
    row = owed(cast)
    assert (row.yen, row.due_on) == (4500, date(2026, 11, 30))


def test_the_same_form_enters_once(cast: Cast) -> None:
    key = uuid4()
    for _press in range(2):
        enter(place=cast.place, municipality=cast.town, owed=OCTOBER, form_key=key, by=cast.sakura)
    assert Honorarium.objects.count() == 1


def test_it_is_paid_once(cast: Cast) -> None:
    row = owed(cast)
    pay(honorarium=row, on=TODAY, by=cast.sakura)
    paid = pay(honorarium=row, on=date(2026, 12, 1), by=cast.nakano)
    assert (paid.paid_on, paid.paid_by) == (TODAY, cast.sakura)
    assert Event.objects.filter(action="honorarium.paid").count() == 1


def test_what_was_struck_out_stays_readable_and_is_not_paid(cast: Cast) -> None:
    row = owed(cast)
    with pytest.raises(NotPossible):
        strike(honorarium=row, why=" ", by=cast.sakura)
    strike(honorarium=row, why="二重に書いた", by=cast.sakura)
    assert list(Honorarium.objects.standing()) == [] and Honorarium.objects.get().struck_why == "二重に書いた"
    with pytest.raises(WrongStep):
        pay(honorarium=row, on=TODAY, by=cast.sakura)


def test_a_period_ends_after_it_begins(cast: Cast) -> None:
    backwards = Owed(date(2026, 10, 31), date(2026, 10, 1), PaidPer.DAY, 1, 1000)
    with pytest.raises(NotPossible):
        enter(place=cast.place, municipality=cast.town, owed=backwards, form_key=uuid4(), by=cast.sakura)
