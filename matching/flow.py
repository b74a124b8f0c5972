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
from matching.models import Census, Client, Placement, Plan, Proposal, SeatWait, Standing, Visit
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


def furthest(town: Municipality) -> dict[int, str]:
    """Where each of the people supported now stands (WHERE), by primary key, protected ones too."""
    clients = Client.objects.filter(municipality=town, state__in=[ClientState.OPEN, ClientState.WAITING])
    order = list(WHERE)
    found = dict.fromkeys(clients.values_list("pk", flat=True), "received")

    def reach(pk: int, where: str) -> None:
        if pk in found and order.index(where) > order.index(found[pk]):
            found[pk] = where

    mine = {"municipality": town, "client__in": clients.values("pk")}
    for pk in Plan.objects.filter(**mine).exclude(state=PlanState.CLOSED).values_list("client", flat=True):
        reach(pk, "plan")
    for pk in SeatWait.objects.waiting().filter(**mine).values_list("client", flat=True):
        reach(pk, "waiting")
    for pk, state in Proposal.objects.open().filter(**mine).values_list("client", "state"):
        reach(pk, STANDING_AT[ProposalState(state)])
    for pk, rests in Placement.objects.running().filter(**mine).values_list("client", "rests_from_on"):
        reach(pk, "resting" if rests else "placed")
    return found


def standing(town: Municipality) -> dict[str, int]:
    """How many of the people supported now stand where, in the order of WHERE; nobody protected."""
    hidden = set(Client.objects.filter(municipality=town, is_protected=True).values_list("pk", flat=True))
    counted = Counter(where for pk, where in furthest(town).items() if pk not in hidden)
    return {where: counted[where] for where in WHERE}


@transaction.atomic
def take_census(town: Municipality, *, on: date) -> Census:
    """Keep how many stand where today, and who; a second run of the day changes nothing."""
    row, is_new = Census.objects.get_or_create(municipality=town, on=on, defaults={"counts": standing(town)})
    if is_new:
        _keep_standings(town, on)
    return row


def _keep_standings(town: Municipality, on: date) -> None:
    """Only what changed since the census before is written."""
    now = furthest(town)
    before = {row.client_id: row for row in Standing.objects.filter(municipality=town, until_on=None)}
    left = [row.pk for pk, row in before.items() if now.get(pk) != row.where]
    Standing.objects.filter(pk__in=left).update(until_on=on)
    moved = [pk for pk, where in now.items() if pk not in before or before[pk].where != where]
    Standing.objects.bulk_create(
        [Standing(municipality=town, client_id=pk, where=now[pk], from_on=on) for pk in moved], batch_size=500
    )


def since(town: Municipality, where: str) -> dict[int, date]:
    """Since when whoever stood there at the newest census has stood there, by primary key."""
    rows = Standing.objects.filter(municipality=town, where=where, until_on=None)
    return dict(rows.values_list("client", "from_on"))


def days_there(town: Municipality, *, on: date) -> dict[str, float | None]:
    """The median days that people have stood where they stand; from five people on, nobody protected."""
    days: dict[str, list[int]] = {where: [] for where in WHERE}
    rows = Standing.objects.filter(municipality=town, until_on=None, client__is_protected=False)
    for where, from_on in rows.values_list("where", "from_on"):
        days[where].append((on - from_on).days)
    return {where: median(each) if len(each) >= FEWEST else None for where, each in days.items()}


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
