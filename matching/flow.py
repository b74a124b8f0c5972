"""人の流れ (R3): where everybody stands today, how that changes, and how many days each step takes.

People under special protection are in no sum.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from statistics import median

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from directory.models import Municipality
from matching.choices import ClientState, PlanState, ProposalState, VisitResult
from matching.models import Census, Client, Placement, Plan, Proposal, SeatWait, Visit
from matching.retention import FEWEST

# From the beginning of the work to taking part; everybody stands at the furthest of theirs.
WHERE = {
    "received": _("相談を受けた（プランはまだ）"),
    "plan": _("プランがある"),
    "waiting": _("空きを待っている"),
    "proposed": _("提案した・返事待ち"),
    "asked": _("受け入れ先にたずねている"),
    "welcomed": _("受け入れ先は、はい・見学"),
    "resting": _("参加中（お休み）"),
    "placed": _("参加中"),
}
STANDING_AT = {
    ProposalState.PROPOSED: "proposed",
    ProposalState.HELD: "proposed",
    ProposalState.WANTED: "proposed",
    ProposalState.ASKED: "asked",
    ProposalState.TALKING: "asked",
    ProposalState.WELCOMED: "welcomed",
    ProposalState.VISITING: "welcomed",
    ProposalState.VISITED: "welcomed",
}


def standing(town: Municipality) -> dict[str, int]:
    """How many of the people supported now stand where, in the order of WHERE."""
    clients = Client.objects.filter(
        municipality=town, is_protected=False, state__in=[ClientState.OPEN, ClientState.WAITING]
    )
    order = list(WHERE)
    furthest = dict.fromkeys(clients.values_list("pk", flat=True), "received")

    def reach(pk: int, where: str) -> None:
        if pk in furthest and order.index(where) > order.index(furthest[pk]):
            furthest[pk] = where

    mine = {"municipality": town, "client__in": list(furthest)}
    for pk in Plan.objects.filter(**mine).exclude(state=PlanState.CLOSED).values_list("client", flat=True):
        reach(pk, "plan")
    for pk in SeatWait.objects.waiting().filter(**mine).values_list("client", flat=True):
        reach(pk, "waiting")
    for pk, state in Proposal.objects.open().filter(**mine).values_list("client", "state"):
        reach(pk, STANDING_AT[ProposalState(state)])
    for pk, rests in Placement.objects.running().filter(**mine).values_list("client", "rests_from_on"):
        reach(pk, "resting" if rests else "placed")
    counted = Counter(furthest.values())
    return {where: counted[where] for where in order}


@transaction.atomic
def take_census(town: Municipality, *, on: date) -> Census:
    """Keep how many stand where today; a second run of the day changes nothing."""
    row, _is_new = Census.objects.get_or_create(municipality=town, on=on, defaults={"counts": standing(town)})
    return row


@dataclass(frozen=True)
class Pace:
    """One step of the way: how many took it, and the median days, shown from five on."""

    words: str
    number: int
    days: float | None


def pace(town: Municipality, *, from_on: date, until_on: date) -> list[Pace]:
    """The steps of proposals made in a period, from the person's first day to the beginning."""
    rows = list(
        Proposal.objects.filter(
            municipality=town, client__is_protected=False, proposed_on__gte=from_on, proposed_on__lte=until_on
        ).values_list("pk", "client__opened_on", "proposed_on", "answered_on", "person_answer")
    )
    began = dict(Placement.objects.filter(proposal__in=[row[0] for row in rows]).values_list("proposal", "begins_on"))
    visited: dict[int, date] = {}
    visits = Visit.objects.filter(proposal__in=[row[0] for row in rows], result=VisitResult.CAME).order_by("-at")
    for proposal, at in visits.values_list("proposal", "at"):
        visited[proposal] = at.date()
    gaps: dict[str, list[int]] = {"proposed": [], "answered": [], "visited": [], "began": []}
    for pk, opened_on, proposed_on, answered_on, _answer in rows:
        gaps["proposed"].append((proposed_on - opened_on).days)
        if answered_on:
            gaps["answered"].append((answered_on - proposed_on).days)
        if answered_on and pk in visited:
            gaps["visited"].append((visited[pk] - answered_on).days)
        if answered_on and pk in began:
            gaps["began"].append((began[pk] - answered_on).days)
    words = {
        "proposed": _("相談を受けてから提案まで"),
        "answered": _("提案から本人の返事まで"),
        "visited": _("返事から見学まで"),
        "began": _("返事から開始まで"),
    }
    return [
        Pace(str(words[step]), len(days), median(days) if len(days) >= FEWEST else None) for step, days in gaps.items()
    ]
