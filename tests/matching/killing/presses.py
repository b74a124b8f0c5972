"""One press of every change: what stands there before it, and the change itself, with fixed words and keys."""

import importlib
import uuid
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from directory.actions.letterbox import answer_request, report_visit
from directory.choices import Attendance, FunctionalNeed, HostAnswer
from directory.models import HostRequest
from matching.actions import (
    avoidances,
    boards,
    clients,
    conditions,
    honorariums,
    households,
    measures,
    placements,
    plans,
    proposals,
    prospects,
    records,
    requests,
    staying,
    supports,
    visits,
    waiting,
)  # fmt: skip
from matching.choices import (
    AvoidanceKind,
    BoardRuleKind,
    ClientState,
    ConsentState,
    Consequence,
    GapAnswer,
    MeasureWay,
    PaidPer,
    PersonAnswer,
    ProposalState,
    ProspectState,
    RecordWay,
    Regularity,
    Relation,
    Source,
    Stage,
    VisitResult,
    WhoCame,
    WishKind,
)  # fmt: skip
from matching.measures import scales
from matching.models import Placement, Proposal, RequestLink
from tests.matching.cast import TODAY, Cast

Press = Callable[[], Any]
Prepare = Callable[[Cast], Press]
PRESSES: dict[str, Prepare] = {}
KEY = uuid.UUID("00000000-0000-4000-8000-000000000001")
UCLA = scales().by_code["ucla3"]


def press(name: str) -> Callable[[Prepare], Prepare]:
    """`module.function`; what follows a space tells two presses of one function apart."""

    def keep(prepare: Prepare) -> Prepare:
        PRESSES[name] = prepare
        return prepare

    return keep


def simple(name: str, prepare: Callable[[Cast], dict[str, Any]]) -> None:
    """A change whose arguments are all there is to it."""
    module, _dot, function = name.partition(" ")[0].partition(".")
    change = getattr(importlib.import_module(f"matching.actions.{module}"), function)

    def ready(cast: Cast) -> Press:
        arguments = {"by": cast.sakura, **prepare(cast)}
        return lambda: change(**arguments)

    PRESSES[name] = ready


def running(cast: Cast) -> Placement:
    proposal = cast.a_proposal(cast.a_client(), state=ProposalState.WELCOMED)
    return placements.begin(proposal=proposal, begins_on=date(2026, 11, 3), by=cast.sakura)


def asked(cast: Cast) -> RequestLink:
    client = cast.a_client()
    cast.a_consent(client)
    return requests.ask_host(proposal=cast.a_proposal(client), needs=[FunctionalNeed.QUIET_SEAT], by=cast.sakura)


def answered(cast: Cast) -> RequestLink:
    link = asked(cast)
    letter = HostRequest.objects.get(uuid=link.request_uuid)
    answer_request(request=letter, answer=HostAnswer.YES, by=cast.hana)
    return link


def collected(cast: Cast) -> RequestLink:
    link = answered(cast)
    requests.collect_letters()
    link.refresh_from_db()
    return link


def visiting(cast: Cast) -> Any:
    proposal = cast.a_proposal(cast.a_client(), state=ProposalState.WELCOMED)
    return visits.plan_visit(proposal=proposal, at=moment(), by=cast.sakura)


def moment() -> datetime:
    return timezone.make_aware(datetime(2026, 11, 20, 11, 20))


def declined(cast: Cast) -> Proposal:
    return proposals.decline(proposal=cast.a_proposal(cast.a_client()), reason="host_full", by=cast.sakura)


def a_board(cast: Cast) -> Any:
    return boards.open_board(
        municipality=cast.town, clients=[cast.a_client()], seats={cast.place: 1}, held_on=TODAY, by=cast.nakano,
        form_key=KEY,
    )  # fmt: skip


def a_prospect(cast: Cast) -> Any:
    idea = prospects.Idea(name="花屋")
    return prospects.make(municipality=cast.town, idea=idea, worker=cast.sakura, by=cast.sakura, form_key=KEY)


def owed(cast: Cast) -> Any:
    return honorariums.enter(place=cast.place, municipality=cast.town, owed=OCTOBER, form_key=KEY, by=cast.sakura)


def measured(cast: Cast) -> Any:
    return measures.measure(client=cast.a_client(), by=cast.sakura, **THREE_ANSWERS)


def protected(cast: Cast) -> Any:
    return clients.protect(client=cast.a_client(), allow=[cast.nakano], by=cast.sakura)


OCTOBER = honorariums.Owed(date(2026, 10, 1), date(2026, 10, 31), PaidPer.DAY, 3, 1500)
THREE_ANSWERS: dict[str, Any] = {
    "scale": UCLA, "answers": [1, 2, 3], "way": MeasureWay.SELF, "on": TODAY, "form_key": KEY,
}  # fmt: skip
WISH: dict[str, Any] = {"kind": WishKind.INTEREST, "words": "料理", "source": Source.SELF}
PLAN: dict[str, Any] = {"goal": "昼を食べる", "gap": GapAnswer.GAP, "gap_words": "ない", "from_on": TODAY}

simple("avoidances.avoid", lambda c: {"client": c.a_client(), "kind": AvoidanceKind.NG, "place": c.place})
simple(
    "avoidances.lift",
    lambda c: {"avoidance": avoidances.avoid(client=c.a_client(), kind=AvoidanceKind.NG, place=c.place, by=c.sakura)},
)
simple(
    "boards.open_board",
    lambda c: {
        "municipality": c.town, "clients": [c.a_client()], "seats": {c.place: 1}, "held_on": TODAY, "form_key": KEY,
    },
)  # fmt: skip
simple(
    "boards.decide",
    lambda c: {
        "board": (b := a_board(c)),
        "client": b.people.get().client,
        "place": c.place,
        "kind": BoardRuleKind.LOCK,
    },
)
simple("boards.close", lambda c: {"board": a_board(c), "outcome": {}, "rules_version": "2026-11"})
simple(
    "clients.open_client",
    lambda c: {
        "municipality": c.town, "office": c.office, "main_worker": c.sakura, "person": clients.Person(called="はな"),
        "is_protected": True,
    },
)  # fmt: skip
simple("clients.change", lambda c: {"client": c.a_client(), "edit_version": 1, "phone": "0000-22-3333"})
simple("clients.hand_over", lambda c: {"client": c.a_client(), "to": c.nakano, "memo": clients.Memo(underway="相談中")})
simple("clients.add_co_worker", lambda c: {"client": c.a_client(), "user": c.nakano})
simple("clients.protect", lambda c: {"client": c.a_client(), "allow": [c.nakano]})
simple("clients.lift_protection", lambda c: {"client": protected(c)})
simple("clients.set_state", lambda c: {"client": c.a_client(), "state": ClientState.CLOSED})
simple(
    "conditions.set_condition",
    lambda c: {"client": c.a_client(), "key": "max_cost_yen", "answer": True, "value": 300, "source": Source.SELF},
)
simple(
    "conditions.set_free_time",
    lambda c: {
        "client": c.a_client(), "weekday": 3, "answer": True, "source": Source.SELF,
        "times": [(time(10), time(12)), (time(13), time(15))],
    },
)  # fmt: skip
simple("conditions.add_wish", lambda c: {"client": c.a_client(), **WISH})
simple("conditions.drop_wish", lambda c: {"wish": conditions.add_wish(client=c.a_client(), by=c.sakura, **WISH)})
simple(
    "consents.record_consent",
    lambda c: {
        "client": c.a_client(), "state": ConsentState.WRITTEN, "asked_on": TODAY, "for_hosts": True,
        "released_needs": ["quiet_seat"], "from_on": TODAY,
    },
)  # fmt: skip
simple("consents.withdraw", lambda c: {"consent": asked(c).consent})
simple(
    "consultations.receive",
    lambda c: {
        "municipality": c.town, "office": c.office, "route": "self", "who_came": WhoCame.SELF,
        "matters": ["community"], "person": clients.Person(called="はな"), "main_worker": c.sakura, "form_key": KEY,
    },
)  # fmt: skip
simple(
    "consultations.set_troubles",
    lambda c: {"client": c.a_client(), "troubles": ["isolation", "care"], "main": ["care"]},
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
simple("households.form_household", lambda c: {"client": c.a_client()})
simple("measures.measure", lambda c: {"client": c.a_client(), **THREE_ANSWERS})
simple("measures.strike", lambda c: {"measurement": measured(c)})
simple(
    "measures.load_wording",
    lambda c: {
        "municipality": c.town, "scale": UCLA, "items": ["一", "二", "三"], "labels": ["a", "b", "c"],
        "licence": "見本",
    },
)  # fmt: skip
simple(
    "placements.begin",
    lambda c: {"proposal": c.a_proposal(c.a_client(), state=ProposalState.WELCOMED), "begins_on": TODAY},
)
simple("placements.end", lambda c: {"placement": running(c), "reason": "graduated", "ends_on": TODAY})
simple("plans.make_plan", lambda c: {"client": c.a_client(), **PLAN})
simple(
    "plans.change_plan",
    lambda c: {"plan": c.a_plan(c.a_client()), "edit_version": 1, "steps": "電話", "until_on": None, **PLAN},
)
simple("plans.agree", lambda c: {"plan": plans.make_plan(client=c.a_client(), by=c.sakura, **PLAN)})
simple("plans.close_plan", lambda c: {"plan": c.a_plan(c.a_client())})
simple(
    "proposals.answer",
    lambda c: {
        "proposal": c.a_proposal(c.a_client(), state=ProposalState.PROPOSED), "answer": PersonAnswer.NO,
    },
)  # fmt: skip
simple("proposals.decline", lambda c: {"proposal": asked(c).proposal, "reason": "not_now"})
simple("proposals.settle", lambda c: {"proposal": declined(c), "consequence": Consequence.WAIT_FOR_SEAT})
simple("prospects.make", lambda c: {
    "municipality": c.town, "idea": prospects.Idea(name="花屋"), "worker": c.sakura, "form_key": KEY,
})  # fmt: skip
simple(
    "prospects.change",
    lambda c: {
        "prospect": a_prospect(c), "idea": prospects.Idea(name="駅前の花屋"), "worker": c.sakura, "edit_version": 1,
    },
)  # fmt: skip
simple(
    "prospects.move",
    lambda c: {
        "prospect": a_prospect(c), "seen": ProspectState.UNTOUCHED, "to": ProspectState.ASKED, "words": "電話した",
    },
)  # fmt: skip
simple("records.record", lambda c: {"client": c.a_client(), "way": RecordWay.PHONE, "words": "元気", "form_key": KEY})
simple("records.next_step", lambda c: {"client": c.a_client(), "due_on": TODAY, "kind": "call"})
simple(
    "records.finish",
    lambda c: {"step": records.next_step(client=c.a_client(), due_on=TODAY, kind="call", by=c.sakura)},
)
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
    "town_rules.set_rules",
    lambda c: {"municipality": c.town, "seen": 0, "days": {"rest": 7}, "weights": {"interests": 2.0}, "why": "試す"},
)
simple(
    "visits.plan_visit",
    lambda c: {"proposal": c.a_proposal(c.a_client(), state=ProposalState.WELCOMED), "at": moment()},
)
simple("visits.record_visit", lambda c: {"visit": visiting(c), "result": VisitResult.CAME, "notes": "よかった"})
simple("waiting.wait_for_seat", lambda c: {"client": c.a_client(), "place": c.place})
simple(
    "waiting.stop_waiting",
    lambda c: {"wait": waiting.wait_for_seat(client=c.a_client(), place=c.place, by=c.sakura)},
)


@press("boards.lift")
def _(cast: Cast) -> Press:
    board = a_board(cast)
    client = board.people.get().client
    rule = boards.decide(board=board, client=client, place=cast.place, kind=BoardRuleKind.FORBID, by=cast.nakano)
    return lambda: boards.lift(rule=rule, by=cast.nakano)


@press("clients.receive_hand_over")
def _(cast: Cast) -> Press:
    client = clients.hand_over(client=cast.a_client(), to=cast.nakano, by=cast.sakura)
    memo = client.hand_overs.get()
    return lambda: clients.receive_hand_over(hand_over=memo, by=cast.nakano)


@press("clients.leave_team")
def _(cast: Cast) -> Press:
    member = clients.add_co_worker(client=cast.a_client(), user=cast.nakano, by=cast.sakura)
    return lambda: clients.leave_team(member=member, by=cast.sakura)


@press("households.add_member")
def _(cast: Cast) -> Press:
    client, other = cast.a_client(), cast.a_client()
    return lambda: households.add_member(
        client=client, relation=Relation.CHILD, member_client=other, words="同居", by=cast.sakura
    )


@press("households.add_member known by words")
def _(cast: Cast) -> Press:
    client = cast.a_client()
    return lambda: households.add_member(client=client, relation=Relation.PARENT, words="母、元気", by=cast.sakura)


@press("households.leave_household")
def _(cast: Cast) -> Press:
    client = cast.a_client()
    member = households.add_member(client=client, relation=Relation.PARENT, words="母", by=cast.sakura)
    return lambda: households.leave_household(client=client, member=member, by=cast.sakura)


@press("households.write_note")
def _(cast: Cast) -> Press:
    client = cast.a_client()
    households.form_household(client=client, by=cast.sakura)
    return lambda: households.write_note(client=client, note="にぎやか", edit_version=1, by=cast.sakura)


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


simple(
    "prospects.move a talk",
    lambda c: {
        "prospect": a_prospect(c), "seen": ProspectState.UNTOUCHED, "to": ProspectState.UNTOUCHED,
        "words": "留守だった",
    },
)  # fmt: skip


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


@press("supports.add_support")
def _(cast: Cast) -> Press:
    client = cast.a_client()
    cast.a_plan(client)
    return lambda: supports.add_support(
        client=client, kind="watching", who="隣の人", from_on=TODAY, form_key=KEY, by=cast.sakura
    )


@press("supports.end_support")
def _(cast: Cast) -> Press:
    client = cast.a_client()
    cast.a_plan(client)
    support = supports.add_support(
        client=client, kind="watching", who="隣の人", from_on=TODAY, form_key=KEY, by=cast.sakura
    )
    return lambda: supports.end_support(support=support, on=TODAY, by=cast.sakura)


@press("visits.reflect")
def _(cast: Cast) -> Press:
    visit = visits.record_visit(visit=visiting(cast), result=VisitResult.CAME, by=cast.sakura)
    return lambda: visits.reflect(visit=visit, reflection="また行く", by=cast.sakura)


@press("proposals.step_back")
def _(cast: Cast) -> Press:
    proposal = asked(cast).proposal
    return lambda: proposals.step_back(proposal=proposal, by=cast.sakura)
