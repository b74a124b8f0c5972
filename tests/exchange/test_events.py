"""Lists of events are told from lists of places, and only a coming event of a known place is stored."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
import time_machine

from directory.calendar import Schedule
from directory.exchange.events import date_order, day_of
from directory.models import Activity, Place

from .messy import EVENTS, FACILITIES_NEW, facility, sheet

Run = Callable[..., str]


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel("2026-11-23 09:00+09:00"):
        yield


def event(**cells: str) -> dict[str, str]:
    return {
        "イベント名": "もちつき", "開始日": "2026-12-06", "終了日": "2026-12-06", "開始時間": "10:00",
        "終了時間": "12:00", "場所名称": "見本会館", "説明": "みんなでつきます", **cells,
    }  # fmt: skip


def test_a_coming_event_becomes_a_single_date_of_the_place_it_names(run: Run) -> None:
    said = run(places=sheet(FACILITIES_NEW, [facility()]), events=sheet(EVENTS, [event()]))
    assert "イベント一覧" in said
    activity = Activity.objects.get(name="もちつき")
    assert activity.place == Place.objects.get()
    assert activity.schedule is not None
    schedule = Schedule.from_dict(activity.schedule)
    assert schedule.sessions_on(date(2026, 12, 6)) and schedule.sessions_on(date(2026, 12, 13)) is None
    run(places=sheet(FACILITIES_NEW, [facility()]), events=sheet(EVENTS, [event()]))
    assert Activity.objects.filter(name="もちつき").count() == 1


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ({"開始日": "2026-11-22", "終了日": "2026-11-22"}, "もう終わった催し 1件"),
        ({"場所名称": "知らない会館"}, "会場の場が見つからない 1件"),
        ({"開始日": "12月6日", "終了日": ""}, "催しの日がはっきりしない 1件"),
        ({"終了日": "2026-12-20"}, "催しの日がはっきりしない 1件"),
        ({"開始日": "12/6/2026", "終了日": ""}, "催しの日がはっきりしない 1件"),
    ],
)
def test_any_other_event_is_reported_only(run: Run, cells: dict[str, str], says: str) -> None:
    assert says in run(places=sheet(FACILITIES_NEW, [facility()]), events=sheet(EVENTS, [event(**cells)]))
    assert Activity.objects.count() == 1


def test_a_hall_of_which_there_are_two_is_not_chosen(run: Run) -> None:
    twins = [facility(), facility(ID="2", 所在地_連結表記="東9")]
    said = run(places=sheet(FACILITIES_NEW, twins), events=sheet(EVENTS, [event()]))
    assert "会場の場が見つからない 1件" in said


def test_day_and_month_are_told_apart_by_the_whole_column() -> None:
    assert date_order(["3/4/2027", "3/14/2027", "2027/3/1", "あした"]) == "%m/%d/%Y"
    assert date_order(["3/4/2027", "14/3/2027"]) == "%d/%m/%Y"
    assert date_order(["3/4/2027"]) is None
    assert date_order(["3/14/2027", "14/3/2027"]) is None


def test_a_date_with_the_year_in_front_needs_no_column() -> None:
    assert day_of("2027.3/4", None) == day_of("2027年3月4日", None) == date(2027, 3, 4)
    assert day_of("3/4/2027", None) is None
    assert day_of("3/4/2027  9:30:00 PM", "%m/%d/%Y") == date(2027, 3, 4)
