"""A card as a place that is not there yet: whom it would suit, counted anew, from those with little to choose from."""

import uuid
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from directory.models import Place
from matching.actions.prospects import Idea, make
from matching.candidates.rules import DEFAULT
from matching.conditions import QUESTIONS
from matching.models import Client, Prospect
from matching.needs import town_needs
from matching.new_places import PROMISES, suits
from matching.refusals import NotPossible
from tests.matching.candidates.people import a_person
from tests.matching.cast import Cast

from .views.conftest import desk, sora, town

pytestmark = pytest.mark.django_db
__all__ = ["desk", "sora", "town"]


def card(cast: Cast, **facts: Any) -> Prospect:
    idea = Idea(**{"name": "駅前の空き店舗", "district": cast.district, **facts})
    return make(municipality=cast.town, idea=idea, worker=cast.sakura, by=cast.sakura, form_key=uuid.uuid4())


def test_who_cannot_come_is_not_counted_and_who_needs_more_is_not_met(cast: Cast) -> None:
    cast.district.latitude, cast.district.longitude = 35.0, 137.0
    cast.district.save()
    people = {
        1: a_person(interests=("将棋",)),
        2: a_person({"needs_step_free": True}),
        3: a_person({"needs_step_free": True, "needs_quiet_corner": True}),
        4: a_person(lat=35.9),
    }
    found = suits(card(cast, meets=["needs_step_free"], idea="将棋を指す部屋"), people, DEFAULT)
    assert (found.can_come, found.is_met, found.likes) == ({1, 2, 3}, {1, 2}, {1})
    assert found.by_promise == {"needs_step_free": 2}
    brought = suits(card(cast, meets=["needs_step_free"], remedies=["交通"]), people, DEFAULT)
    assert brought.can_come == {1, 2, 3, 4}


def test_every_promise_answers_a_question_and_no_other_is_taken(cast: Cast) -> None:
    assert set(PROMISES) <= set(QUESTIONS)
    with pytest.raises(NotPossible):
        card(cast, meets=["needs_gold"])


def test_a_row_of_what_is_unmet_becomes_a_card_that_tells_whom_it_reaches(
    cast: Cast, desk: Browser, sora: Client, town: dict[str, Place]
) -> None:
    Place.objects.update(quiet_corner=False)
    row = next(one for one in town_needs(cast.town, today=timezone.localdate()).conditions if "静か" in one.condition)
    page = desk.get(reverse("desk_resources")).content.decode()
    address = f"{reverse('desk_prospect_add')}?meets={row.key}" + (f"&amp;district={row.place}" if row.place else "")
    assert address in page
    form = desk.get(address.replace("&amp;", "&")).context["form"]
    assert form["meets"].value() == ["needs_quiet_corner"]
    made = card(cast, meets=["needs_quiet_corner"], idea="将棋の部屋")
    shown = desk.get(reverse("desk_prospect", args=[made.uuid])).content.decode()
    assert "1人が通えそう" in shown and sora.number in shown
