"""気づき: early signs that a placement is getting hard, from both sides, before anybody gives up.

Signs ask staff to look, they decide nothing. Each has a key that names its evidence: what was seen to stays quiet, and
new evidence shows again. Who rests (お休み中) is not told off for staying away.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.translation import gettext as _

from directory.choices import Attendance
from directory.models import Municipality
from matching import clocks
from matching.choices import Regularity
from matching.models import CollectedReport, FollowUp, Honorarium, HostSupport, Placement, SignSeen

# How often somebody comes, from never to always.
STEADINESS = [Regularity.NOT, Regularity.SOMETIMES, Regularity.MOSTLY, Regularity.EVERY_TIME]
# Ratings go from 1 (つらい) to 5: so much lower, or so far apart, is worth a look.
HARD, APART = 2, 2
STALE_DAYS = 180


@dataclass(frozen=True)
class Sign:
    """One sentence, the side it comes from, and the evidence it stands on."""

    key: str
    of_host: bool
    words: str
    on: date

    @property
    def side(self) -> str:
        return _("受け入れ先") if self.of_host else _("本人")


@dataclass(frozen=True)
class Heard:
    """What both sides said about one placement, the newest first."""

    placement: Placement
    follow_ups: list[FollowUp] = field(default_factory=list)
    supports: list[HostSupport] = field(default_factory=list)
    reports: list[CollectedReport] = field(default_factory=list)
    unpaid: list[Honorarium] = field(default_factory=list)
    # Days of talks that are still to come, or should have been.
    planned: list[date] = field(default_factory=list)

    @property
    def burdens(self) -> list[tuple[date, int, HostSupport | CollectedReport]]:
        """(day, burden, who told it), the newest first, whichever way it was told."""
        told = [(row.on, row.burden, row) for row in self.supports if row.on and row.burden is not None]
        reported = [(row.on, row.burden, row) for row in self.reports if row.burden is not None]
        return sorted([*told, *reported], key=lambda one: one[0], reverse=True)

    @property
    def last_heard_on(self) -> date:
        """The last day on which either side was heard of."""
        days = [row.done_on for row in self.follow_ups if row.done_on] + [row.on for row in self.supports if row.on]
        return max([self.placement.begins_on, *days, *(row.on for row in self.reports)])


def signs_of(placements: Iterable[Placement], *, town: Municipality, today: date) -> dict[int, list[Sign]]:
    """The unseen signs of running placements by primary key; a handful of queries for any number of them."""
    running = [row for row in placements if row.ends_on is None]
    seen = set(SignSeen.objects.filter(placement__in=running).values_list("placement", "sign"))
    days = clocks.of(town)
    found = {}
    for heard in _heard(running, today=today):
        signs = [*_of_person(heard, days, today), *_of_host(heard, days, today)]
        unseen = [sign for sign in signs if (heard.placement.pk, sign.key) not in seen]
        if unseen:
            found[heard.placement.pk] = unseen
    return found


def _heard(placements: list[Placement], *, today: date) -> list[Heard]:
    """Everything said, in one query per kind."""
    by_pk = {row.pk: Heard(row) for row in placements}
    by_proposal = {row.proposal_id: by_pk[row.pk] for row in placements}
    for follow_up in FollowUp.objects.filter(placement__in=by_pk, done_on__isnull=False).order_by("-done_on", "-pk"):
        by_pk[follow_up.placement_id].follow_ups.append(follow_up)
    for support in HostSupport.objects.filter(placement__in=by_pk, on__isnull=False).order_by("-on", "-pk"):
        by_pk[support.placement_id].supports.append(support)
    reports = CollectedReport.objects.filter(request__proposal__in=by_proposal).select_related("request")
    for report in reports.order_by("-on", "-pk"):
        by_proposal[report.request.proposal_id].reports.append(report)
    for model in (FollowUp, HostSupport):
        for pk, due_on in model.objects.waiting().filter(placement__in=by_pk).values_list("placement", "due_on"):
            by_pk[pk].planned.append(due_on)
    owed = defaultdict(list)
    for honorarium in Honorarium.objects.late(on=today).filter(place__in=[row.place_id for row in placements]):
        owed[honorarium.place_id].append(honorarium)
    for heard in by_pk.values():
        heard.unpaid.extend(owed[heard.placement.place_id])
    return list(by_pk.values())


def _of_person(heard: Heard, days: dict[str, int], today: date) -> list[Sign]:
    signs = []
    last = heard.follow_ups[0] if heard.follow_ups else None
    if last and last.done_on:
        signs += [Sign(f"{code}:{last.uuid}", False, words, last.done_on) for code, words in _how_it_goes(heard)]
    if heard.placement.rests_from_on is not None:
        return [sign for sign in signs if not sign.key.startswith("coming:")]
    recent = heard.reports[: days["absences"]]
    if len(recent) == days["absences"] and all(row.attendance == Attendance.ABSENT for row in recent):
        words = _("%(times)s回続けて来ていない（受け入れ先の報告）") % {"times": len(recent)}
        signs.append(Sign(f"absent:{recent[0].uuid}", False, words, recent[0].on))
    silent_since = heard.last_heard_on
    # Between month 3 and month 6 quiet is no silence, as long as the next talk stands in the diary.
    awaited = bool(heard.planned) and min(heard.planned) >= today
    if today - silent_since > timedelta(days=days["silence"]) and not awaited:
        number = (today - silent_since).days
        words = _("%(days)s日、どちらからも何も聞いていない") % {"days": number}
        signs.append(Sign(f"silent:{silent_since.isoformat()}", False, words, today))
    return signs


def _how_it_goes(heard: Heard) -> list[tuple[str, str]]:
    """(code, words) of what the last follow-up says, alone and beside the one before."""
    last, before = heard.follow_ups[0], heard.follow_ups[1] if len(heard.follow_ups) > 1 else None
    found = []
    if last.regularity == Regularity.NOT:
        found.append(("coming", _("行けていない")))
    elif before and before.regularity and last.regularity and _level(before) - _level(last) >= 2:
        found.append(("coming", _("行ける回数が減った")))
    own, worker = last.self_rating, last.worker_rating
    if own is not None and own <= HARD:
        found.append(("hard", _("つらいと言っている（%(own)s）") % {"own": own}))
    elif own is not None and before and before.self_rating is not None and before.self_rating - own >= APART:
        words = _("本人の評価が下がった（%(before)sから%(own)s）") % {"before": before.self_rating, "own": own}
        found.append(("fell", words))
    if own is not None and worker is not None and abs(own - worker) >= APART:
        words = _("本人と支援者の見方がちがう（本人%(own)s、支援者%(worker)s）") % {"own": own, "worker": worker}
        found.append(("apart", words))
    return found


def _level(follow_up: FollowUp) -> int:
    return STEADINESS.index(Regularity(follow_up.regularity))


def _of_host(heard: Heard, days: dict[str, int], today: date) -> list[Sign]:
    signs = []
    burdens = heard.burdens
    if burdens and burdens[0][1] >= days["burden"]:
        on, burden, row = burdens[0]
        signs.append(Sign(f"burden:{row.uuid}", True, _("負担が重い（%(burden)s）") % {"burden": burden}, on))
    elif len(burdens) > 2 and burdens[0][1] > burdens[1][1] > burdens[2][1]:
        steps = "、".join(str(burden) for _on, burden, _row in reversed(burdens[:3]))
        words = _("負担が増えつづけている（%(steps)s）") % {"steps": steps}
        signs.append(Sign(f"rising:{burdens[0][2].uuid}", True, words, burdens[0][0]))
    for owed in heard.unpaid:
        day = f"{owed.due_on.month}/{owed.due_on.day}"
        words = _("謝金の支払いが遅れている（期日 %(day)s）") % {"day": day}
        signs.append(Sign(f"unpaid:{owed.uuid}", True, words, owed.due_on))
    confirmed_on = heard.placement.place.confirmed_on
    if confirmed_on is None or today - confirmed_on > timedelta(days=STALE_DAYS):
        words = _("場の内容を180日より長く確かめていない")
        signs.append(Sign(f"stale:{confirmed_on or '-'}", True, words, today))
    return signs
