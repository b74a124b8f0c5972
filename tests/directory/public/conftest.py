"""見本町 on a Tuesday morning, with a house where people eat together on Thursdays. All of it invented."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.cache import cache

from directory.calendar import parse
from directory.choices import ContactKind, PlaceKind, PlaceState
from directory.models import Activity, Contact, District, Municipality, Place

# A Tuesday, 10 in the morning.
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=ZoneInfo("Asia/Tokyo"))


class Town:
    """見本町 and what stands in it."""

    def __init__(self) -> None:
        self.municipality = Municipality.objects.create(
            code="999991",
            name="見本町",
            yomi="みほんちょう",
            prefecture="見本県",
            fallback_office="福祉課（架空）",
            fallback_phone="0000-11-2222",
            is_sample=True,
        )
        self.district = District.objects.create(municipality=self.municipality, name="川西", yomi="かわにし")
        self.house = self.a_place("川西ふれあいの家", "かわにしふれあいのいえ")
        self.lunch = self.opens(self.house, "昼ごはん", "毎週木曜 11:30～13:30")
        Contact.objects.create(
            place=self.house, kind=ContactKind.PHONE, value="0000-33-4444", label="玄関", is_public=True
        )

    def a_place(self, name: str, yomi: str, **facts: Any) -> Place:
        return Place.objects.create(
            **{
                "municipality": self.municipality,
                "district": self.district,
                "name": name,
                "yomi": yomi,
                "kind": PlaceKind.COMMUNITY_MEAL,
                "state": PlaceState.PUBLISHED,
                "confirmed_on": date(2026, 11, 1),
                **facts,
            }
        )

    def opens(self, place: Place, name: str, text: str) -> Activity:
        """An activity with the pattern that the calendar reads out of the text."""
        reading = parse(text)
        assert reading.schedule is not None, f"the calendar does not understand {text}"
        return Activity.objects.create(place=place, name=name, schedule=reading.schedule.to_dict(), opening_text=text)


@pytest.fixture
def town(db: None) -> Iterator[Town]:
    with time_machine.travel(NOW, tick=False):
        cache.clear()
        yield Town()
