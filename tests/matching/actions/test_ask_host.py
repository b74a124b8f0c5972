"""Asking a host through the letterbox: nothing about a person passes, and nothing at all without consent."""

from datetime import date

import pytest
from django.forms import model_to_dict
from django.utils import timezone

from directory.actions.errors import NotNow
from directory.actions.letterbox import report_visit
from directory.choices import Attendance, FunctionalNeed, HostAnswer, HostReason
from directory.models import HostReport, HostRequest
from matching.actions.consents import withdraw
from matching.actions.placements import begin, end
from matching.actions.proposals import decline
from matching.actions.requests import (
    ask_host,
    collect_letters,
    mark_report_seen,
    mark_seen,
    note_answer,
    withdraw_request,
)
from matching.actions.visits import plan_visit
from matching.choices import ConsentState, DeclineSide, PlanState, ProposalState, SupportStep
from matching.models import Client, CollectedReport, Consent, Event, HostSupport, Proposal, RequestLink
from matching.refusals import AlreadyAnswered, NeedNotReleased, NoConsent, NotForThisPerson, PlanNotAgreed, WrongStep
from tests.matching.cast import Cast


def asked(cast: Cast, client: Client | None = None) -> RequestLink:
    client = client or cast.a_client()
    cast.a_consent(client)
    return ask_host(proposal=cast.a_proposal(client), needs=[FunctionalNeed.QUIET_SEAT], by=cast.sakura)


def answered(link: RequestLink, answer: HostAnswer, **facts: object) -> Proposal:
    HostRequest.objects.filter(uuid=link.request_uuid).update(
        answer=answer, answered_at="2026-11-24T09:00:00+09:00", **facts
    )
    collect_letters()
    return Proposal.objects.get(pk=link.proposal_id)


@pytest.mark.parametrize(
    "consent",
    [
        None,
        {"state": ConsentState.WRITTEN, "for_hosts": False},
        {"state": ConsentState.REFUSED, "for_hosts": False},
        {"state": ConsentState.UNASKED, "for_hosts": False, "asked_on": None},
        {"state": ConsentState.CONFERENCE_ONLY, "for_hosts": False},
        {"until_on": date(2026, 11, 23)},
        {"from_on": date(2026, 11, 25)},
    ],
)
def test_without_a_valid_consent_for_hosts_nothing_leaves(cast: Cast, consent: dict[str, object] | None) -> None:
    client = cast.a_client()
    if consent is not None:
        cast.a_consent(client, **consent)
    with pytest.raises(NoConsent) as refusal:
        ask_host(proposal=cast.a_proposal(client), by=cast.sakura)
    assert "同意" in str(refusal.value)
    assert not HostRequest.objects.exists()


def test_the_letter_holds_no_person(cast: Cast) -> None:
    client = cast.a_client(name="ひみつ", birth_year=1984)
    link = asked(cast, client)
    letter = HostRequest.objects.get()
    written = str({**model_to_dict(letter), "uuid": letter.uuid})
    for secret in ("ひみつ", client.number, str(client.uuid), str(link.proposal.uuid), str(cast.sakura.uuid)):
        assert secret not in written
    assert letter.needs == ["quiet_seat"]
    assert letter.reply_by_on == date(2026, 12, 1)


def test_oral_consent_lets_a_letter_without_a_name_go(cast: Cast) -> None:
    client = cast.a_client()
    cast.a_consent(client, state=ConsentState.ORAL)
    assert ask_host(proposal=cast.a_proposal(client), by=cast.sakura)


def test_a_need_that_was_not_released_stays_here(cast: Cast) -> None:
    client = cast.a_client()
    cast.a_consent(client, released_needs=["quiet_seat"])
    with pytest.raises(NeedNotReleased):
        ask_host(proposal=cast.a_proposal(client), needs=[FunctionalNeed.TOILET], by=cast.sakura)
    assert not HostRequest.objects.exists()


def test_the_host_is_asked_once_and_only_after_the_persons_yes(cast: Cast) -> None:
    link = asked(cast)
    assert ask_host(proposal=link.proposal, by=cast.sakura) == link
    waiting = cast.a_proposal(link.proposal.client, state=ProposalState.PROPOSED, role_text="ほか")
    with pytest.raises(WrongStep):
        ask_host(proposal=waiting, by=cast.sakura)


def test_a_place_withdrawn_for_safety_is_not_asked_by_another_suggestion(cast: Cast) -> None:
    client = cast.a_client()
    cast.a_consent(client)
    decline(proposal=cast.a_proposal(client, role_text="べつの役割"), reason="staff_safety", by=cast.sakura)
    with pytest.raises(NotForThisPerson):
        ask_host(proposal=cast.a_proposal(client), by=cast.sakura)


def test_nobody_is_asked_before_the_plan_is_agreed_on_and_the_existing_schemes_were_asked(cast: Cast) -> None:
    client = cast.a_client()
    cast.a_consent(client)
    cast.a_plan(client, state=PlanState.DRAFT, gap="", gap_asked_on=None, agreed_on=None)
    with pytest.raises(PlanNotAgreed) as refusal:
        ask_host(proposal=cast.a_proposal(client), by=cast.sakura)
    assert "既存の制度" in str(refusal.value)
    assert not HostRequest.objects.exists()


def test_a_yes_welcomes_and_a_talk_waits(cast: Cast) -> None:
    assert answered(asked(cast), HostAnswer.YES).state == ProposalState.WELCOMED
    assert answered(asked(cast), HostAnswer.TALK, call_me=True).state == ProposalState.TALKING


@pytest.mark.parametrize("reason", list(HostReason))
def test_a_no_is_the_hosts_reason_and_stays_readable(cast: Cast, reason: HostReason) -> None:
    link = asked(cast)
    proposal = answered(link, HostAnswer.NO, reason=reason)
    assert (proposal.state, proposal.decline_side) == (ProposalState.DECLINED, DeclineSide.HOST)
    link.refresh_from_db()
    assert (link.reason, link.withdrawn_at) == (reason, None)


def test_letters_are_read_once(cast: Cast) -> None:
    answered(asked(cast), HostAnswer.YES)
    assert collect_letters() == 0


def test_an_answer_to_a_letter_taken_back_is_not_read(cast: Cast) -> None:
    link = asked(cast)
    withdraw_request(link=link, by=cast.sakura)
    assert answered(link, HostAnswer.YES).state == ProposalState.WANTED


def test_an_answer_by_telephone_counts_like_one_from_the_page(cast: Cast) -> None:
    link = note_answer(link=asked(cast), answer=HostAnswer.NO, reason=HostReason.FULL, by=cast.sakura)
    assert (link.answer, link.proposal.state) == ("no", ProposalState.DECLINED)
    assert HostRequest.objects.get().answered_by == cast.sakura
    assert mark_seen(link=link, by=cast.sakura).handled_at is not None


def test_after_a_talk_the_host_says_yes_or_no_and_then_it_stands(cast: Cast) -> None:
    link = asked(cast)
    answered(link, HostAnswer.TALK)
    link = note_answer(link=link, answer=HostAnswer.YES, by=cast.sakura)
    assert note_answer(link=link, answer=HostAnswer.YES, by=cast.sakura).proposal.state == ProposalState.WELCOMED
    with pytest.raises(AlreadyAnswered):
        note_answer(link=link, answer=HostAnswer.NO, reason=HostReason.FULL, by=cast.sakura)


def reported(link: RequestLink, day: int, attendance: str, **facts: object) -> None:
    HostReport.objects.create(
        request=HostRequest.objects.get(uuid=link.request_uuid), on=date(2026, 11, day), attendance=attendance, **facts
    )
    collect_letters()


def test_two_absences_in_a_row_put_a_call_to_the_person_in_the_diary(cast: Cast) -> None:
    link = asked(cast)
    answered(link, HostAnswer.YES)
    client = link.proposal.client
    for day, attendance in [(10, "absent"), (12, "came"), (17, "absent")]:
        reported(link, day, attendance)
    assert not client.next_steps.exists()
    reported(link, 19, "absent")
    assert client.next_steps.get().kind == "encourage"


def test_a_heavy_burden_makes_a_call_to_the_host_due_today(cast: Cast) -> None:
    link = asked(cast)
    proposal = answered(link, HostAnswer.YES)
    begin(proposal=proposal, begins_on=date(2026, 11, 10), by=cast.sakura)
    reported(link, 17, "came", burden=2)
    assert not HostSupport.objects.filter(step=SupportStep.AGREED).exists()
    reported(link, 24, "came", burden=3)
    assert HostSupport.objects.get(step=SupportStep.AGREED).due_on == date(2026, 11, 24)


def test_what_a_host_corrects_is_read_again_and_waits_to_be_seen(cast: Cast) -> None:
    link = asked(cast)
    answered(link, HostAnswer.YES)
    reported(link, 19, "absent")
    mark_report_seen(report=CollectedReport.objects.get(), by=cast.sakura)
    letter = HostRequest.objects.get(uuid=link.request_uuid)
    report_visit(request=letter, on=date(2026, 11, 19), attendance=Attendance.CAME, burden=1, by=cast.hana)
    assert collect_letters() == 1
    report = CollectedReport.objects.get()
    assert (report.attendance, report.burden, report.handled_at) == ("came", 1, None)
    assert collect_letters() == 0


def test_a_corrected_absence_does_not_put_a_second_call_in_the_diary(cast: Cast) -> None:
    link = asked(cast)
    answered(link, HostAnswer.YES)
    for day in (17, 19):
        reported(link, day, "absent")
    letter = HostRequest.objects.get(uuid=link.request_uuid)
    report_visit(request=letter, on=date(2026, 11, 19), attendance=Attendance.ABSENT, call_me=True, by=cast.hana)
    collect_letters()
    assert link.proposal.client.next_steps.filter(kind="encourage").count() == 1
    assert Event.objects.filter(action="host.report_corrected").count() == 1


def test_when_the_taking_part_is_over_the_host_keeps_nothing_and_reports_nothing_more(cast: Cast) -> None:
    link = asked(cast)
    proposal = answered(link, HostAnswer.YES)
    placement = begin(proposal=proposal, begins_on=date(2026, 11, 3), by=cast.sakura)
    end(placement=placement, reason="graduated", ends_on=date(2026, 11, 20), by=cast.sakura)
    letter = HostRequest.objects.get()
    assert letter.closed_at is not None and letter.needs == []
    assert not HostRequest.objects.coming().exists()
    link.refresh_from_db()
    assert link.told_needs == ["quiet_seat"], "what was told stays readable on the desk"
    with pytest.raises(NotNow):
        report_visit(request=letter, on=date(2026, 11, 21), attendance=Attendance.ABSENT, by=cast.hana)
    for day in (21, 22):
        reported(link, day, "absent")
    assert not proposal.client.next_steps.exists()


def test_a_consent_that_ran_out_takes_the_letter_back_by_itself(cast: Cast) -> None:
    link = asked(cast)
    proposal = answered(link, HostAnswer.YES)
    plan_visit(proposal=proposal, at=timezone.now(), by=cast.sakura)
    Consent.objects.filter(client=proposal.client).update(until_on=date(2026, 11, 23))
    collect_letters()
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.WANTED
    assert not proposal.visits.filter(result="").exists()
    letter = HostRequest.objects.get()
    assert letter.withdrawn_at is not None and letter.needs == []
    assert Event.objects.filter(action="host.request_withdrawn", actor=None).count() == 1


def test_a_consent_taken_back_while_taking_part_is_talked_over_today(cast: Cast) -> None:
    link = asked(cast)
    proposal = answered(link, HostAnswer.YES)
    begin(proposal=proposal, begins_on=date(2026, 11, 3), by=cast.sakura)
    withdraw(consent=Consent.objects.get(), by=cast.sakura)
    assert HostRequest.objects.get().needs == []
    assert proposal.client.next_steps.get().kind == "consent"


def test_two_newcomers_of_one_place_are_told_apart_without_a_name(cast: Cast) -> None:
    links = [asked(cast, cast.a_client()) for _person in range(2)]
    signs = [HostRequest.objects.get(uuid=link.request_uuid).sign for link in links]
    assert signs == ["A", "B"]
    withdraw_request(link=links[0], by=cast.sakura)
    third = asked(cast, cast.a_client())
    assert HostRequest.objects.get(uuid=third.request_uuid).sign == "A"


def test_what_the_program_puts_into_the_diary_bears_nobodys_name(cast: Cast) -> None:
    link = asked(cast)
    answered(link, HostAnswer.YES)
    for day in (17, 19):
        reported(link, day, "absent")
    assert link.proposal.client.next_steps.get().made_by is None
    assert Event.objects.get(action="next_step.made").actor is None
