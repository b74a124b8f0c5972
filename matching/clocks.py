"""How long things may take before they show up on 今日 (casework.md, "Clocks"). Days unless the name says more."""

from datetime import date, timedelta

FIRST_CONTACT_DAYS = 7
PERSON_REPLY_DAYS = 14
HOST_REPLY_DAYS = 7
REFLECTION_DAYS = 3
ABSENCES_BEFORE_CALLING = 2
HOLD_LATER_DAYS = 30
HOLD_NOT_NOW_DAYS = 90
CONSENT_WARNING_DAYS = 30
# From this burden on, a host's report makes a call due the same day (0 = none … 4 = cannot go on).
BURDEN_THAT_CALLS = 3


def after(day: date, days: int) -> date:
    return day + timedelta(days=days)
