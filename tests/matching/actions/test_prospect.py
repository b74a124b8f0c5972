"""Cards of 資源開拓: one card per form, every talk kept, of two editors the second is told."""

import uuid
from datetime import date
from typing import Any

import pytest
from django.db import connection

from matching.actions import prospects
from matching.choices import ProspectState
from matching.models import Event, Prospect, ProspectStep
from matching.refusals import EditedMeanwhile, NotPossible, ValueMissing, WrongStep
from tests.matching.cast import Cast

pytestmark = pytest.mark.django_db


def a_card(cast: Cast, **said: Any) -> Prospect:
    idea = prospects.Idea(**{"name": "駅前の喫茶店", "remedies": ["交通"], **said})
    return prospects.make(municipality=cast.town, idea=idea, worker=cast.sakura, by=cast.sakura, form_key=uuid.uuid4())


def test_one_form_makes_one_card(cast: Cast) -> None:
    key = uuid.uuid4()
    idea = prospects.Idea(name="花だんの会")
    made = [
        prospects.make(municipality=cast.town, idea=idea, worker=cast.sakura, by=cast.sakura, form_key=key)
        for _twice in range(2)
    ]
    assert made[0] == made[1]
    assert made[0].state == ProspectState.UNTOUCHED
    assert Event.objects.filter(action="prospect.made").count() == 1


@pytest.mark.parametrize(("said", "words"), [({"name": "  "}, "相手"), ({"remedies": ["お金"]}, "選び直して")])
def test_what_is_missing_is_said(cast: Cast, said: dict[str, Any], words: str) -> None:
    with pytest.raises(NotPossible) as refusal:
        a_card(cast, **said)
    assert words in str(refusal.value.sentence)
    assert not Prospect.objects.exists()


def test_names_are_sealed_in_the_database(cast: Cast) -> None:
    card = a_card(cast, contact="0000-22-0000")
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, contact FROM matching_prospect")
        stored = cursor.fetchone()
    assert stored is not None
    assert not any("喫茶" in text or "0000-22" in text for text in stored)
    assert Prospect.objects.get(pk=card.pk).name == "駅前の喫茶店"


def test_a_talk_moves_the_card_and_is_kept(cast: Cast) -> None:
    card = a_card(cast)
    moved = prospects.move(
        prospect=card, seen=ProspectState.UNTOUCHED, to=ProspectState.ASKED, words="見に来てよいとのこと",
        on=date(2026, 11, 20), next_on=date(2026, 12, 1), by=cast.sakura,
    )  # fmt: skip
    assert (moved.state, moved.next_on) == (ProspectState.ASKED, date(2026, 12, 1))
    step = ProspectStep.objects.get()
    assert (step.before, step.after, step.words) == ("untouched", "asked", "見に来てよいとのこと")


def test_the_same_press_twice_moves_once(cast: Cast) -> None:
    card = a_card(cast)
    for _press in range(2):
        moved = prospects.move(prospect=card, seen=ProspectState.UNTOUCHED, to=ProspectState.ASKED, by=cast.sakura)
        assert moved.state == ProspectState.ASKED
    assert ProspectStep.objects.count() == 1


def test_of_two_who_move_a_card_the_second_is_told(cast: Cast) -> None:
    card = a_card(cast)
    prospects.move(prospect=card, seen=ProspectState.UNTOUCHED, to=ProspectState.ASKED, by=cast.sakura)
    with pytest.raises(WrongStep):
        prospects.move(prospect=card, seen=ProspectState.UNTOUCHED, to=ProspectState.ASKED, by=cast.nakano)
    assert ProspectStep.objects.count() == 1


def test_a_card_is_registered_with_its_place_and_goes_back_one_step(cast: Cast) -> None:
    card = a_card(cast)
    with pytest.raises(ValueMissing):
        prospects.move(prospect=card, seen=ProspectState.UNTOUCHED, to=ProspectState.REGISTERED, by=cast.sakura)
    prospects.move(
        prospect=card, seen=ProspectState.UNTOUCHED, to=ProspectState.REGISTERED, place=cast.place, by=cast.sakura
    )
    with pytest.raises(WrongStep):
        prospects.move(prospect=card, seen=ProspectState.REGISTERED, to=ProspectState.ASKED, by=cast.sakura)
    back = prospects.move(prospect=card, seen=ProspectState.REGISTERED, to=ProspectState.AGREED, by=cast.sakura)
    assert back.state == ProspectState.AGREED


def test_staying_needs_words(cast: Cast) -> None:
    card = a_card(cast)
    with pytest.raises(ValueMissing):
        prospects.move(prospect=card, seen=ProspectState.UNTOUCHED, to=ProspectState.UNTOUCHED, by=cast.sakura)


def test_of_two_editors_the_second_sees_both_texts(cast: Cast) -> None:
    card = a_card(cast)
    mine = prospects.Idea(name="駅前の喫茶店", idea="午後の席")
    prospects.change(prospect=card, idea=mine, worker=cast.sakura, edit_version=1, by=cast.sakura)
    with pytest.raises(EditedMeanwhile) as clash:
        prospects.change(
            prospect=card, idea=prospects.Idea(name="駅前の喫茶店", idea="朝の席"), worker=cast.sakura,
            edit_version=1, by=cast.nakano,
        )  # fmt: skip
    assert clash.value.theirs["idea"] == "午後の席"
    assert clash.value.mine["idea"] == "朝の席"
