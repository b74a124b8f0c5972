"""Days off, other times, extra days: at once, in the calendar, and taken back as easily."""

from datetime import date, time

import pytest
from django.core.exceptions import ValidationError

from directory.actions.days import cancel_day, change_times, open_extra_day, withdraw_day_change
from directory.actions.errors import NotAnOpeningDay
from directory.models import DayChange
from directory.openings import openings_of_activity
from search.query import Query
from tests.directory.people import Town

pytestmark = pytest.mark.django_db
THURSDAY, FRIDAY = date(2026, 11, 26), date(2026, 11, 27)


def opens_on(town: Town, day: date) -> list[tuple[time | None, time | None]]:
    town.lunch.refresh_from_db()
    return [(o.begins, o.ends) for o in openings_of_activity(town.lunch, first=day, last=day)]


def test_a_day_off_closes_that_day_in_the_calendar_and_in_search(town: Town) -> None:
    assert opens_on(town, THURSDAY)
    cancel_day(activity=town.lunch, on=THURSDAY, reason="大雪", by=town.hana)
    assert not opens_on(town, THURSDAY)
    assert opens_on(town, date(2026, 12, 3))
    assert town.found(Query(on=THURSDAY)) == set()
    assert town.found(Query(on=date(2026, 12, 3))) == {town.house.pk}


def test_a_second_tap_announces_nothing_new(town: Town) -> None:
    first = cancel_day(activity=town.lunch, on=THURSDAY, reason="大雪", by=town.hana)
    assert cancel_day(activity=town.lunch, on=THURSDAY, reason="大雪", by=town.second) == first
    assert DayChange.objects.count() == 1


def test_a_day_on_which_it_does_not_open_cannot_be_off(town: Town) -> None:
    with pytest.raises(NotAnOpeningDay, match="もともと開く日ではありません"):
        cancel_day(activity=town.lunch, on=FRIDAY, reason="", by=town.hana)
    with pytest.raises(NotAnOpeningDay):
        change_times(activity=town.lunch, on=FRIDAY, begins=time(9), ends=None, reason="", by=town.hana)


def test_taken_back_it_opens_again_and_a_second_tap_is_harmless(town: Town) -> None:
    change = cancel_day(activity=town.lunch, on=THURSDAY, reason="", by=town.hana)
    withdraw_day_change(change=change, by=town.hana)
    withdraw_day_change(change=change, by=town.hana)
    assert opens_on(town, THURSDAY)
    assert town.found(Query(on=THURSDAY)) == {town.house.pk}


def test_other_times_hold_for_that_day_only(town: Town) -> None:
    change_times(activity=town.lunch, on=THURSDAY, begins=time(10), ends=time(12), reason="", by=town.hana)
    assert opens_on(town, THURSDAY) == [(time(10), time(12))]
    assert opens_on(town, date(2026, 12, 3)) == [(time(11, 30), time(13, 30))]


def test_an_extra_day_opens_a_friday_once_however_often_it_is_sent(town: Town) -> None:
    for _tap in range(2):
        open_extra_day(activity=town.lunch, on=FRIDAY, begins=time(11), ends=None, reason="感謝祭", by=town.hana)
    assert opens_on(town, FRIDAY) == [(time(11), None)]


def test_a_past_day_cannot_be_announced(town: Town) -> None:
    with pytest.raises(ValidationError, match="過ぎた日は知らせられません"):
        open_extra_day(activity=town.lunch, on=date(2026, 11, 20), begins=time(9), ends=None, reason="", by=town.hana)


def test_a_day_off_replaces_an_extra_day(town: Town) -> None:
    open_extra_day(activity=town.lunch, on=FRIDAY, begins=time(11), ends=None, reason="", by=town.hana)
    cancel_day(activity=town.lunch, on=FRIDAY, reason="雨", by=town.hana)
    assert not opens_on(town, FRIDAY)
