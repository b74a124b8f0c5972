"""When each thing of the fictional people's stories happened, so that a story reads in order whatever day it is loaded.

All numbers are days before the day of loading. Actions that stamp the present moment (a plan is drafted, a letter goes
out, a host answers) are moved back afterwards: nothing but the sample may do that.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from directory.models import HostRequest
from matching.models import Plan, RequestLink


@dataclass(frozen=True)
class Spell:
    """One time of taking part before: begun and ended so many days ago, with the code of the end."""

    begun: int
    ended: int
    reason: str


# Called → the places they were connected to before, the oldest first.
EARLIER = {
    "へいじ": [Spell(330, 240, "graduated"), Spell(230, 150, "did_not_fit")],
    "すず": [Spell(350, 120, "goal_reached")],
    "かい": [Spell(300, 255, "health"), Spell(240, 70, "graduated")],
    "のぶ": [Spell(320, 200, "own_reasons"), Spell(190, 20, "graduated")],
    "もも": [Spell(360, 300, "host_reasons"), Spell(280, 90, "goal_reached")],
    "そら": [Spell(310, 290, "did_not_fit")],
    "こうた": [Spell(340, 160, "moved")],
}
# Those are known for longer.
KNOWN_FOR_DAYS = 420
# Their host has just answered.
ANSWER_IS_NEW = {"welcomed", "visiting"}


@dataclass(frozen=True)
class Story:
    """The days of one person, from the first call to the host's answer."""

    received: int
    consented: int
    planned: int
    agreed: int
    proposed: int
    answered: int
    asked_host: int
    host_answered: int

    @classmethod
    def of(cls, number: int, facts: dict[str, Any]) -> "Story":
        begun, stage = facts.get("begun", 0), facts["stage"]
        if earlier := EARLIER.get(facts["called"]):
            planned = min(50, earlier[-1].ended - 2)
            return cls(
                KNOWN_FOR_DAYS, KNOWN_FOR_DAYS - 2, planned, planned - 2, 12, 9, 8, 1 if stage in ANSWER_IS_NEW else 6
            )
        received = max(100 - number * 3, begun + 60 if begun else 0)
        if begun:
            return cls(received, begun + 40, begun + 36, begun + 30, begun + 25, begun + 20, begun + 18, begun + 12)
        asked_host = 5 if stage == "asked" else 8
        return cls(received, min(45, received - 2), min(30, received - 4), min(25, received - 6), 12, 9, asked_host,
                   1 if stage in ANSWER_IS_NEW else 6)  # fmt: skip


def moment(day: date, at: time = time(10)) -> datetime:
    return timezone.make_aware(datetime.combine(day, at))


def draft_was_made(plan: Plan, on: date) -> None:
    """The day the plan was drafted, and the existing schemes were asked about."""
    Plan.objects.filter(pk=plan.pk).update(made_at=moment(on), gap_asked_on=on)


def plan_was_closed(plan: Plan, on: date) -> None:
    """The day the plan was over."""
    Plan.objects.filter(pk=plan.pk).update(closed_on=on)


def letter_was_sent(link: RequestLink, on: date) -> None:
    """The day the host was asked; the answer is awaited as long after it as the clock says."""
    wait = link.reply_by_on - timezone.localdate(link.asked_at)
    times: dict[str, Any] = {"asked_at": moment(on), "reply_by_on": on + wait}
    RequestLink.objects.filter(pk=link.pk).update(**times)
    HostRequest.objects.filter(uuid=link.request_uuid).update(**times)


def letter_was_answered(link: RequestLink, on: date) -> None:
    """The day the host answered, and the answer was read into casework."""
    at = moment(on, time(18))
    RequestLink.objects.filter(pk=link.pk).update(answered_at=at, collected_at=at + timedelta(minutes=1))
    HostRequest.objects.filter(uuid=link.request_uuid).update(answered_at=at)
