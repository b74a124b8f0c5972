"""A town of more places than are judged in full: the same answers for what is judged, and nothing lost silently."""

from datetime import date, timedelta

import numpy as np
import pytest
from django.utils import timezone

from directory.actions.recording import changed
from directory.choices import RoleKind
from directory.models import Activity, Place, Role, Slot
from matching import narrowing, options
from matching.candidates.columns import columns_of
from matching.candidates.finding import State
from matching.facts_of import place_facts, places_to_judge
from matching.models import Client, Sketch
from matching.options import options_for
from matching.sketches import town_columns
from tests.matching.cast import Cast

from .views.conftest import sora, town
from .views.connecting_pages import a_place, hide

pytestmark = pytest.mark.django_db
__all__ = ["sora", "town"]
FEW = 4


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if nobody read more than four places."""
    monkeypatch.setattr(options, "MOST_JUDGED", FEW)
    monkeypatch.setattr(narrowing, "MOST_JUDGED", FEW)


def numbers(found: options.Options) -> dict[State, int]:
    return {state: found.number(state) for state in State}


@pytest.mark.usefixtures("narrow")
def test_what_is_not_judged_is_counted(sora: Client, town: dict[str, Place], monkeypatch: pytest.MonkeyPatch) -> None:
    narrowed = options_for(sora)
    assert len(narrowed.by_key) == FEW
    assert str(town["good"].uuid) in narrowed.by_key, "the place that fits best is judged"
    monkeypatch.setattr(options, "MOST_JUDGED", 100)
    whole = options_for(sora)
    assert not whole.left_out
    assert numbers(narrowed) == numbers(whole)
    for key, option in narrowed.by_key.items():
        assert option.candidate == whole.by_key[key].candidate


@pytest.mark.usefixtures("narrow")
def test_a_place_asked_for_is_judged_also_in_a_large_town(sora: Client, town: dict[str, Place]) -> None:
    far = str(town["far"].uuid)
    assert far in options_for(sora, also=[far]).by_key


@pytest.mark.usefixtures("narrow")
def test_a_place_kept_away_from_is_neither_judged_nor_counted(cast: Cast, sora: Client, town: dict[str, Place]) -> None:
    before = sum(numbers(options_for(sora)).values())
    hide(cast, sora, town["hidden"])
    found = options_for(sora, also=[str(town["hidden"].uuid)])
    assert str(town["hidden"].uuid) not in found.by_key
    assert sum(numbers(found).values()) == before - 1


def test_sketches_follow_their_listings(cast: Cast, sora: Client, town: dict[str, Place]) -> None:
    today = timezone.localdate()

    def steps(place: Place) -> int:
        known = town_columns(cast.town, today=today)
        row = known.columns.row_of()[str(place.uuid)]
        return int(known.columns.facts["step_free"][row])

    assert steps(town["good"]) == 0
    town["good"].step_free = False
    town["good"].save()
    changed(town["good"], action="listing.change", by=cast.sakura)
    assert steps(town["good"]) == 2
    assert steps(town["lively"]) == 0
    assert Sketch.objects.count() == Place.objects.count()


def test_seats_and_age_are_those_of_now(cast: Cast, sora: Client, town: dict[str, Place]) -> None:
    today = timezone.localdate()
    known = town_columns(cast.town, today=today)
    row = known.columns.row_of()[str(town["good"].uuid)]
    assert known.columns.role_seats[known.columns.first_role[row]] == 1
    cast_slot = cast.slot_of(town["good"])
    cast_slot.free_seats = 0
    cast_slot.save()
    tomorrow = town_columns(cast.town, today=today + timedelta(days=1))
    row = tomorrow.columns.row_of()[str(town["good"].uuid)]
    assert tomorrow.columns.role_seats[tomorrow.columns.first_role[row]] == 0
    assert tomorrow.columns.numbers["confirmed_days_ago"][row] == (today - town["good"].confirmed_on).days + 1


def test_the_sieve_and_the_judgement_read_the_same_seats(cast: Cast, sora: Client, town: dict[str, Place]) -> None:
    """Slots of a role, of an activity, switched off, of nothing at all: kept columns and facts say the same."""
    today = timezone.localdate()
    place, since = town["good"], date(2026, 4, 1)
    meal = place.activities.get()
    washing = Role.objects.create(activity=meal, name="皿洗い", kind=RoleKind.BEHIND)
    stall = Activity.objects.create(place=place, name="野菜市", cost_yen=0)
    sell = Role.objects.create(activity=stall, name="売り子", kind=RoleKind.HELPER)
    Activity.objects.create(place=place, name="庭の手入れ")
    Slot.objects.create(activity=meal, role=washing, seats=2, free_seats=2, from_on=since)
    Slot.objects.create(activity=stall, seats=4, free_seats=0, from_on=since)
    Slot.objects.create(activity=stall, role=sell, seats=2, free_seats=1, from_on=since, is_open=False)
    changed(place, action="listing.change", by=cast.sakura)
    known = town_columns(cast.town, today=today)
    facts = {str(one.uuid): place_facts(one, today=today) for one in places_to_judge(cast.town, today=today)}
    fresh = columns_of([facts[key] for key in known.columns.ids])
    for name in ("role_cost", "role_seats", "role_receives", "role_comes_to_you", "role_week", "opening_begins"):
        np.testing.assert_array_equal(getattr(known.columns, name), getattr(fresh, name), err_msg=name)
    mine = facts[str(place.uuid)]
    seats = {role.name: (role.terms.free_seats, role.terms.is_receiving) for role in mine.roles if role.terms}
    assert seats == {"食べに来る": (1, True), "皿洗い": (2, True), "売り子": (0, True), "庭の手入れ": (None, True)}


def test_a_new_place_joins_those_known(cast: Cast, sora: Client, town: dict[str, Place]) -> None:
    today = timezone.localdate()
    known = town_columns(cast.town, today=today)
    a_place(cast, "あたらしい場", "あたらしいば")
    assert len(town_columns(cast.town, today=today).columns) == len(known.columns) + 1
