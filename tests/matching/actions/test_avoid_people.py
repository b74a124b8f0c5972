"""Two people who must not meet: neither is sent where the other is, and neither file tells of the other."""

import json

import pytest
from django.test import Client as Browser
from django.urls import reverse

from matching.actions.avoidances import avoid, is_avoided, lift
from matching.actions.placements import begin, end
from matching.actions.proposals import decline, propose
from matching.choices import AvoidanceKind, ProposalState
from matching.facts_of import frozen, people_facts, person_facts
from matching.models import Avoidance, Client, Event
from matching.options import options_for
from matching.refusals import NotForThisPerson, NotPossible, ValueMissing
from tests.matching.cast import TODAY, Cast

from ..views.conftest import desk

__all__ = ["desk"]


@pytest.fixture
def pair(cast: Cast) -> tuple[Client, Client]:
    """そらさん, and somebody who a host has said yes to at the first place."""
    sora, other = cast.a_client(), cast.a_client()
    cast.a_proposal(other, state=ProposalState.WELCOMED)
    return sora, other


def keep_apart(cast: Cast, sora: Client, other: Client) -> Avoidance:
    return avoid(client=sora, kind=AvoidanceKind.PERSON, other=other, words="元の夫", by=cast.sakura)


def test_where_one_takes_part_the_other_is_not_sent(cast: Cast, pair: tuple[Client, Client]) -> None:
    sora, other = pair
    assert not is_avoided(sora, cast.place)
    keep_apart(cast, sora, other)
    assert is_avoided(sora, cast.place)
    assert str(cast.place.uuid) not in options_for(sora).by_key
    cast.a_plan(sora)
    with pytest.raises(NotForThisPerson):
        propose(client=sora, place=cast.place, by=cast.sakura, inputs={}, explanation={}, rules_version="1")


def test_it_holds_for_the_other_too_whoever_was_there_first(cast: Cast) -> None:
    sora, other = cast.a_client(), cast.a_client()
    keep_apart(cast, sora, other)
    assert not is_avoided(other, cast.place)
    cast.a_proposal(sora, state=ProposalState.WELCOMED)
    assert is_avoided(other, cast.place) and not is_avoided(sora, cast.place)


@pytest.mark.parametrize("state", [ProposalState.PROPOSED, ProposalState.WANTED])
def test_a_place_that_was_only_spoken_about_stays_open(cast: Cast, state: ProposalState) -> None:
    sora, other = cast.a_client(), cast.a_client()
    cast.a_proposal(other, state=state)
    keep_apart(cast, sora, other)
    assert not is_avoided(sora, cast.place)


def test_an_open_suggestion_there_is_called_off(cast: Cast, pair: tuple[Client, Client]) -> None:
    sora, other = pair
    proposal = cast.a_proposal(sora)
    keep_apart(cast, sora, other)
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.DECLINED


def test_nothing_is_written_into_the_other_file_and_the_event_names_nobody(
    cast: Cast, pair: tuple[Client, Client]
) -> None:
    sora, other = pair
    before = Event.objects.filter(subject=other.uuid).count()
    keep_apart(cast, sora, other)
    assert Event.objects.filter(subject=other.uuid).count() == before
    assert str(other.uuid) not in str(Event.objects.get(action="avoidance.set").details)
    assert other.avoidances.count() == 0


def test_in_the_database_the_other_person_is_sealed(cast: Cast, pair: tuple[Client, Client]) -> None:
    sora, other = pair
    row = keep_apart(cast, sora, other)
    with pytest.raises(TypeError):
        Avoidance.objects.filter(other=str(other.uuid)).first()
    assert Avoidance.objects.get(pk=row.pk).other == str(other.uuid)


def test_it_is_written_once_and_ends_when_lifted(cast: Cast, pair: tuple[Client, Client]) -> None:
    sora, other = pair
    row = keep_apart(cast, sora, other)
    assert keep_apart(cast, sora, other) == row
    lift(avoidance=row, by=cast.sakura)
    assert not is_avoided(sora, cast.place)


def test_words_pressed_twice_stand_there_once(cast: Cast) -> None:
    sora = cast.a_client()
    for words in ("元の上司", "元の上司", "隣の人"):
        avoid(client=sora, kind=AvoidanceKind.PERSON, words=words, by=cast.sakura)
    assert sorted(row.words for row in sora.avoidances.all()) == ["元の上司", "隣の人"]


def test_no_place_that_is_avoided_is_kept_with_a_suggestion(cast: Cast) -> None:
    """Not even by another way: what was declined there is set aside, what was tried there did not fit."""
    sora, other = cast.a_client(), cast.a_place("別の場", "べつのば")
    begun = begin(proposal=cast.a_proposal(sora, state=ProposalState.WELCOMED), begins_on=TODAY, by=cast.sakura)
    end(placement=begun, reason="did_not_fit", ends_on=TODAY, by=cast.sakura)
    decline(proposal=cast.a_proposal(sora, other), reason="staff_better", by=cast.sakura)
    for place in (cast.place, other):
        avoid(client=sora, kind=AvoidanceKind.DV, place=place, by=cast.sakura)
    facts = person_facts(sora, today=TODAY)
    assert facts.tried and facts.set_aside
    kept = json.dumps(frozen(facts), ensure_ascii=False)
    assert str(cast.place.uuid) not in kept and str(other.uuid) not in kept


def test_many_people_are_asked_about_at_once(cast: Cast, pair: tuple[Client, Client]) -> None:
    sora, other = pair
    keep_apart(cast, sora, other)
    third = cast.a_client()
    avoided = [facts.avoided for facts in people_facts([sora, other, third], today=TODAY)]
    assert avoided == [frozenset({str(cast.place.uuid)}), frozenset(), frozenset()]


def test_nobody_is_kept_away_from_themselves_or_from_another_town(cast: Cast, pair: tuple[Client, Client]) -> None:
    sora, _other = pair
    with pytest.raises(NotPossible):
        keep_apart(cast, sora, sora)
    with pytest.raises(NotPossible):
        avoid(client=sora, kind=AvoidanceKind.DV, place=cast.place, other=_other, by=cast.sakura)
    with pytest.raises(ValueMissing):
        avoid(client=sora, kind=AvoidanceKind.PERSON, by=cast.sakura)


def test_words_alone_are_shown_before_a_place_is_suggested(cast: Cast, desk: Browser) -> None:
    sora = cast.a_client()
    address = reverse("desk_candidates", args=[sora.number])
    assert "提案の前に確かめてください" not in desk.get(address).content.decode()
    avoid(client=sora, kind=AvoidanceKind.PERSON, words="元の上司", by=cast.sakura)
    page = desk.get(address).content.decode()
    assert "提案の前に確かめてください" in page and "元の上司" not in page


def test_a_number_that_nobody_has_is_told_and_nothing_typed_is_lost(cast: Cast, desk: Browser) -> None:
    sora = cast.a_client()
    answer = desk.post(
        reverse("desk_avoid", args=[sora.number]), {"kind": "person", "other": "R8-9999", "words": "元の上司"}
    )
    page = answer.content.decode()
    assert answer.status_code == 422 and "この番号の人はいません" in page and "元の上司" in page
    other = cast.a_client()
    answer = desk.post(
        reverse("desk_avoid", args=[sora.number]), {"kind": "person", "other": other.number}, follow=True
    )
    page = answer.content.decode()
    assert "その人が通う場" in page and f"番号 {other.number} の人" in page


def test_a_suggestion_that_was_declined_keeps_nobody_away(cast: Cast) -> None:
    sora, other = cast.a_client(), cast.a_client()
    decline(proposal=cast.a_proposal(other), reason="dislikes", by=cast.sakura)
    keep_apart(cast, sora, other)
    assert not is_avoided(sora, cast.place)
