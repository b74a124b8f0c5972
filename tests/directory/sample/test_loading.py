"""The sample towns: loaded once, understood, openly invented, and silent where the source is silent."""

from datetime import date

import pytest

from directory.choices import PlaceState
from directory.models import Activity, ConsultationWindow, Municipality, Place, Submission, User
from directory.sample.loading import load

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


@pytest.fixture
def loaded() -> None:
    assert load(today=TODAY)


def test_a_second_run_changes_nothing(loaded: None) -> None:
    before = (Place.objects.count(), User.objects.count(), Submission.objects.count())
    assert not load(today=TODAY)
    assert (Place.objects.count(), User.objects.count(), Submission.objects.count()) == before


def test_the_fictional_town_is_rich_and_says_that_it_is_fictional(loaded: None) -> None:
    town = Municipality.objects.get(name="見本町")
    places = Place.objects.filter(municipality=town)
    assert town.is_sample and "架空" in town.about
    assert places.count() >= 60 and town.districts.count() == 5
    assert not places.exclude(is_sample=True).exists()
    assert places.filter(state=PlaceState.PAUSED).exists()
    assert User.objects.filter(kind="host").count() >= 6
    assert Submission.objects.waiting().count() == 3


def test_openings_are_understood_but_for_those_that_say_too_little(loaded: None) -> None:
    left = Activity.objects.filter(place__is_sample=True, schedule__isnull=True).exclude(opening_text="")
    assert sorted(left.values_list("name", flat=True)) == ["健康麻雀 ふれあい", "町の歴史を歩く会"]


def test_what_real_towns_do_not_say_stays_unknown(loaded: None) -> None:
    real = Place.objects.filter(municipality__is_sample=False)
    assert real.count() >= 10
    assert not real.exclude(address="").exists()
    assert not real.exclude(cost_yen=None).exists()
    assert not real.filter(yomi_confirmed=True).exists()
    assert not Activity.objects.filter(place__in=real, schedule__isnull=False).exists()


def test_a_town_without_a_telephone_shows_nothing(loaded: None) -> None:
    silent = Municipality.objects.filter(fallback_phone="")
    assert set(silent.values_list("name", flat=True)) == {"上士幌町", "長門市", "島本町", "高槻市"}
    assert not Place.objects.published().filter(municipality__in=silent).exists()
    assert not ConsultationWindow.objects.published().filter(municipality__in=silent).exists()
    assert ConsultationWindow.objects.published().filter(municipality__name="由布市").count() >= 15
