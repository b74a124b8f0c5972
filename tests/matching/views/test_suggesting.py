"""この場を提案する: そらさん is suggested a place; what was known is frozen, and the order is justified."""

import uuid
from datetime import date

from django.test import Client as Browser

from directory.models import Place, Role, Slot
from matching.actions.placements import begin, end
from matching.actions.proposals import answer, decline
from matching.candidates.explanation import NEUTRAL
from matching.candidates.finding import State, find
from matching.choices import PersonAnswer, ProposalState
from matching.facts_of import person_facts
from matching.models import Client, Event, Proposal
from matching.options import options_for
from tests.matching.candidates.people import a_person, a_place
from tests.matching.cast import TODAY, Cast

from .connecting_pages import at, part, words_of


def test_the_best_place_is_suggested_without_a_reason_and_what_was_known_is_frozen(
    cast: Cast, sora: Client, town: dict[str, Place], desk: Browser
) -> None:
    good = town["good"]
    page = at("desk_propose", sora, good.uuid)
    assert "この場を選ぶわけ" not in words_of(desk.get(page))
    response = desk.post(page, {"what": f"slot-{cast.slot_of(good).uuid}"})
    made = Proposal.objects.get()
    assert response["Location"] == at("desk_proposal", sora, made.uuid)
    assert (made.place, made.slot, made.role_text) == (good, cast.slot_of(good), "食べに来る（お客さん）")
    assert made.band == "good" and made.rules_version and made.against_order == ""
    Place.objects.filter(pk=good.pk).update(quiet_corner=False, description="")
    made = Proposal.objects.get()
    assert made.inputs["place"]["quiet_corner"] is True and made.inputs["person"]["interests"] == ["将棋"]
    assert {"place": str(good.uuid), "state": "candidate", "band": "good"} in made.inputs["order"]
    assert "好きなこと（将棋）とつながります" in words_of(desk.get(response["Location"]))
    assert sora.called not in str(made.inputs) and "電話は午後" not in str(made.inputs)
    again = words_of(desk.get(at("desk_candidates", sora)))
    assert "提案ずみ（本人の返事待ち）" in part(again, "excluded")


def test_choosing_against_the_order_asks_for_a_reason(sora: Client, town: dict[str, Place], desk: Browser) -> None:
    page = at("desk_propose", sora, town["ask"].uuid)
    shown = words_of(desk.get(page))
    assert "順番では、先にある場があります" in shown and "静かな将棋の部屋" in shown
    refused = desk.post(page, {"what": "later", "against_order": "  "})
    assert refused.status_code == 422 and not Proposal.objects.exists()
    desk.post(page, {"what": "later", "against_order": "本人が前に行ったことがある"})
    made = Proposal.objects.get()
    assert made.against_order == "本人が前に行ったことがある" and made.explanation["state"] == "ask_first"
    details = " ".join(str(event.details) for event in Event.objects.all())
    assert "前に行った" not in details


def test_what_was_suggested_already_is_not_before_the_others_any_more(
    sora: Client, town: dict[str, Place], desk: Browser
) -> None:
    desk.post(at("desk_propose", sora, town["good"].uuid), {"what": "later"})
    desk.post(at("desk_propose", sora, town["hidden"].uuid), {"what": "later"})
    assert "順番では" not in words_of(desk.get(at("desk_propose", sora, town["lively"].uuid)))


def test_a_place_that_did_not_fit_comes_after_the_others_of_its_band_with_a_word(
    cast: Cast, sora: Client, town: dict[str, Place], desk: Browser
) -> None:
    """Nobody is locked out: what did not fit once may be tried again, and is told."""
    before = cast.a_proposal(sora, town["good"], state=ProposalState.WELCOMED)
    began = begin(proposal=before, begins_on=date(2026, 6, 1), by=cast.sakura)
    end(placement=began, reason="did_not_fit", ends_on=date(2026, 6, 30), by=cast.sakura)
    assert person_facts(sora, today=TODAY).tried == {str(town["good"].uuid)}
    option = options_for(sora).by_key[str(town["good"].uuid)]
    assert option.candidate.state is State.CANDIDATE
    assert [line.words for line in option.minds if line.label == "前の参加"] == [
        "前に参加して「合わなかった」で終わっています"
    ]
    one, other = a_place(id="a"), a_place(id="b")
    assert {find(a_person(tried=frozenset({key})), [one, other]).in_order[-1].place_id for key in "ab"} == {"a", "b"}


def test_pressing_twice_suggests_once(sora: Client, town: dict[str, Place], desk: Browser) -> None:
    for _press in range(2):
        desk.post(at("desk_propose", sora, town["good"].uuid), {"what": "later"})
    assert Proposal.objects.count() == 1


def test_without_a_plan_the_page_leads_to_one(cast: Cast, town: dict[str, Place], desk: Browser) -> None:
    client = cast.a_client(called="うみ")
    page = at("desk_propose", client, town["good"].uuid)
    assert at("desk_plan", client) in words_of(desk.get(page))
    assert desk.post(page, {"what": "later", "against_order": "わけ"}).status_code == 422
    assert not Proposal.objects.exists()


def test_a_made_up_role_is_refused(sora: Client, town: dict[str, Place], desk: Browser) -> None:
    other = Role.objects.get(activity__place=town["far"])
    for what in ("", "role-x", f"role-{other.uuid}", f"slot-{uuid.uuid4()}"):
        assert desk.post(at("desk_propose", sora, town["good"].uuid), {"what": what}).status_code == 422
    assert not Proposal.objects.exists()


def test_a_no_closes_that_place_and_no_other(cast: Cast, sora: Client, town: dict[str, Place], desk: Browser) -> None:
    before = part(words_of(desk.get(at("desk_candidates", sora))), "band-part")
    assert "体操クラブ" in before
    desk.post(at("desk_propose", sora, town["good"].uuid), {"what": "later"})
    answer(proposal=Proposal.objects.get(), answer=PersonAnswer.NO, by=cast.sakura)
    html = words_of(desk.get(at("desk_candidates", sora)))
    assert "静かな将棋の部屋" in part(html, "excluded") and "「行きたくない」と話した場です" in part(html, "excluded")
    assert part(html, "band-part") == before


def test_a_place_declined_for_other_reasons_may_be_suggested_again(
    cast: Cast, sora: Client, town: dict[str, Place], desk: Browser
) -> None:
    proposal = cast.a_proposal(sora, town["good"], state=ProposalState.WANTED)
    decline(proposal=proposal, reason="host_full", by=cast.sakura)
    assert "静かな将棋の部屋" in part(words_of(desk.get(at("desk_candidates", sora))), "band-best")


def test_a_suggestion_withdrawn_for_safety_is_treated_like_an_avoided_place(
    cast: Cast, sora: Client, town: dict[str, Place], desk: Browser
) -> None:
    decline(
        proposal=cast.a_proposal(sora, town["good"], state=ProposalState.WANTED), reason="staff_safety", by=cast.sakura
    )
    assert "静かな将棋の部屋" not in words_of(desk.get(at("desk_candidates", sora)))
    assert NEUTRAL in words_of(desk.get(at("desk_why", sora, town["good"].uuid)))


def test_a_taken_seat_is_offered_no_longer(cast: Cast, sora: Client, town: dict[str, Place], desk: Browser) -> None:
    page, slot = at("desk_propose", sora, town["good"].uuid), cast.slot_of(town["good"])
    assert f"slot-{slot.uuid}" in words_of(desk.get(page))
    Slot.objects.filter(pk=slot.pk).update(free_seats=0)
    html = words_of(desk.get(page))
    assert f"slot-{slot.uuid}" not in html and "空きなし" in html


def test_the_day_of_the_tests_is_the_day_of_the_page(sora: Client, town: dict[str, Place], desk: Browser) -> None:
    desk.post(at("desk_propose", sora, town["good"].uuid), {"what": "later"})
    assert Proposal.objects.get().proposed_on == TODAY


def test_a_role_takes_a_seat_of_the_slot_that_is_for_all(
    cast: Cast, sora: Client, town: dict[str, Place], desk: Browser
) -> None:
    """Seats agreed for the whole activity: each of its roles says how many are left, and takes one of them."""
    slot = cast.slot_of(town["good"])
    role = slot.role
    Slot.objects.filter(pk=slot.pk).update(role=None, free_seats=1)
    page = at("desk_propose", sora, town["good"].uuid)
    html = words_of(desk.get(page))
    assert "食べに来る（お客さん）・30分　あと1人" in html and "空きなし" not in html
    for looked_at in ("", f"?slot={slot.uuid}", "?slot=nonsense"):
        assert desk.get(page + looked_at).context["form"].fields["what"].initial == f"role-{role.uuid}"
    desk.post(page, {"what": f"role-{role.uuid}"})
    made = sora.proposals.get()
    assert (made.slot, made.role_uuid) == (slot, role.uuid)
