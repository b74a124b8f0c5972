"""Trying other weights shows what choosing them would do, and does nothing."""

from dataclasses import replace
from types import MappingProxyType

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from directory.models import Place
from matching import narrowing, options, rules_preview
from matching.actions.town_rules import set_rules
from matching.candidates.rules import Rules
from matching.models import Client, TownRules
from matching.options import options_for
from matching.rules_preview import preview
from matching.town_rules import rules_of
from tests.matching.cast import Cast

from .views.conftest import desk, sora, town
from .views.connecting_pages import a_place

pytestmark = pytest.mark.django_db
__all__ = ["desk", "sora", "town"]


@pytest.fixture
def by_size(cast: Cast, town: dict[str, Place]) -> Rules:
    """A place of few people without 将棋 comes before 将棋 among many, once the number of people counts most."""
    a_place(cast, "小さなお茶の会", "ちいさなおちゃのかい", usual_people=5, description="静かにお茶を飲む。")
    Place.objects.filter(pk__in=[town["good"].pk, town["hidden"].pk]).update(usual_people=12)
    weights = MappingProxyType({"interests": 0.5, "wanted_group_size": 2.0})
    return replace(rules_of(cast.town), weights=weights)


@pytest.mark.parametrize("most_judged", [80, 2])
def test_what_is_foretold_is_what_comes(
    cast: Cast, sora: Client, by_size: Rules, monkeypatch: pytest.MonkeyPatch, most_judged: int
) -> None:
    """In a town judged whole and in one too large for it."""
    for module in (rules_preview, narrowing, options):
        monkeypatch.setattr(module, "MOST_JUDGED", most_judged)
    today = timezone.localdate()
    found = preview([sora], cast.town, by_size, today=today)
    now = options_for(sora, today=today)
    set_rules(municipality=cast.town, seen=0, days={}, weights=dict(by_size.weights), why="人数", by=cast.nakano)
    then = options_for(sora, today=today)
    [moved] = found.moved
    assert moved.first_before and moved.first_after and moved.has_another_first
    assert moved.first_before.place_id == (now.candidates + now.ask_first)[0].key
    assert moved.first_after.place_id == (then.candidates + then.ask_first)[0].key
    changed = {
        one.place.name
        for key, one in now.by_key.items()
        if key in then.by_key and one.is_fitting and one.band_words != then.by_key[key].band_words
    }
    assert changed == {place for shift in found.shifts for place, _people in shift.places}
    assert changed or most_judged == 2


def test_the_same_rules_change_nothing(cast: Cast, sora: Client, town: dict[str, Place]) -> None:
    found = preview([sora], cast.town, rules_of(cast.town), today=timezone.localdate())
    assert (found.people, found.moved, found.shifts) == (1, (), ())


def test_the_page_shows_it_and_sets_nothing(cast: Cast, sora: Client, by_size: Rules) -> None:
    browser = Browser()
    browser.force_login(cast.nakano)
    page = browser.get(reverse("desk_rules"))
    typed = {name: field.initial for name, field in page.context["form"].fields.items() if field.initial is not None}
    typed |= {"weight_interests": "0.5", "weight_wanted_group_size": "2.0", "why": "人数を大切に", "act": "preview"}
    html = browser.post(reverse("desk_rules"), typed).content.decode()
    assert sora.number in html and "小さなお茶の会" in html and "いちばん上の場が変わる人" in html
    assert not TownRules.objects.exists()
