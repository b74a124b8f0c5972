"""Presses about people, their papers, households, boards, cards and the rules of the town."""

from datetime import time

from matching.actions import (
    avoidances,
    boards,
    clients,
    conditions,
    households,
    plans,
    prospects,
    records,
    supports,
)  # fmt: skip
from matching.choices import (
    AvoidanceKind,
    BoardRuleKind,
    ClientState,
    ConsentState,
    ProspectState,
    RecordWay,
    Relation,
    Source,
    WhoCame,
)  # fmt: skip
from tests.matching.cast import TODAY, Cast
from tests.matching.killing.pressing import (
    KEY,
    PLAN,
    THREE_ANSWERS,
    UCLA,
    WISH,
    Press,
    a_board,
    a_prospect,
    asked,
    measured,
    press,
    protected,
    simple,
)

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
simple("plans.make_plan", lambda c: {"client": c.a_client(), **PLAN})
simple(
    "plans.change_plan",
    lambda c: {"plan": c.a_plan(c.a_client()), "edit_version": 1, "steps": "電話", "until_on": None, **PLAN},
)
simple("plans.agree", lambda c: {"plan": plans.make_plan(client=c.a_client(), by=c.sakura, **PLAN)})
simple("plans.close_plan", lambda c: {"plan": c.a_plan(c.a_client())})
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
simple(
    "town_rules.set_rules",
    lambda c: {"municipality": c.town, "seen": 0, "days": {"rest": 7}, "weights": {"interests": 2.0}, "why": "試す"},
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


simple(
    "prospects.move a talk",
    lambda c: {
        "prospect": a_prospect(c), "seen": ProspectState.UNTOUCHED, "to": ProspectState.UNTOUCHED,
        "words": "留守だった",
    },
)  # fmt: skip


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
