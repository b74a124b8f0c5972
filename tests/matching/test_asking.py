"""聞くことリスト: what would settle most places is asked first, and what is known is not asked."""

import pytest

from directory.choices import PlaceState
from directory.models import Place
from matching import asking
from matching.asking import DAYS, to_ask
from matching.conditions import QUESTIONS
from matching.models import Client
from matching.sketches import town_columns
from tests.matching.cast import TODAY, Cast

from .views.conftest import sora, town
from .views.connecting_pages import a_place, hide

pytestmark = pytest.mark.django_db
__all__ = ["sora", "town"]


def test_what_more_places_wait_for_comes_first(cast: Cast, sora: Client, town: dict[str, Place]) -> None:
    """Half of the places say that they cost nothing: the price matters to fewer of them than the step."""
    sora.conditions.filter(key__in=["max_cost_yen", "needs_step_free"]).delete()
    for number in range(4):
        a_place(cast, f"段差の分からない会{number}", f"だんさ{number}", step_free=None)
    a_place(cast, "有料の会", "ゆうりょうのかい", cost_yen=300)
    found = to_ask(sora, {"max_cost_yen", "needs_step_free"}, today=TODAY)
    assert [one.key for one in found] == ["needs_step_free", "max_cost_yen"]
    assert found[0].places > found[1].places > 0
    assert found[0].ask == str(QUESTIONS["needs_step_free"].ask)


def test_days_are_asked_too_and_wishes_last(cast: Cast, sora: Client, town: dict[str, Place]) -> None:
    sora.free_times.all().delete()
    sora.conditions.filter(key="wanted_roles").delete()
    found = to_ask(sora, {DAYS, "wanted_roles"}, today=TODAY)
    assert [(one.key, bool(one.places)) for one in found] == [(DAYS, True), ("wanted_roles", False)]


def test_a_place_kept_away_from_is_in_no_number(cast: Cast, sora: Client, town: dict[str, Place]) -> None:
    sora.conditions.filter(key="needs_step_free").delete()
    Place.objects.update(step_free=None)
    before = to_ask(sora, {"needs_step_free"}, today=TODAY)[0].places
    hide(cast, sora, town["good"])
    assert to_ask(sora, {"needs_step_free"}, today=TODAY)[0].places == before - 1


def test_a_town_without_places_asks_in_the_order_of_the_sheet(cast: Cast, sora: Client) -> None:
    Place.objects.update(state=PlaceState.PAUSED)
    keys = set(list(QUESTIONS)[:4])
    assert [one.key for one in to_ask(sora, keys, today=TODAY)] == list(QUESTIONS)[:4]
    assert to_ask(sora, set(), today=TODAY) == []


def test_a_large_town_is_not_read_for_one_page(
    cast: Cast, sora: Client, town: dict[str, Place], monkeypatch: pytest.MonkeyPatch
) -> None:
    sora.conditions.filter(key="needs_step_free").delete()
    Place.objects.update(step_free=None)
    monkeypatch.setattr(asking, "MOST_JUDGED", 2)
    assert [one.places for one in to_ask(sora, {"needs_step_free"}, today=TODAY)] == [0]
    town_columns(cast.town, today=TODAY)
    assert to_ask(sora, {"needs_step_free"}, today=TODAY)[0].places > 0, "known in this process by now"
