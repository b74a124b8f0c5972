"""Confirming, the life of a listing, the letterbox, what residents tell us."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from directory.actions.confirmations import confirm
from directory.actions.errors import AlreadyAnswered, CannotPublish, NotNow
from directory.actions.letterbox import answer_request, report_visit
from directory.actions.places import merge, publish, withdraw
from directory.actions.reports import handle, receive
from directory.choices import (
    Attendance,
    ConfirmationWay,
    HostAnswer,
    HostReason,
    PlaceState,
    ReportKind,
    ReportState,
)
from directory.models import Event, HostReport, Place
from search.query import Query
from tests.directory.people import Town

pytestmark = pytest.mark.django_db


def test_confirming_sets_the_day_once_a_day(town: Town) -> None:
    for _tap in range(2):
        confirm(place=town.house, by=town.hana, way=ConfirmationWay.HOST_PAGE)
    town.house.refresh_from_db()
    assert town.house.confirmed_on == date(2026, 11, 24)
    assert Event.objects.filter(action="listing.confirm").count() == 1


def test_a_withdrawn_place_is_no_longer_found_and_nothing_is_deleted(town: Town) -> None:
    confirm(place=town.house, by=town.hana, way=ConfirmationWay.HOST_PAGE)
    assert town.found(Query(words="川西ふれあいの家")) == {town.house.pk}
    withdraw(place=town.house, note="終わりました", by=town.ren)
    assert not town.found(Query(words="川西ふれあいの家"))
    assert Place.objects.get(pk=town.house.pk).state == PlaceState.WITHDRAWN


def test_a_town_without_a_telephone_publishes_nothing(town: Town) -> None:
    place = town.a_place("さくら", "さくら", state=PlaceState.PREPARING)
    town.municipality.fallback_phone = ""
    town.municipality.save()
    place.refresh_from_db()
    with pytest.raises(CannotPublish, match="困ったときの窓口"):
        publish(place=place, by=town.ren)
    assert Place.objects.get(pk=place.pk).state == PlaceState.PREPARING


def test_two_listings_of_one_place_become_one_and_never_a_circle(town: Town) -> None:
    double = town.a_place("川西ふれあい", "かわにしふれあい")
    merge(place=double, into=town.house, by=town.ren)
    double.refresh_from_db()
    assert double.merged_into == town.house
    with pytest.raises(NotNow, match="まとめる先"):
        merge(place=town.house, into=double, by=town.ren)
    with pytest.raises(NotNow):
        merge(place=town.house, into=town.house, by=town.ren)


def test_a_letter_is_answered_once(town: Town) -> None:
    letter = town.a_letter()
    answer_request(request=letter, answer=HostAnswer.YES, by=town.hana)
    with pytest.raises(AlreadyAnswered, match="もうお返事"):
        answer_request(request=letter, answer=HostAnswer.NO, reason=HostReason.FULL, by=town.second)
    letter.refresh_from_db()
    assert letter.answer == HostAnswer.YES


def test_a_no_needs_one_of_the_reasons(town: Town) -> None:
    for reason in ("", "気が進まない"):
        with pytest.raises(ValidationError, match="理由をひとつ"):
            answer_request(request=town.a_letter(), answer=HostAnswer.NO, reason=reason, by=town.hana)


def test_a_letter_that_was_taken_back_needs_no_answer(town: Town) -> None:
    letter = town.a_letter()
    letter.withdrawn_at = letter.asked_at
    letter.save()
    with pytest.raises(NotNow, match="取り下げられました"):
        answer_request(request=letter, answer=HostAnswer.YES, by=town.hana)


def test_wishing_to_talk_asks_for_a_call(town: Town) -> None:
    letter = answer_request(request=town.a_letter(), answer=HostAnswer.TALK, by=town.hana)
    assert letter.call_me


def test_of_two_reports_of_a_day_the_later_counts(town: Town) -> None:
    letter = town.a_letter()
    today = date(2026, 11, 24)
    for attendance in (Attendance.values[0], Attendance.values[1]):
        report_visit(request=letter, on=today, attendance=Attendance(attendance), by=town.hana)
    assert HostReport.objects.get().attendance == Attendance.values[1]
    with pytest.raises(ValidationError, match="これからの日"):
        report_visit(request=letter, on=date(2026, 11, 25), attendance=Attendance(attendance), by=town.hana)
    with pytest.raises(ValidationError, match="0から4"):
        report_visit(request=letter, on=today, attendance=Attendance(attendance), burden=5, by=town.hana)


def test_the_contact_in_a_message_is_forgotten_when_it_is_done(town: Town) -> None:
    report = receive(
        municipality=town.municipality, kind=ReportKind.values[0], words="電話がつながらない", contact="0000-9"
    )
    handle(report=report, state=ReportState.DONE, outcome="直しました", by=town.ren)
    report.refresh_from_db()
    assert (report.contact, report.words) == ("", "電話がつながらない")
    assert "0000-9" not in str(list(Event.objects.values_list("details", flat=True)))
