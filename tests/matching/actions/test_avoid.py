"""Places to be kept away from."""

import pytest

from directory.actions.places import merge
from matching.actions.avoidances import avoid, is_avoided, lift
from matching.actions.proposals import propose
from matching.choices import AvoidanceKind
from matching.models import Avoidance, Event
from matching.options import options_for
from matching.refusals import NotForThisPerson, ValueMissing
from tests.matching.cast import Cast


@pytest.mark.parametrize("kind", list(AvoidanceKind))
def test_an_avoided_place_is_proposed_to_nobody_and_always_with_the_same_sentence(
    cast: Cast, kind: AvoidanceKind
) -> None:
    client = cast.a_client()
    cast.a_plan(client)
    avoid(client=client, kind=kind, place=cast.place, words="元の夫がいる", by=cast.sakura)
    with pytest.raises(NotForThisPerson) as refusal:
        propose(client=client, place=cast.place, by=cast.sakura, inputs={}, explanation={}, rules_version="1")
    assert str(refusal.value) == str(NotForThisPerson())


def test_the_event_tells_neither_the_place_nor_the_reason(cast: Cast) -> None:
    client = cast.a_client()
    avoid(client=client, kind=AvoidanceKind.DV, place=cast.place, words="元の夫がいる", by=cast.sakura)
    details = str(Event.objects.get(action="avoidance.set").details)
    assert str(cast.place.uuid) not in details
    assert "dv" not in details
    assert "夫" not in details


def test_a_place_that_was_merged_into_another_is_avoided_there_too(cast: Cast) -> None:
    client, old, older = cast.a_client(), cast.a_place("前の名", "まえのな"), cast.a_place("昔の名", "むかしのな")
    cast.a_plan(client)
    avoid(client=client, kind=AvoidanceKind.DV, place=older, by=cast.sakura)
    merge(place=older, into=old, by=cast.kanri)
    merge(place=old, into=cast.place, by=cast.kanri)
    assert is_avoided(client, cast.place)
    assert str(cast.place.uuid) not in options_for(client).by_key
    with pytest.raises(NotForThisPerson):
        propose(client=client, place=cast.place, by=cast.sakura, inputs={}, explanation={}, rules_version="1")


def test_it_is_set_once_and_lifted_without_being_lost(cast: Cast) -> None:
    client = cast.a_client()
    one = avoid(client=client, kind=AvoidanceKind.NG, place=cast.place, by=cast.sakura)
    assert avoid(client=client, kind=AvoidanceKind.NG, place=cast.place, by=cast.sakura) == one
    lift(avoidance=one, by=cast.sakura)
    assert not is_avoided(client, cast.place)
    assert Avoidance.objects.count() == 1


def test_somebody_to_avoid_may_be_named_in_words_but_something_must_be_said(cast: Cast) -> None:
    client = cast.a_client()
    assert avoid(client=client, kind=AvoidanceKind.PERSON, words="近所のKさん", by=cast.sakura).place is None
    for kind in AvoidanceKind:
        with pytest.raises(ValueMissing):
            avoid(client=client, kind=kind, by=cast.sakura)
