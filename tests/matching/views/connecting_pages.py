"""Places of 見本町 that differ in one thing each, and reading the pages of つなぐ."""

from typing import Any

from django.urls import reverse

from directory.models import Activity, Place
from matching.actions.avoidances import avoid
from matching.choices import AvoidanceKind
from matching.models import Client
from tests.matching.cast import Cast

THURSDAYS = {"rules": [{"weekdays": [3], "sessions": [["10:00", "14:00"]]}]}
SUNDAYS = {"rules": [{"weekdays": [6], "sessions": [["10:00", "14:00"]]}]}
# Everything a listing can say that leaves nothing to ask そらさん's host.
WELCOMING: dict[str, Any] = {
    "cost_yen": 0,
    "usual_people": 6,
    "quiet_corner": True,
    "women_only": False,
    "step_free": True,
    "escort_ok": True,
    "latitude": 34.300,
    "longitude": 134.000,
}


def a_place(cast: Cast, name: str, yomi: str, *, schedule: dict[str, Any] = THURSDAYS, **facts: Any) -> Place:
    place = cast.a_place(name, yomi, **{**WELCOMING, **facts})
    Activity.objects.filter(place=place).update(schedule=schedule)
    return place


def words_of(response: Any) -> str:
    assert response.status_code == 200, response.status_code
    return str(response.content.decode())


def part(html: str, key: str) -> str:
    """One section of the page, by the id of its heading."""
    return html.partition(f'aria-labelledby="{key}"')[2].partition("</section>")[0]


def at(name: str, client: Client, *more: Any) -> str:
    return reverse(name, args=[client.number, *more])


def hide(cast: Cast, client: Client, place: Place, kind: AvoidanceKind = AvoidanceKind.DV) -> None:
    avoid(client=client, kind=kind, place=place, words="ひみつのわけ", by=cast.sakura)
