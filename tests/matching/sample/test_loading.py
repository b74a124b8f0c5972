"""The fictional clients: 25 people in every stage, made by the actions staff use."""

from collections import Counter
from itertools import pairwise

import pytest

from directory.sample.loading import load as load_towns
from matching.choices import ProposalState
from matching.models import (
    Client,
    Consent,
    FollowUp,
    HandOver,
    Honorarium,
    Measurement,
    Placement,
    PlanSupport,
    Proposal,
    ScaleWording,
)
from matching.sample.loading import load
from tests.matching.cast import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded() -> None:
    load_towns(today=TODAY)
    assert load(today=TODAY)


def test_there_are_people_in_every_stage(loaded: None) -> None:
    assert Client.objects.count() == 25
    states = Counter(proposal.state for proposal in Proposal.objects.all())
    for state in (
        ProposalState.PROPOSED, ProposalState.WANTED, ProposalState.ASKED, ProposalState.WELCOMED,
        ProposalState.VISITING, ProposalState.VISITED, ProposalState.BEGUN, ProposalState.ENDED, ProposalState.DECLINED,
    ):  # fmt: skip
        assert states[state], state
    assert Placement.objects.filter(ends_on=None).count() >= 4
    assert FollowUp.objects.filter(done_on=None, due_on__lt=TODAY).exists()
    assert Client.objects.filter(is_protected=True).count() == 1
    assert {"written", "oral", "refused", "unasked", "conference_only"} <= set(
        Consent.objects.values_list("state", flat=True)
    )


def test_the_way_of_staying_is_shown_too(loaded: None) -> None:
    assert Placement.objects.resting().exists() and Placement.objects.filter(stage="role").exists()
    assert Placement.objects.exclude(ends_on=None).count() >= 5, "enough for the page of 定着 to say something"
    for model in (PlanSupport, Measurement, Honorarium, HandOver):
        assert model.objects.exists(), model
    assert not ScaleWording.objects.exists(), "wording is under licence: a town loads its own"


def test_a_second_run_changes_nothing(loaded: None) -> None:
    assert not load(today=TODAY)
    assert Client.objects.count() == 25


def test_without_the_town_nobody_is_made() -> None:
    assert not load(today=TODAY)
    assert Client.objects.count() == 0


def test_every_story_reads_in_order(loaded: None) -> None:
    """Received, drafted, agreed, suggested, answered, asked, answered by the host, begun, ended, closed."""
    for proposal in Proposal.objects.select_related("client", "plan", "placement"):
        plan, link = proposal.plan, proposal.requests.first()
        placement = getattr(proposal, "placement", None)
        days = [
            proposal.client.opened_on,
            plan.made_at.date(),
            plan.agreed_on,
            proposal.proposed_on,
            proposal.answered_on,
            link and link.asked_at.date(),
            link and link.answered_at and link.answered_at.date(),
            placement and placement.begins_on,
            placement and placement.ends_on,
            plan.closed_on,
        ]
        known = [day for day in days if day]
        assert known == sorted(known), (proposal.client.called, known)
        assert plan.gap_asked_on and plan.gap_asked_on <= (plan.agreed_on or TODAY)
    for client in Client.objects.all():
        plans = list(client.plans.order_by("serial"))
        for before, after in pairwise(plans):
            assert before.closed_on and before.closed_on <= after.made_at.date(), client.called
