"""Letters to hosts: chosen answers, once."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from directory.actions.errors import AlreadyAnswered, NotNow
from directory.actions.letterbox import answer_request, report_visit
from directory.choices import (
    Attendance,
    HostAnswer,
    HostReason,
)
from directory.models import HostReport
from tests.directory.people import Town

pytestmark = pytest.mark.django_db


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
