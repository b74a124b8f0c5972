"""What the database itself refuses, whoever writes to it."""

from datetime import date, time
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from matching.actions.placements import begin
from matching.choices import ProposalState
from matching.models import Client, Condition, Consent, FollowUp, FreeTime, Placement, Plan, Proposal, RequestLink
from matching.models.base import WrongTown
from tests.matching.cast import Cast, a_key


def refused(act: Any, name: str) -> None:
    """The database refuses, for the reason that carries this name."""
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        act()
    known = name in str(refusal.value) or "UNIQUE" in str(refusal.value)
    assert known, refusal.value


def test_every_row_of_casework_belongs_to_a_town() -> None:
    # Events keep the town's code, so that nothing hangs on them; a sketch is a listing in short, of nobody.
    without = {"Event", "Sighting", "Sketch"}
    for model in apps.get_app_config("matching").get_models():
        if model.__name__ not in without:
            assert not model._meta.get_field("municipality").null, model.__name__


def test_casework_points_at_places_and_slots_only_and_protects_them() -> None:
    allowed = {"Municipality", "District", "Office", "User", "Place", "Slot"}
    for model in apps.get_app_config("matching").get_models():
        if model.__name__ == "Sketch":  # Made anew from the listing at any time: it goes with it.
            continue
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            if isinstance(field, models.ForeignKey) and target is not None and target._meta.app_label == "directory":
                assert target.__name__ in allowed, f"{model.__name__}.{field.name}"
                assert field.remote_field.on_delete is models.PROTECT, f"{model.__name__}.{field.name}"


def test_a_row_cannot_be_saved_in_another_town_than_its_person(cast: Cast) -> None:
    with pytest.raises(WrongTown):
        Plan.objects.create(client=cast.a_client(), municipality=cast.next_town, serial=1, made_by=cast.sakura)


def test_a_place_with_history_cannot_be_deleted(cast: Cast) -> None:
    cast.a_proposal(cast.a_client())
    with pytest.raises(models.ProtectedError):
        cast.place.delete()


def test_two_persons_never_share_a_number(cast: Cast) -> None:
    client = cast.a_client()
    refused(lambda: cast.a_client(serial=client.serial), "client_numbers_are_unique")


def test_closed_persons_and_only_they_say_when(cast: Cast) -> None:
    cast.a_client()
    refused(lambda: Client.objects.update(state="closed"), "closed_clients_and_only_they_say_when")
    refused(lambda: Client.objects.update(closed_on=date(2026, 11, 24)), "closed_clients_and_only_they_say_when")


def test_one_answer_per_question_and_a_value_only_with_a_yes(cast: Cast) -> None:
    client = cast.a_client()
    cast.a_condition(client, "max_cost_yen", True, 300)
    refused(lambda: cast.a_condition(client, "max_cost_yen", None), "one_main_condition_per_key")
    for other in (False, None):
        refused(lambda other=other: Condition.objects.update(answer=other), "only_a_yes_of_a_condition_has_a_value")
    refused(lambda: cast.a_condition(client, "horoscope", True), "condition_key_is_known")


def test_times_stand_with_a_possible_weekday_only(cast: Cast) -> None:
    cast.free(cast.a_client(), 1, time(10), time(12))
    for wrong in (
        {"answer": False},
        {"answer": None},
        {"ends": time(9)},
        {"begins": None},
        {"ends": None},
        {"weekday": 7},
    ):
        refused(lambda wrong=wrong: FreeTime.objects.update(**wrong), "weekday")


def test_only_a_given_consent_reaches_hosts(cast: Cast) -> None:
    cast.a_consent(cast.a_client())
    for state in ("refused", "unasked", "conference_only"):
        refused(lambda state=state: Consent.objects.update(state=state), "only_a_given_consent_reaches_hosts")
    Consent.objects.update(name_to_hosts=True)
    refused(lambda: Consent.objects.update(state="oral"), "a_name_reaches_hosts_on_written_consent_only")


def test_one_consent_stands_at_a_time(cast: Cast) -> None:
    client = cast.a_client()
    cast.a_consent(client)
    refused(lambda: cast.a_consent(client), "one_standing_consent_per_client")


def test_an_agreed_plan_has_the_gap_question_answered(cast: Cast) -> None:
    cast.a_plan(cast.a_client())
    refused(
        lambda: Plan.objects.update(gap="", gap_asked_on=None),
        "an_agreed_plan_has_a_day_and_the_gap_question_answered",
    )


def test_declined_proposals_and_only_they_have_a_reason(cast: Cast) -> None:
    cast.a_proposal(cast.a_client())
    name = "declined_proposals_and_only_they_have_a_reason"
    refused(lambda: Proposal.objects.update(state="declined"), name)
    refused(lambda: Proposal.objects.update(decline_side="person", decline_reason="cost"), name)


@pytest.mark.parametrize("state", ["wanted", "asked", "talking", "welcomed", "visiting", "visited", "begun", "ended"])
def test_nothing_goes_on_without_the_persons_yes(cast: Cast, state: str) -> None:
    cast.a_proposal(cast.a_client(), state=ProposalState.PROPOSED)
    refused(lambda: Proposal.objects.update(state=state), "nothing_goes_on_without_the_persons_yes")
    refused(
        lambda: Proposal.objects.update(state=state, person_answer="no", answered_on=date(2026, 11, 24)),
        "nothing_goes_on_without_the_persons_yes",
    )


def test_one_open_letter_per_proposal(cast: Cast) -> None:
    client = cast.a_client()
    consent, proposal = cast.a_consent(client), cast.a_proposal(client)

    def letter() -> RequestLink:
        return RequestLink.objects.create(
            municipality=cast.town,
            proposal=proposal,
            request_uuid=a_key(),
            consent=consent,
            asked_by=cast.sakura,
            reply_by_on=date(2026, 12, 1),
        )

    letter()
    refused(letter, "one_open_request_per_proposal")
    RequestLink.objects.update(withdrawn_at=timezone.now())
    letter()


def test_ends_have_reasons_and_follow_beginnings(cast: Cast) -> None:
    begin(
        proposal=cast.a_proposal(cast.a_client(), state=ProposalState.WELCOMED),
        begins_on=date(2026, 11, 17),
        by=cast.sakura,
    )
    refused(lambda: Placement.objects.update(end_reason="moved"), "ended_placements_and_only_they_have_a_reason")
    ended = {"end_reason": "moved", "end_version": "2026-04", "ended_by": cast.sakura}
    refused(
        lambda: Placement.objects.update(**ended, ends_on=date(2026, 11, 1), holds_seat=False),
        "placement_ends_after_it_begins",
    )
    refused(
        lambda: Placement.objects.update(**ended, ends_on=date(2026, 11, 30)), "only_a_running_placement_holds_a_seat"
    )
    refused(lambda: FollowUp.objects.update(self_rating=3), "a_follow_up_done_says_when_and_by_whom")
    done = {"done_on": date(2026, 11, 24), "done_by": cast.sakura}
    refused(lambda: FollowUp.objects.update(**done, self_rating=6), "self_rating_is_1_to_5")


def test_codes_are_read_in_the_version_they_were_given_in() -> None:
    from matching import codes

    for name in codes.names():
        newest = codes.current(name)
        assert newest.codes, name
        for code, label in newest.choices:
            assert codes.label(name, code, newest.version) == label
    for wrong in [("troubles", "nothing", "2026-04"), ("troubles", "debt", "1999"), ("../secrets", "a", "b")]:
        with pytest.raises(codes.UnknownCode):
            codes.label(*wrong)
