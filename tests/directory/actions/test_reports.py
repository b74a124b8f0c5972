"""What residents tell us is kept, and their contact forgotten when it is done."""

import pytest

from directory.actions.reports import handle, receive
from directory.choices import (
    ReportKind,
    ReportState,
)
from directory.models import Event
from tests.directory.people import Town

pytestmark = pytest.mark.django_db


def test_the_contact_in_a_message_is_forgotten_when_it_is_done(town: Town) -> None:
    report = receive(
        municipality=town.municipality, kind=ReportKind.values[0], words="電話がつながらない", contact="0000-9"
    )
    handle(report=report, state=ReportState.DONE, outcome="直しました", by=town.ren)
    report.refresh_from_db()
    assert (report.contact, report.words) == ("", "電話がつながらない")
    assert "0000-9" not in str(list(Event.objects.values_list("details", flat=True)))
