"""A made-up town in a scratch database: as many places and people as wanted, with conditions like those of real ones.

The same seed gives the same town. Texts come from benchmarks/places.py; nobody in it exists.
"""

import os
import random
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, time
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.figure import progress

LATITUDE, LONGITUDE = 35.70, 137.50
# About 15 km across for two thirds of the places.
SPREAD_DEGREES = 0.07
BATCH = 500
WISHES = [
    "お茶を飲みながら話す",
    "将棋",
    "料理",
    "花",
    "畑",
    "散歩",
    "手芸",
    "子どもと遊ぶ",
    "音楽",
    "本を読む",
    "麻雀",
]
NEEDS = ["needs_step_free", "needs_quiet_corner", "needs_may_leave_early", "needs_can_be_silent", "needs_escort"]


@contextmanager
def scratch_site() -> Iterator[None]:
    """Django on an empty SQLite database in a folder that is removed afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "website.settings.dev",
            "DATA_DIR": folder,
            "DATABASE_URL": f"sqlite:{Path(folder) / 'town.sqlite3'}",
        }
        sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "site"))
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0, interactive=False)
        yield


def build_town(places: int, people: int, *, seed: int = 1) -> Any:
    """The municipality, filled. Rows are written in bulk: this is scenery, not a test of the actions."""
    from directory.choices import StaffDuty, UserKind
    from directory.models import District, Municipality, Office, StaffRole, User

    town = Municipality.objects.create(
        code="999999", name="ものさし町", yomi="ものさしちょう", prefecture="見本県", is_sample=True,
        fallback_office="福祉課（架空）", fallback_phone="0000-00-0000",
    )  # fmt: skip
    District.objects.create(municipality=town, name="中央", yomi="ちゅうおう", latitude=LATITUDE, longitude=LONGITUDE)
    office = Office.objects.create(municipality=town, name="参加支援係（架空）")
    worker = User.objects.create_user("worker@example.jp", kind=UserKind.STAFF, name="測る人")
    StaffRole.objects.create(
        user=worker, municipality=town, office=office, duty=StaffDuty.COORDINATOR, from_on=date(2026, 4, 1)
    )
    chance = random.Random(seed)
    _places(town, places, chance)
    _people(town, office, worker, people, chance)
    return town


def _places(town: Any, number: int, chance: random.Random) -> None:
    from django.utils import timezone

    from benchmarks.places import made_up
    from directory.choices import ContactLevel, Offer, PhysicalLoad, PlaceState, RoleKind
    from directory.models import Activity, Place, Role, Slot

    today = timezone.localdate()
    texts = made_up(number, today=today)
    for begun in progress(range(0, number, BATCH), "places"):
        rows = []
        for document in islice(texts, min(BATCH, number - begun)):
            facts: dict[str, Any] = {
                **dict.fromkeys(document.yes & _facts(Place), True),
                **dict.fromkeys(document.no & _facts(Place), False),
                "women_only": chance.choice((False, False, None)),
                "pickup": chance.choice((None, False, False, True)),
            }
            rows.append(Place(
                municipality=town, code=f"{document.id:06d}", state=PlaceState.PUBLISHED, kind=document.kind,
                name=document.name, yomi=document.yomi, lead=document.lead[:80], description=document.body,
                cost_yen=document.cost_yen, latitude=LATITUDE + chance.gauss(0, SPREAD_DEGREES),
                longitude=LONGITUDE + chance.gauss(0, SPREAD_DEGREES), confirmed_on=document.confirmed_on,
                usual_people=chance.choice((None, 4, 8, 15, 30)), offers=chance.sample(Offer.values, 2),
                age_min=chance.choice((None, None, None, 18, 60)), is_sample=True, **facts,
            ))  # fmt: skip
        made = Place.objects.bulk_create(rows)
        activities = Activity.objects.bulk_create(
            Activity(place=place, name=place.name, schedule=_schedule(chance)) for place in made
        )
        roles = Role.objects.bulk_create(
            Role(activity=activity, name="来る", kind=chance.choice(RoleKind.values),
                 minutes=chance.choice((30, 60, 120)), physical_load=chance.choice(PhysicalLoad.values),
                 contact_level=chance.choice(ContactLevel.values))
            for activity in activities for _each in range(chance.choice((1, 2)))
        )  # fmt: skip
        Slot.objects.bulk_create(
            Slot(activity=role.activity, role=role, seats=2, free_seats=chance.choice((0, 1, 2)), from_on=today)
            for role in roles[: len(roles) // 2]
        )


def _facts(model: Any) -> set[str]:
    return {field.name for field in model._meta.fields if field.get_internal_type() == "BooleanField"} - {"is_sample"}


def _schedule(chance: random.Random) -> dict[str, Any] | None:
    from directory.calendar import Rule, Schedule

    if chance.random() < 0.1:
        return None
    begins = chance.choice((9, 10, 13, 14, 18))
    rule = Rule(weekdays=(chance.randrange(7),), sessions=((time(begins), time(begins + 2)),))
    return Schedule((rule,)).to_dict()


def _people(town: Any, office: Any, worker: Any, number: int, chance: random.Random) -> None:
    from matching.choices import Source, WishKind
    from matching.models import Client, Condition, FreeTime, Wish

    for begun in progress(range(0, number, BATCH), "people"):
        serials = range(begun + 1, min(begun + BATCH, number) + 1)
        clients = [
            Client(municipality=town, fiscal_year=2026, serial=serial, office=office, main_worker=worker,
                   called="見本", birth_year=chance.randrange(1935, 2008), sex=chance.choice(("female", "male")),
                   home_point=f"{LATITUDE + chance.gauss(0, 0.03):.4f},{LONGITUDE + chance.gauss(0, 0.03):.4f}",
                   opened_on=date(2026, 4, 1))
            for serial in serials
        ]  # fmt: skip
        Client.objects.bulk_create(clients)
        said = {"municipality": town, "source": Source.SELF, "recorded_by": worker}
        conditions, times, wishes = [], [], []
        for client in clients:
            answers: dict[str, Any] = {
                "means": chance.choice((["walk"], ["walk", "bus"], ["bicycle"], ["car"])),
                "max_oneway_minutes": chance.choice((20, 30, 45, 60)),
                "max_people": chance.choice((None, 5, 10, 20)),
                "max_cost_yen": chance.choice((None, 0, 300)),
                **dict.fromkeys(chance.sample(NEEDS, 2)),
            }
            for key, value in answers.items():
                answer = key in NEEDS or value is not None
                conditions.append(Condition(client=client, key=key, answer=answer, value=value, **said))
            times += [
                FreeTime(client=client, weekday=day, answer=True, begins=time(9), ends=time(16), **said)
                for day in chance.sample(range(7), 4)
            ]
            wishes += [
                Wish(client=client, kind=WishKind.INTEREST, words=words, **said) for words in chance.sample(WISHES, 2)
            ]
        Condition.objects.bulk_create(conditions)
        FreeTime.objects.bulk_create(times)
        Wish.objects.bulk_create(wishes)
