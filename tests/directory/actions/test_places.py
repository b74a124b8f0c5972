"""The life of a listing: published, withdrawn, merged."""

import pytest

from directory.actions.confirmations import confirm
from directory.actions.errors import CannotPublish, NotNow
from directory.actions.places import merge, publish, withdraw
from directory.choices import (
    ConfirmationWay,
    PlaceState,
)
from directory.models import Place
from search.query import Query
from tests.directory.people import Town

pytestmark = pytest.mark.django_db


def test_a_withdrawn_place_is_no_longer_found_and_nothing_is_deleted(town: Town) -> None:
    confirm(place=town.house, by=town.hana, way=ConfirmationWay.HOST_PAGE)
    assert town.found(Query(words="川西ふれあいの家")) == {town.house.pk}
    withdraw(place=town.house, note="終わりました", by=town.ren)
    assert not town.found(Query(words="川西ふれあいの家"))
    assert Place.objects.get(pk=town.house.pk).state == PlaceState.WITHDRAWN


def test_a_town_without_a_telephone_publishes_nothing(town: Town) -> None:
    place = town.a_place("さくら", "さくら", state=PlaceState.PREPARING)
    town.municipality.fallback_phone = ""
    town.municipality.save()
    place.refresh_from_db()
    with pytest.raises(CannotPublish, match="困ったときの窓口"):
        publish(place=place, by=town.ren)
    assert Place.objects.get(pk=place.pk).state == PlaceState.PREPARING


def test_two_listings_of_one_place_become_one_and_never_a_circle(town: Town) -> None:
    double = town.a_place("川西ふれあい", "かわにしふれあい")
    merge(place=double, into=town.house, by=town.ren)
    double.refresh_from_db()
    assert double.merged_into == town.house
    with pytest.raises(NotNow, match="まとめる先"):
        merge(place=town.house, into=double, by=town.ren)
    with pytest.raises(NotNow):
        merge(place=town.house, into=town.house, by=town.ren)
