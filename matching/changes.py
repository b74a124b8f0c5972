"""What every change of a person's record leaves behind, in its own transaction: an event, and the next day in lists."""

from typing import Any

from directory.models import User
from matching import next_days
from matching.models import Client, Event

# Answers and measures set no day: a questionnaire of thirty answers need not count every clock thirty times. That no
# day follows from them is held by the kill tests, which compare all days after every action.
WITHOUT_DAYS = ("condition.", "free_time.", "wish.", "troubles.", "measure.")


def changed(action: str, *, client: Client, by: User | None, **details: Any) -> Event:
    """Note a change; codes and uuids only. Called last in the change: the next day is read from what was written."""
    if not action.startswith(WITHOUT_DAYS):
        next_days.keep(client)
    return Event.append(action=action, actor=by, subject=client, municipality=client.municipality, **details)
