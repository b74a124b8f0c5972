"""The logs cannot change unseen."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from directory.models import Event

pytestmark = pytest.mark.django_db


def verified() -> str:
    said = StringIO()
    call_command("verify_log", stdout=said)
    return said.getvalue()


@pytest.fixture
def five() -> list[Event]:
    for number in range(5):
        Event.append(action="test.said", count=number)
    return list(Event.objects.order_by("pk"))


def past_the_model(statement: str, *values: object) -> None:
    """As somebody with the database open would do it."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_an_untouched_log_holds(five: list[Event]) -> None:
    assert "directory.Event: 5 events hold" in verified()
    assert "matching.Event: 0 events hold" in verified()


def test_a_changed_event_is_named(five: list[Event], capsys: pytest.CaptureFixture[str]) -> None:
    past_the_model("UPDATE directory_event SET action = 'test.other' WHERE id = %s", five[2].pk)
    with pytest.raises(SystemExit):
        call_command("verify_log")
    assert f"event {five[2].pk} is not as it was written" in capsys.readouterr().out


def test_an_event_that_was_taken_out_is_missed_by_the_next(
    five: list[Event], capsys: pytest.CaptureFixture[str]
) -> None:
    past_the_model("DELETE FROM directory_event WHERE id = %s", five[1].pk)
    with pytest.raises(SystemExit):
        call_command("verify_log")
    assert f"event {five[2].pk} is not as it was written" in capsys.readouterr().out
