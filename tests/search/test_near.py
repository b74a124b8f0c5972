"""Around a district or around where somebody stands; a position stands in no address, link, log or cookie."""

import logging

import pytest
from django.test import Client as Browser

from directory.actions.recording import changed
from directory.choices import PlaceKind, PlaceState
from directory.models import District, Municipality, Place, User

# On PostgreSQL the index is fed when the change is committed.
pytestmark = pytest.mark.django_db(transaction=True)
HERE = {"lat": "35.0012345", "lon": "135.0012345"}


@pytest.fixture
def town() -> Municipality:
    """One town with two districts: a place in the middle, one 1.1 km and one 11 km to the north."""
    made = Municipality.objects.create(
        code="999991", name="見本町", yomi="みほんちょう", prefecture="見本県", is_sample=True,
        fallback_office="福祉課（架空）", fallback_phone="0000-00-0000",
    )  # fmt: skip
    near = District.objects.create(municipality=made, name="本町", yomi="ほんまち")
    far = District.objects.create(municipality=made, name="山手", yomi="やまて", latitude=35.1, longitude=135.0)
    by = User.objects.create_user("ren@example.jp")
    for name, district, latitude in (("まん中の会", near, 35.0), ("すこし北の会", near, 35.01), ("山の会", far, 35.1)):
        place = Place.objects.create(
            municipality=made, district=district, name=name, yomi="かい", kind=PlaceKind.SALON,
            state=PlaceState.PUBLISHED, latitude=latitude, longitude=135.0, is_sample=True,
        )  # fmt: skip
        changed(place, action="listing.publish", by=by)
    return made


@pytest.fixture
def visitor(town: Municipality) -> Browser:
    browser = Browser()
    browser.cookies["town"] = town.code
    return browser


def names(page: str) -> list[str]:
    found = [(page.index(name), name) for name in ("まん中の会", "すこし北の会", "山の会") if name in page]
    return [name for _place, name in sorted(found)]


def test_around_a_district_the_nearest_come_first(town: Municipality, visitor: Browser) -> None:
    mountain = District.objects.get(name="山手")
    page = visitor.get("/search/", {"around": mountain.pk, "within": "20000"}).content.decode()
    assert names(page) == ["山の会", "すこし北の会", "まん中の会"]
    assert "山手から20km" in page
    assert names(visitor.get("/search/", {"around": mountain.pk}).content.decode()) == ["山の会"]


def test_a_district_without_a_middle_of_its_own_has_that_of_its_places(town: Municipality, visitor: Browser) -> None:
    page = visitor.get("/search/", {"around": District.objects.get(name="本町").pk}).content.decode()
    assert set(names(page)) == {"まん中の会", "すこし北の会"}


@pytest.mark.parametrize("asked", ["x", "0", "99999", "9" * 30, "\x00", "-1"])
def test_a_district_that_is_none_is_no_condition(town: Municipality, visitor: Browser, asked: str) -> None:
    answer = visitor.get("/search/", {"around": asked, "within": "-5", "sort": "near"})
    assert answer.status_code == 200
    assert len(names(answer.content.decode())) == 3


def test_where_somebody_stands_leaves_no_trace(
    town: Municipality, visitor: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        answer = visitor.post("/search/near/", {**HERE, "within": "2000", "q": ""})
    page = answer.content.decode()
    assert names(page) == ["まん中の会", "すこし北の会"]
    assert "いまいる所から近い順" in page
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies
    for trace in (page, caplog.text):
        assert "35.001" not in trace
        assert "135.001" not in trace


@pytest.mark.parametrize(
    "sent", [{}, {"lat": "x", "lon": "y"}, {"lat": "nan", "lon": "nan"}, {"lat": "1e999", "lon": "0"}, {"lat": "-35"}]
)
def test_a_position_that_is_none_is_said_and_answered(
    town: Municipality, visitor: Browser, sent: dict[str, str]
) -> None:
    page = visitor.post("/search/near/", sent).content.decode()
    assert "いる所が分からないので" in page
    assert len(names(page)) == 3


def test_an_address_takes_no_position(town: Municipality, visitor: Browser) -> None:
    page = visitor.get("/search/", {**HERE, "within": "500"}).content.decode()
    assert len(names(page)) == 3, "a position in an address is not read"
    assert visitor.get("/search/near/", HERE).status_code == 405


def test_a_page_of_results_says_where_the_next_one_begins(town: Municipality, visitor: Browser) -> None:
    by = User.objects.get(email="ren@example.jp")
    for number in range(30):
        place = Place.objects.create(
            municipality=town, name=f"会{number}", yomi="かい", kind=PlaceKind.SALON, state=PlaceState.PUBLISHED,
            is_sample=True,
        )  # fmt: skip
        changed(place, action="listing.publish", by=by)
    page = visitor.get("/search/").content.decode()
    assert "&amp;after=s~" in page or "&amp;after=s%7E" in page
