"""「このままで合っています」 counts once a day."""

from datetime import date

import pytest

from directory.actions.confirmations import confirm
from directory.choices import (
    ConfirmationWay,
)
from directory.models import Event
from tests.directory.people import Town

pytestmark = pytest.mark.django_db


def test_confirming_sets_the_day_once_a_day(town: Town) -> None:
    for _tap in range(2):
        confirm(place=town.house, by=town.hana, way=ConfirmationWay.HOST_PAGE)
    town.house.refresh_from_db()
    assert town.house.confirmed_on == date(2026, 11, 24)
    assert Event.objects.filter(action="listing.confirm").count() == 1
