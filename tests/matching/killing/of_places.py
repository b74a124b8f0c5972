"""Presses about a person and a place: from the suggestion to the end, with both sides."""

from datetime import date

from directory.actions.letterbox import report_visit
from directory.choices import Attendance, FunctionalNeed, HostAnswer
from directory.models import HostRequest
from matching.actions import (
    placements,
    proposals,
    requests,
    staying,
    visits,
    waiting,
)  # fmt: skip
from matching.choices import (
    Consequence,
    DisclosureItem,
    PersonAnswer,
    ProposalState,
    RecordWay,
    Regularity,
    Stage,
    VisitResult,
)  # fmt: skip
from matching.models import RequestLink
from tests.matching.cast import TODAY, Cast
from tests.matching.killing.pressing import (
    KEY,
    OCTOBER,
    Press,
    answered,
    asked,
    collected,
    declined,
    moment,
    named,
    owed,
    press,
    running,
    simple,
    visiting,
)

simple(
    "follow_ups.record_follow_up",
    lambda c: {"follow_up": running(c).follow_ups.first(), "regularity": Regularity.MOSTLY},
)
simple("honorariums.enter", lambda c: {"place": c.place, "municipality": c.town, "owed": OCTOBER, "form_key": KEY})
simple("honorariums.pay", lambda c: {"honorarium": owed(c), "on": TODAY})
simple("honorariums.strike", lambda c: {"honorarium": owed(c), "why": "二重"})
simple(
    "host_support.record_call",
    lambda c: {
        "support": running(c).host_supports.first(), "way": RecordWay.PHONE, "burden": 1, "next_on": date(2026, 12, 1),
    },
)  # fmt: skip
simple("host_support.log_call", lambda c: {"placement": running(c), "way": RecordWay.PHONE, "words": "元気"})
simple(
    "placements.begin",
    lambda c: {"proposal": c.a_proposal(c.a_client(), state=ProposalState.WELCOMED), "begins_on": TODAY},
)
simple("placements.end", lambda c: {"placement": running(c), "reason": "graduated", "ends_on": TODAY})
simple(
    "proposals.answer",
    lambda c: {
        "proposal": c.a_proposal(c.a_client(), state=ProposalState.PROPOSED), "answer": PersonAnswer.NO,
    },
)  # fmt: skip
simple("proposals.decline", lambda c: {"proposal": asked(c).proposal, "reason": "not_now"})
simple("proposals.settle", lambda c: {"proposal": declined(c), "consequence": Consequence.WAIT_FOR_SEAT})
simple("requests.withdraw_request", lambda c: {"link": asked(c)})
simple("requests.note_answer", lambda c: {"link": asked(c), "answer": HostAnswer.YES})
simple("requests.mark_seen", lambda c: {"link": collected(c)})
simple("staying.rest", lambda c: {"placement": running(c), "from_on": TODAY, "words": "かぜ"})
simple(
    "staying.move",
    lambda c: {"placement": running(c), "seen": Stage.PLACE, "to": Stage.ROLE, "on": TODAY},
)
simple("staying.see_signs", lambda c: {"placement": running(c), "signs": ["a:1", "b:2"]})
simple(
    "visits.plan_visit",
    lambda c: {"proposal": c.a_proposal(c.a_client(), state=ProposalState.WELCOMED), "at": moment()},
)
simple(
    "disclosures.tell_host",
    lambda c: {
        "proposal": named(c), "items": [DisclosureItem.CALLED], "purpose": "入口で声をかけてもらうため",
    },
)  # fmt: skip
simple("visits.change_visit", lambda c: {"visit": visiting(c), "edit_version": 1, "travel": "歩いて10分"})
simple("visits.record_visit", lambda c: {"visit": visiting(c), "result": VisitResult.CAME, "notes": "よかった"})
simple("waiting.wait_for_seat", lambda c: {"client": c.a_client(), "place": c.place})
simple(
    "waiting.stop_waiting",
    lambda c: {"wait": waiting.wait_for_seat(client=c.a_client(), place=c.place, by=c.sakura)},
)


@press("proposals.propose")
def _(cast: Cast) -> Press:
    client = cast.a_client()
    cast.a_plan(client)
    slot = cast.slot_of(cast.place)
    return lambda: proposals.propose(
        client=client, place=cast.place, slot=slot, inputs={}, explanation={}, rules_version="2026-11", by=cast.sakura
    )


@press("requests.ask_host")
def _(cast: Cast) -> Press:
    client = cast.a_client()
    cast.a_consent(client)
    proposal = cast.a_proposal(client)
    return lambda: requests.ask_host(proposal=proposal, needs=[FunctionalNeed.QUIET_SEAT], by=cast.sakura)


@press("requests.collect_letters of an answer")
def _(cast: Cast) -> Press:
    answered(cast)
    return lambda: requests.collect_letters(municipality=cast.town)


def reported(cast: Cast) -> RequestLink:
    link = collected(cast)
    letter = HostRequest.objects.get(uuid=link.request_uuid)
    report_visit(request=letter, on=TODAY, attendance=Attendance.CAME, burden=4, by=cast.hana)
    return link


@press("requests.collect_letters of a report")
def _(cast: Cast) -> Press:
    link = reported(cast)
    placements.begin(proposal=link.proposal, begins_on=date(2026, 11, 3), by=cast.sakura)
    return lambda: requests.collect_letters(municipality=cast.town)


@press("requests.mark_report_seen")
def _(cast: Cast) -> Press:
    link = reported(cast)
    requests.collect_letters()
    report = link.reports.get()
    return lambda: requests.mark_report_seen(report=report, by=cast.sakura)


@press("staying.come_back")
def _(cast: Cast) -> Press:
    placement = staying.rest(placement=running(cast), from_on=date(2026, 11, 10), by=cast.sakura)
    return lambda: staying.come_back(placement=placement, on=TODAY, by=cast.sakura)


@press("visits.reflect")
def _(cast: Cast) -> Press:
    visit = visits.record_visit(visit=visiting(cast), result=VisitResult.CAME, by=cast.sakura)
    return lambda: visits.reflect(visit=visit, reflection="また行く", by=cast.sakura)


@press("proposals.step_back")
def _(cast: Cast) -> Press:
    proposal = asked(cast).proposal
    return lambda: proposals.step_back(proposal=proposal, seen=proposal.state, by=cast.sakura)
