"""Dated openings: never outside the pattern, right at 23:59, across years, past midnight."""

import json
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import jpholiday
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.calendar import (
    Closure,
    DayChange,
    NotASchedule,
    Rule,
    Schedule,
    describe,
    next_openings,
    occurrences,
    parse,
)

TOKYO = ZoneInfo("Asia/Tokyo")
TEN, NOON = time(10), time(12)
times = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30]))
sessions = st.lists(st.tuples(times, times).filter(lambda s: s[0] < s[1]), min_size=1, max_size=1).map(tuple)
weekdays = st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days)))
rules = st.one_of(
    st.builds(Rule, weekdays=weekdays, sessions=sessions),
    st.builds(
        Rule,
        weekdays=weekdays,
        weeks=st.sets(st.sampled_from([1, 2, 3, 4, 5, -1]), min_size=1).map(tuple),
        sessions=sessions,
    ),
    st.builds(Rule, monthdays=st.sets(st.integers(1, 31) | st.just(-1), min_size=1).map(tuple), sessions=sessions),
    st.builds(Rule, weekdays=weekdays, months=st.sets(st.integers(1, 12), min_size=1).map(tuple), sessions=sessions),
    st.builds(
        Rule,
        weekdays=st.integers(0, 6).map(lambda d: (d,)),
        if_holiday=st.sampled_from(["next_day", "next_weekday"]),
        sessions=sessions,
    ),
)
closures = st.one_of(
    st.just(Closure(holidays="only")),
    st.just(Closure(span=((12, 29), (1, 3)))),
    st.builds(Closure, weekdays=weekdays, weeks=st.sets(st.integers(1, 5), min_size=1).map(tuple)),
)
schedules = st.builds(
    Schedule,
    rules=st.lists(rules, min_size=1, max_size=1).map(tuple),
    closures=st.lists(closures, max_size=2, unique=True).map(tuple),
)
days = st.dates(date(2024, 1, 1), date(2030, 12, 31))


@settings(max_examples=150, deadline=None)
@given(schedules, days)
def test_no_opening_falls_outside_its_rule_or_into_a_closure(schedule: Schedule, first: date) -> None:
    for occurrence in occurrences(schedule, [], first, first + timedelta(days=90)):
        day = occurrence.on
        assert not any(closure.holds_on(day) for closure in schedule.closures)
        (rule,) = schedule.rules
        if rule.if_holiday and not rule.falls_on(day):
            assert any(jpholiday.is_holiday(day - timedelta(days=back)) for back in range(1, 22))
            continue
        if rule.weekdays:
            assert day.weekday() in rule.weekdays
        if rule.weeks:
            is_last = (day + timedelta(days=7)).month != day.month
            assert (day.day + 6) // 7 in rule.weeks or (-1 in rule.weeks and is_last)
        if rule.months:
            assert day.month in rule.months


@settings(max_examples=150, deadline=None)
@given(schedules)
def test_a_pattern_survives_json(schedule: Schedule) -> None:
    assert Schedule.from_dict(json.loads(json.dumps(schedule.to_dict()))) == schedule


@settings(max_examples=150, deadline=None)
@given(schedules, days)
def test_what_is_written_reads_back_to_the_same_days(schedule: Schedule, first: date) -> None:
    words = "。".join(describe(schedule))
    again = parse(words)
    assert again.schedule is not None, (words, again.unresolved)
    last = first + timedelta(days=200)
    assert list(occurrences(again.schedule, [], first, last)) == list(occurrences(schedule, [], first, last)), words


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=TOKYO)


def test_a_minute_before_midnight_today_is_still_today() -> None:
    daily = Schedule((Rule(sessions=((TEN, NOON),)),))
    assert next_openings(daily, [], at("2026-12-31T09:59"), 1)[0].on == date(2026, 12, 31)
    assert next_openings(daily, [], at("2026-12-31T11:59"), 1)[0].on == date(2026, 12, 31)
    assert next_openings(daily, [], at("2026-12-31T23:59"), 1)[0].on == date(2027, 1, 1)


def test_what_began_last_night_is_still_open_after_midnight() -> None:
    night = Schedule((Rule(weekdays=(4,), sessions=((time(20), time(1)),)),))
    running = next_openings(night, [], at("2026-11-28T00:30"), 1)[0]
    assert running.on == date(2026, 11, 27)
    assert next_openings(night, [], at("2026-11-28T01:00"), 1)[0].on == date(2026, 12, 4)


def test_a_fifth_that_does_not_exist_gives_no_date() -> None:
    fifth = Schedule((Rule(weekdays=(0,), weeks=(5,)),))
    found = [occurrence.on for occurrence in occurrences(fifth, [], date(2026, 1, 1), date(2026, 12, 31))]
    assert found == [date(2026, 3, 30), date(2026, 6, 29), date(2026, 8, 31), date(2026, 11, 30)]


def test_every_other_week_counts_across_new_year() -> None:
    rule = Rule(weekdays=(5,), every_weeks=2, anchor=date(2026, 12, 12))
    found = [occurrence.on for occurrence in occurrences(Schedule((rule,)), [], date(2026, 12, 1), date(2027, 1, 31))]
    assert found == [date(2026, 12, 12), date(2026, 12, 26), date(2027, 1, 9), date(2027, 1, 23)]


def test_an_opening_knows_its_minutes_also_past_midnight() -> None:
    night = Schedule((Rule(weekdays=(4,), sessions=((time(20), time(1)),)), Rule(weekdays=(5,))))
    friday, saturday = occurrences(night, [], date(2026, 11, 27), date(2026, 11, 28))
    assert friday.minutes == (20 * 60, 25 * 60)
    assert saturday.minutes is None


def test_a_day_off_an_extra_day_and_another_time() -> None:
    weekly = Schedule((Rule(weekdays=(3,), sessions=((TEN, NOON),)),))
    changes = [
        DayChange(date(2026, 12, 3), "cancelled", reason="大雪のため"),
        DayChange(date(2026, 12, 4), "extra", ((TEN, NOON),)),
        DayChange(date(2026, 12, 10), "changed", ((time(13), time(15)),)),
    ]
    found = list(occurrences(weekly, changes, date(2026, 12, 1), date(2026, 12, 10), with_cancelled=True))
    assert [(o.on.day, o.begins, o.cancelled, o.reason) for o in found] == [
        (3, TEN, True, "大雪のため"),
        (4, TEN, False, ""),
        (10, time(13), False, ""),
    ]
    assert [o.on.day for o in occurrences(weekly, changes, date(2026, 12, 1), date(2026, 12, 10))] == [4, 10]


@pytest.mark.parametrize(
    "nonsense",
    [None, [], {"rules": 1}, {"rules": [{"weekdays": [7]}]}, {"rules": [{"weekdays": ["月"]}]}, {"other": []},
     {"rules": [{"every_weeks": 2}]}, {"rules": [{"sessions": [["25:00", None]]}]},
     {"rules": [{"span": [[2, 30], [3, 1]]}]}, {"rules": [{"anchor": "2026-02-30"}]},
     {"rules": [{"holidays": "never"}]}],
)  # fmt: skip
def test_nonsense_is_refused_with_a_sentence(nonsense: object) -> None:
    with pytest.raises(NotASchedule, match="開く日の決まりとして読めません"):
        Schedule.from_dict(nonsense)
