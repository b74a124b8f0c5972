"""Every address of casework with arguments that exist, for tests that walk all of them."""

from datetime import date, datetime
from uuid import uuid4

from django.urls import reverse
from django.utils import timezone

from matching.actions.avoidances import avoid
from matching.actions.clients import add_co_worker
from matching.actions.conditions import add_wish
from matching.actions.households import add_member, form_household
from matching.actions.measures import measure
from matching.actions.placements import begin
from matching.actions.proposals import decline
from matching.actions.records import next_step
from matching.actions.requests import ask_host
from matching.actions.supports import add_support
from matching.actions.visits import plan_visit
from matching.actions.waiting import wait_for_seat
from matching.choices import AvoidanceKind, MeasureWay, ProposalState, Relation, Source, WishKind
from matching.measures import scales
from matching.models import Client, HandOver
from tests.matching.cast import Cast


def a_full_client(cast: Cast, **facts: object) -> Client:
    """One person with at least one row of everything."""
    client = cast.a_client(**facts)
    by = client.main_worker
    cast.a_consent(client)
    cast.a_plan(client)
    form_household(client=client, by=by)
    add_member(client=client, relation=Relation.PARENT, words="母、元気", by=by)
    add_co_worker(client=client, user=cast.nakano, by=by)
    cast.a_condition(client, "max_cost_yen", True, 300, is_important=True)
    cast.a_condition(client, "needs_escort", None)
    add_wish(client=client, kind=WishKind.INTEREST, words="料理", source=Source.SELF, by=by)
    next_step(client=client, due_on=date(2026, 11, 24), kind="call", words="見学どうだったか", by=by)
    ng = cast.a_place("里山クラブ", "さとやまくらぶ")
    avoid(client=client, kind=AvoidanceKind.NG, place=ng, words="知り合いがいる", by=by)
    begun = cast.a_proposal(client, cast.a_place("つむぎの家", "つむぎのいえ"), state=ProposalState.WELCOMED)
    begin(proposal=begun, begins_on=date(2026, 11, 10), by=by)
    visiting = cast.a_proposal(client, cast.a_place("野菜市", "やさいいち"), state=ProposalState.WELCOMED)
    plan_visit(proposal=visiting, at=timezone.make_aware(datetime(2026, 11, 26, 11, 20)), escort=by, by=by)
    add_support(
        client=client, kind="watching", who="民生委員の中田さん", from_on=date(2026, 11, 1), form_key=uuid4(), by=by
    )
    declined = cast.a_proposal(client, cast.a_place("ほしぞら文庫", "ほしぞらぶんこ"))
    decline(proposal=declined, reason="host_full", by=by)
    wait_for_seat(client=client, place=declined.place, by=by)
    measure(
        client=client, scale=scales().by_code["ucla3"], answers=[2, 2, 3], way=MeasureWay.SELF, on=date(2026, 11, 1),
        form_key=uuid4(), by=by,
    )  # fmt: skip
    HandOver.objects.create(client=client, before=cast.nakano, after=by, by=cast.nakano, underway="見学の相談")
    asked = cast.a_proposal(client, cast.a_place("おはなしサロン", "おはなしさろん"))
    ask_host(proposal=asked, by=by)
    return client


KEYLESS = [
    "desk_person",
    "desk_record",
    "desk_facts",
    "desk_troubles",
    "desk_seen",
    "desk_intake_again",
    "desk_wishes",
    "desk_wish_add",
    "desk_consent",
    "desk_plan",
    "desk_household",
    "desk_household_add",
    "desk_avoid",
    "desk_team",
    "desk_team_add",
    "desk_protection",
    "desk_support_add",
    "desk_measures",
]
POST_ONLY = ["desk_state", "desk_protection_lift"]


def keyed(client: Client) -> dict[str, object]:
    """The name of each address with a uuid → the uuid of a row of this client."""
    placement = client.placements.get()
    asked = client.proposals.get(state=ProposalState.ASKED)
    visit = client.proposals.get(state=ProposalState.VISITING).visits.get()
    mother = client.household_memberships.get(left_on=None).household.members.exclude(client=client).get()
    rows = {
        "desk_step": client.next_steps.get(),
        "desk_proposal": asked,
        "desk_answer": asked,
        "desk_ask": asked,
        "desk_host_answer": asked,
        "desk_visit_plan": asked,
        "desk_tell": asked,
        "desk_begin": asked,
        "desk_decline": asked,
        "desk_visit_record": visit,
        "desk_visit_change": visit,
        "desk_visit_reflect": visit,
        "desk_visit_sheet": visit,
        "desk_placement": placement,
        "desk_host_support_add": placement,
        "desk_end": placement,
        "desk_rest": placement,
        "desk_rest_back": placement,
        "desk_stage": placement,
        "desk_reasons": asked,
        "desk_settle": client.proposals.get(state=ProposalState.DECLINED),
        "desk_support_end": client.supports.get(),
        "desk_follow_up": placement.follow_ups.first(),
        "desk_host_support": placement.host_supports.first(),
    }
    buttons = {
        "desk_step_done": client.next_steps.get(),
        "desk_answer_seen": asked.requests.get(),
        "desk_wish_drop": client.wishes.get(),
        "desk_consent_withdraw": client.consents.get(),
        "desk_plan_agree": client.plans.get(),
        "desk_plan_close": client.plans.get(),
        "desk_household_leave": mother,
        "desk_avoid_lift": client.avoidances.get(),
        "desk_team_leave": client.team.first(),
        "desk_step_back": asked,
        "desk_signs_seen": placement,
        "desk_wait_stop": client.seat_waits.get(),
        "desk_hand_over_received": client.hand_overs.get(),
        "desk_measure_strike": client.measurements.get(),
    }
    return {"pages": rows, "buttons": buttons}


def pages_of(client: Client) -> list[str]:
    """Every page that can be opened (GET)."""
    rows = keyed(client)["pages"]
    assert isinstance(rows, dict)
    return (
        [reverse(name, args=[client.number]) for name in KEYLESS]
        + [reverse("desk_measure", args=[client.number, scale]) for scale in scales().by_code]
        + [reverse(name, args=[client.number, row.uuid]) for name, row in rows.items()]
        + [reverse("desk_proposal", args=[client.number, row.uuid]) for row in client.proposals.exclude(state="asked")]
    )


def buttons_of(client: Client) -> list[str]:
    """Every address that is only sent to (POST)."""
    rows = keyed(client)["buttons"]
    assert isinstance(rows, dict)
    return [reverse(name, args=[client.number]) for name in POST_ONLY] + [
        reverse(name, args=[client.number, row.uuid]) for name, row in rows.items()
    ]
