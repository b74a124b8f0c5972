"""Early signs: each from its own evidence, quiet once seen to, and never a telling-off for resting."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from directory.actions.letterbox import report_visit
from directory.choices import Attendance
from directory.models import HostRequest
from matching.actions.follow_ups import record_follow_up
from matching.actions.honorariums import Owed, enter, pay
from matching.actions.host_support import log_call
from matching.actions.placements import begin
from matching.actions.requests import collect_letters
from matching.actions.staying import come_back, rest, see_signs
from matching.choices import PaidPer, ProposalState, RecordWay, Regularity
from matching.models import CollectedReport, FollowUp, HostSupport, NextStep, Placement, RequestLink
from matching.signs import signs_of
from tests.matching.cast import TODAY, Cast


@pytest.fixture
def placement(cast: Cast) -> Placement:
    client = cast.a_client()
    proposal = cast.a_proposal(client, state=ProposalState.WELCOMED)
    RequestLink.objects.create(
        municipality=cast.town, proposal=proposal, request_uuid=uuid4(), consent=cast.a_consent(client),
        asked_by=cast.sakura, reply_by_on=TODAY,
    )  # fmt: skip
    return begin(proposal=proposal, begins_on=date(2026, 10, 20), by=cast.sakura)


def signs(cast: Cast, placement: Placement, on: date = TODAY) -> list[tuple[str, bool]]:
    live = Placement.objects.select_related("place").get(pk=placement.pk)
    found = signs_of([live], town=cast.town, today=on).get(live.pk, [])
    return [(sign.key.split(":")[0], sign.of_host) for sign in found]


def how_it_goes(cast: Cast, placement: Placement, step: str, regularity: Regularity, **ratings: Any) -> None:
    row = placement.follow_ups.get(step=step)
    record_follow_up(follow_up=row, regularity=regularity, on=row.due_on, by=cast.sakura, **ratings)


def reported(cast: Cast, placement: Placement, *days: tuple[int, str, int | None]) -> None:
    for days_ago, attendance, burden in days:
        CollectedReport.objects.create(
            municipality=cast.town, request=placement.proposal.requests.get(), report_uuid=uuid4(),
            on=TODAY - timedelta(days=days_ago), attendance=attendance, burden=burden,
        )  # fmt: skip


def test_where_all_goes_well_there_is_no_sign(cast: Cast, placement: Placement) -> None:
    how_it_goes(cast, placement, "week_1", Regularity.MOSTLY, self_rating=4, worker_rating=4)
    log_call(placement=placement, way=RecordWay.PHONE, burden=1, by=cast.sakura)
    assert signs(cast, placement) == []


@pytest.mark.parametrize(
    ("first", "second", "sign"),
    [
        ({"regularity": "mostly"}, {"regularity": "not"}, "coming"),
        ({"regularity": "every_time"}, {"regularity": "sometimes"}, "coming"),
        ({"regularity": "mostly"}, {"regularity": "mostly", "self_rating": 2}, "hard"),
        ({"regularity": "mostly", "self_rating": 5}, {"regularity": "mostly", "self_rating": 3}, "fell"),
        ({"regularity": "mostly"}, {"regularity": "mostly", "self_rating": 3, "worker_rating": 5}, "apart"),
    ],
)
def test_what_the_person_says(cast: Cast, placement: Placement, first: Any, second: Any, sign: str) -> None:
    how_it_goes(cast, placement, "week_1", **first)
    assert signs(cast, placement) == []
    how_it_goes(cast, placement, "week_2", **second)
    assert signs(cast, placement) == [(sign, False)]


def test_two_absences_in_a_row_but_not_two_apart(cast: Cast, placement: Placement) -> None:
    reported(cast, placement, (9, Attendance.ABSENT, None), (6, Attendance.CAME, None), (3, Attendance.ABSENT, None))
    assert signs(cast, placement) == []
    reported(cast, placement, (1, Attendance.ABSENT, None))
    assert signs(cast, placement) == [("absent", False)]


def test_nobody_who_rests_is_told_off_for_staying_away(cast: Cast, placement: Placement) -> None:
    how_it_goes(cast, placement, "week_1", Regularity.NOT)
    reported(cast, placement, (2, Attendance.ABSENT, None), (1, Attendance.ABSENT, None))
    assert len(signs(cast, placement)) == 2
    rest(placement=placement, from_on=TODAY, by=cast.sakura)
    assert signs(cast, placement) == []


def test_reports_of_absence_during_a_rest_make_no_task(cast: Cast, placement: Placement) -> None:
    link = placement.proposal.requests.get()
    RequestLink.objects.filter(pk=link.pk).update(
        answer="yes", answered_at="2026-10-19T00:00Z", collected_at="2026-10-19T00:00Z"
    )
    letter = HostRequest.objects.create(
        municipality=cast.town, place=placement.place, uuid=link.request_uuid, reply_by_on=TODAY, answer="yes",
        answered_at="2026-10-19T00:00Z",
    )  # fmt: skip
    rest(placement=placement, from_on=date(2026, 11, 10), by=cast.sakura)
    for day in (17, 24):
        report_visit(request=letter, on=date(2026, 11, day), attendance=Attendance.ABSENT, by=cast.hana)
    assert collect_letters() == 2
    assert not NextStep.objects.filter(kind="encourage").exists()
    come_back(placement=placement, on=TODAY, by=cast.sakura)
    report_visit(request=letter, on=date(2026, 11, 23), attendance=Attendance.ABSENT, by=cast.hana)
    collect_letters()
    assert NextStep.objects.filter(kind="encourage").exists()


def test_only_real_signs_can_be_seen_to(cast: Cast, placement: Placement) -> None:
    reported(cast, placement, (2, Attendance.ABSENT, None), (1, Attendance.ABSENT, None))
    browser = Browser()
    browser.force_login(cast.sakura)
    live = Placement.objects.select_related("place").get(pk=placement.pk)
    shown = [sign.key for sign in signs_of([live], town=cast.town, today=TODAY)[live.pk]]
    address = reverse("desk_signs_seen", args=[placement.client.number, placement.uuid])
    browser.post(address, {"sign": [*shown, "そらさんの秘密"]})
    assert list(placement.signs_seen.values_list("sign", flat=True)) == shown


def test_silence_from_both_sides_is_a_sign(cast: Cast, placement: Placement) -> None:
    later = date(2026, 10, 20) + timedelta(days=46)
    assert signs(cast, placement, later - timedelta(days=1)) == []
    assert signs(cast, placement, later) == [("silent", False)]


def test_quiet_is_no_silence_while_every_talk_was_held_and_the_next_is_in_the_diary(
    cast: Cast, placement: Placement
) -> None:
    """Three months after the beginning the next talk is months away: nobody has forgotten anybody."""
    later = date(2026, 10, 20) + timedelta(days=60)
    assert signs(cast, placement, later) == [("silent", False)]
    for kind in (FollowUp, HostSupport):
        kind.objects.filter(placement=placement, due_on__lt=later).update(cancelled_at=timezone.now())
    assert signs(cast, placement, later) == []
    for kind in (FollowUp, HostSupport):
        kind.objects.filter(placement=placement).update(cancelled_at=timezone.now())
    assert signs(cast, placement, later) == [("silent", False)]


def test_the_burden_of_the_host_by_whichever_way_it_was_told(cast: Cast, placement: Placement) -> None:
    reported(cast, placement, (9, Attendance.CAME, 0), (6, Attendance.CAME, 1))
    assert signs(cast, placement) == []
    log_call(placement=placement, way=RecordWay.PHONE, burden=2, by=cast.sakura)
    assert signs(cast, placement) == [("rising", True)]
    log_call(placement=placement, way=RecordWay.PHONE, burden=3, words="重い", by=cast.sakura)
    assert signs(cast, placement) == [("burden", True)]


def test_a_late_honorarium_is_a_sign_until_it_is_paid(cast: Cast, placement: Placement) -> None:
    owed = enter(
        place=placement.place,
        municipality=cast.town,
        owed=Owed(date(2026, 10, 1), date(2026, 10, 31), PaidPer.DAY, 2, 1000),
        due_on=date(2026, 11, 20),
        form_key=uuid4(),
        by=cast.sakura,
    )
    assert signs(cast, placement) == [("unpaid", True)]
    pay(honorarium=owed, on=TODAY, by=cast.sakura)
    assert signs(cast, placement) == []


def test_what_was_seen_to_is_quiet_until_there_is_news(cast: Cast, placement: Placement) -> None:
    reported(cast, placement, (3, Attendance.ABSENT, None), (2, Attendance.ABSENT, None))
    live = Placement.objects.select_related("place").get(pk=placement.pk)
    shown = signs_of([live], town=cast.town, today=TODAY)[live.pk]
    see_signs(placement=placement, signs=[sign.key for sign in shown], by=cast.sakura)
    assert signs(cast, placement) == []
    reported(cast, placement, (0, Attendance.ABSENT, None))
    assert signs(cast, placement) == [("absent", False)]


def test_signs_of_many_cost_no_more_questions_than_of_one(cast: Cast, django_assert_num_queries: Any) -> None:
    rows = []
    for number in range(4):
        proposal = cast.a_proposal(cast.a_client(), cast.a_place(f"場{number}", "ば"), state=ProposalState.WELCOMED)
        rows.append(begin(proposal=proposal, begins_on=date(2026, 10, 20), by=cast.sakura).pk)
    many = list(Placement.objects.select_related("place").filter(pk__in=rows))
    with django_assert_num_queries(8):
        signs_of(many, town=cast.town, today=TODAY)
