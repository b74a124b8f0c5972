"""A place where everything is in order and a person whom nothing limits; each test changes what it is about."""

from dataclasses import replace
from types import MappingProxyType
from typing import Any

from matching.candidates.facts import PersonFacts, PlaceFacts, RoleFacts, Window

TEN, NOON, FIVE = 600, 720, 1020
TUESDAY, SUNDAY = 1, 6


def a_place(**changes: Any) -> PlaceFacts:
    usual = PlaceFacts(
        id="hidamari",
        name="ひだまり文庫",
        kind="私設図書室",
        roles=(RoleFacts(name="本の整理（裏方）", kind="裏方", contact="none", minutes=60, physical="light"),),
        offers=("見学", "お試し"),
        openings=(Window(TUESDAY, TEN, NOON),),
        usual_people=5,
        quiet_corner=True,
        may_leave_early=True,
        can_be_silent=True,
        step_free=True,
        accessible_toilet=True,
        pickup=False,
        lat=35.0,
        lon=137.0,
        cost_yen=0,
        women_only=False,
        languages=frozenset({"ja"}),
        plain_japanese=True,
        escort_ok=True,
        visit_first_ok=True,
        free_seats=2,
        pays_honorarium=False,
        atmosphere="静かで落ち着いた部屋",
        confirmed_days_ago=10,
    )
    return replace(usual, **changes)


def a_person(limits: dict[str, Any] | None = None, **changes: Any) -> PersonFacts:
    usual = PersonFacts(
        id="aoki",
        age=34,
        sex="male",
        lat=35.001,
        lon=137.0,
        means=("walk",),
        max_oneway_minutes=30,
        free=tuple(Window(day, TEN, FIVE) for day in range(5)),
        limits=MappingProxyType(limits or {}),
    )
    return replace(usual, **changes)
