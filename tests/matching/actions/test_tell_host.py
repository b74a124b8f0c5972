"""The register of what a host was told: only after their yes, only with the written yes of the person."""

from datetime import date, timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from matching.actions.avoidances import avoid
from matching.actions.consents import record_consent, withdraw
from matching.actions.disclosures import NameNotAllowed, tell_host
from matching.choices import AvoidanceKind, ConsentState, DisclosureItem, ProposalState
from matching.models import Client, Disclosure, Event, Proposal
from matching.refusals import NotForThisPerson, NotPossible, ValueMissing, WrongStep
from tests.matching.cast import Cast

from ..views.conftest import desk

__all__ = ["desk"]
WHY = "入口で声をかけてもらうため"


def allowed(cast: Cast, *, name: bool = True, until: date | None = None) -> Client:
    client = cast.a_client()
    record_consent(
        client=client, state=ConsentState.WRITTEN, for_hosts=True, name_to_hosts=name, from_on=date(2026, 11, 1),
        until_on=until, by=cast.sakura,
    )  # fmt: skip
    return client


def tell(cast: Cast, proposal: Proposal) -> Disclosure:
    return tell_host(proposal=proposal, items=[DisclosureItem.CALLED], purpose=WHY, by=cast.sakura)


def test_what_was_told_is_kept_with_its_ground_once(cast: Cast) -> None:
    client = allowed(cast)
    proposal = cast.a_proposal(client, state=ProposalState.WELCOMED)
    told = tell(cast, proposal)
    assert (told.items, told.purpose, told.consent, told.basis) == (["called"], WHY, client.consents.get(), "consent")
    assert tell(cast, proposal) == told
    assert Disclosure.objects.count() == 1
    details = Event.objects.get(action="host.told").details
    assert details["items"] == ["called"] and WHY not in str(details)


@pytest.mark.parametrize("state", [ProposalState.WANTED, ProposalState.ASKED, ProposalState.TALKING])
def test_a_host_learns_no_name_before_saying_yes(cast: Cast, state: ProposalState) -> None:
    with pytest.raises(WrongStep):
        tell(cast, cast.a_proposal(allowed(cast), state=state))


def test_without_a_written_yes_to_the_name_nothing_is_told(cast: Cast) -> None:
    with pytest.raises(NameNotAllowed):
        tell(cast, cast.a_proposal(allowed(cast, name=False), state=ProposalState.WELCOMED))
    gone = allowed(cast, until=date(2026, 11, 1))
    with pytest.raises(NameNotAllowed):
        tell(cast, cast.a_proposal(gone, state=ProposalState.WELCOMED))
    taken_back = allowed(cast)
    proposal = cast.a_proposal(taken_back, state=ProposalState.BEGUN)
    withdraw(consent=taken_back.consents.get(), by=cast.sakura)
    with pytest.raises(NameNotAllowed):
        tell(cast, proposal)


def test_a_place_to_be_avoided_is_told_nothing(cast: Cast) -> None:
    client = allowed(cast)
    proposal = cast.a_proposal(client, state=ProposalState.BEGUN)
    avoid(client=client, kind=AvoidanceKind.DV, place=cast.place, by=cast.sakura)
    with pytest.raises(NotForThisPerson):
        tell(cast, proposal)


def test_an_empty_purpose_and_a_day_to_come_are_refused(cast: Cast) -> None:
    proposal = cast.a_proposal(allowed(cast), state=ProposalState.WELCOMED)
    with pytest.raises(ValueMissing):
        tell_host(proposal=proposal, items=[DisclosureItem.NAME], purpose=" ", by=cast.sakura)
    with pytest.raises(NotPossible):
        tell_host(
            proposal=proposal, items=[DisclosureItem.NAME], purpose=WHY, by=cast.sakura,
            told_on=timezone.localdate() + timedelta(days=1),
        )  # fmt: skip


def test_the_page_offers_it_only_when_it_may_be_done_and_shows_the_register(cast: Cast, desk: Browser) -> None:
    client = allowed(cast)
    proposal = cast.a_proposal(client, state=ProposalState.WELCOMED)
    page, form = (reverse(name, args=[client.number, proposal.uuid]) for name in ("desk_proposal", "desk_tell"))
    assert form in desk.get(page).content.decode()
    answer = desk.post(form, {"items": ["called", "phone"], "purpose": WHY, "told_on": "2026-11-23"}, follow=True)
    assert "呼び名・本人の電話" in answer.content.decode()
    assert WHY in desk.get(reverse("desk_consent", args=[client.number])).content.decode()
    record_consent(client=client, state=ConsentState.ORAL, for_hosts=True, by=cast.sakura)
    assert form not in desk.get(page).content.decode()
