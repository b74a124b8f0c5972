"""Consent: kept as it was given, replaced by a later answer, taken back at once."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from directory.models import HostRequest
from matching.actions.consents import record_consent, withdraw
from matching.actions.requests import ask_host
from matching.choices import ConsentState, ProposalState
from matching.models import Consent, Proposal
from tests.matching.cast import TODAY, Cast

SCOPE = [["town_office", "troubles"], ["elderly_centre", "plan"]]


def test_a_later_answer_replaces_the_one_before_which_is_kept(cast: Cast) -> None:
    client = cast.a_client()
    record_consent(client=client, state=ConsentState.UNASKED, by=cast.sakura)
    record_consent(client=client, state=ConsentState.WRITTEN, scope=SCOPE, by=cast.sakura)
    assert client.consents.count() == 2
    assert client.consents.standing().get().scope == sorted(SCOPE)


def test_pressing_twice_writes_once(cast: Cast) -> None:
    client = cast.a_client()
    for _press in range(2):
        record_consent(client=client, state=ConsentState.ORAL, for_hosts=True, by=cast.sakura)
    assert client.consents.count() == 1


def test_consent_among_agencies_is_not_consent_to_ask_a_host(cast: Cast) -> None:
    client = cast.a_client()
    record_consent(client=client, state=ConsentState.WRITTEN, scope=SCOPE, by=cast.sakura)
    assert Consent.objects.valid(on=TODAY).filter(client=client).exists()
    assert not Consent.objects.for_hosts(on=TODAY).exists()


@pytest.mark.parametrize("state", [ConsentState.REFUSED, ConsentState.UNASKED, ConsentState.CONFERENCE_ONLY])
def test_without_a_given_consent_nothing_can_reach_hosts(cast: Cast, state: ConsentState) -> None:
    client = cast.a_client()
    with pytest.raises(IntegrityError), transaction.atomic():
        record_consent(client=client, state=state, for_hosts=True, by=cast.sakura)
    assert not client.consents.exists()


def test_a_name_reaches_hosts_on_written_consent_only(cast: Cast) -> None:
    client = cast.a_client()
    with pytest.raises(IntegrityError), transaction.atomic():
        record_consent(client=client, state=ConsentState.ORAL, for_hosts=True, name_to_hosts=True, by=cast.sakura)
    written = record_consent(
        client=client, state=ConsentState.WRITTEN, for_hosts=True, name_to_hosts=True, by=cast.sakura
    )
    assert written.name_to_hosts


def test_consent_begins_and_expires(cast: Cast) -> None:
    consent = cast.a_consent(cast.a_client(), from_on=date(2026, 10, 1), until_on=date(2026, 11, 23))
    assert not Consent.objects.valid(on=TODAY).exists()
    assert consent.is_valid(on=date(2026, 11, 23))
    assert not consent.is_valid(on=TODAY)
    assert not consent.is_valid(on=date(2026, 9, 30))


def asked(cast: Cast) -> tuple[Consent, Proposal]:
    client = cast.a_client()
    consent = cast.a_consent(client)
    proposal = cast.a_proposal(client)
    ask_host(proposal=proposal, needs=["quiet_seat"], by=cast.sakura)  # type: ignore[list-item]
    return consent, proposal


def test_withdrawing_takes_open_requests_back(cast: Cast) -> None:
    consent, proposal = asked(cast)
    withdraw(consent=consent, by=cast.sakura)
    withdraw(consent=consent, by=cast.sakura)
    assert HostRequest.objects.get().withdrawn_at is not None
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.WANTED


def test_a_need_no_longer_released_takes_the_request_back(cast: Cast) -> None:
    consent, _proposal = asked(cast)
    record_consent(client=consent.client, state=ConsentState.WRITTEN, for_hosts=True, released_needs=[], by=cast.sakura)
    assert HostRequest.objects.get().withdrawn_at is not None


def test_a_wider_consent_leaves_requests_alone(cast: Cast) -> None:
    consent, _proposal = asked(cast)
    record_consent(
        client=consent.client,
        state=ConsentState.WRITTEN,
        for_hosts=True,
        released_needs=["quiet_seat", "escort"],
        by=cast.sakura,
    )
    assert HostRequest.objects.get().withdrawn_at is None
