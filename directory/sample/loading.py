"""Puts the sample towns into the database; a second run changes nothing.

`towns.json` restates what five real towns have published (source and date beside each); what they do not say stays
unknown, and readings that are ours are 要確認. `mihon.json` is an openly fictional town. In it, `yes` and `no` list the
yes/no fields of a place that are known; all others stay NULL.
"""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Avg
from wagtail.models import Site

from directory.actions import days, reports, submissions
from directory.actions.snapshot import value_of
from directory.calendar import parse
from directory.choices import ConfirmationWay, ContactKind, PlaceState, ReportKind, StaffDuty, UserKind
from directory.models import (
    Activity,
    ConsultationWindow,
    Contact,
    District,
    Municipality,
    Office,
    Organization,
    OrganizationMember,
    Place,
    Role,
    Slot,
    StaffRole,
    User,
)
from directory.openings import next_openings_of, with_openings

FOLDER = Path(__file__).resolve().parent
# Known to everybody who reads this file: the demo command refuses production settings.
DEMO_PASSWORD = "mihon-cho-demo"
PLAIN = (
    "name", "yomi", "kind", "lead", "description", "what_to_do", "who_comes", "first_timers_note", "easy_description",
    "cost_yen", "cost_note", "booking", "booking_note", "address", "directions", "latitude", "longitude", "offers",
    "usual_people", "age_min", "age_max", "women_only",
)  # fmt: skip
ACTIVITY = ("name", "yomi", "kind", "description", "wants", "way", "cost_yen", "cost_note")


def load(*, today: date) -> bool:
    """Everything, once; False when it was there already."""
    if Municipality.objects.filter(is_sample=True).exists():
        return False
    with transaction.atomic():
        _load_towns()
        _load_mihon(today)
    return True


def _read(name: str) -> Any:
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


# ── the five real towns ─────────────────────────────────────────────────────


def _load_towns() -> None:
    for given in _read("towns.json"):
        town = Municipality.objects.create(
            code=given["code"],
            name=given["municipality"],
            yomi=given["yomi"],
            prefecture=given["prefecture"],
            latitude=given.get("latitude"),
            longitude=given.get("longitude"),
            fallback_office=given.get("fallback_office", ""),
            fallback_phone=given.get("fallback_phone", ""),
            source=given["source"],
        )
        for place in given.get("places", []):
            _real_place(town, given, place)
        for position, window in enumerate(given.get("windows", [])):
            _real_window(town, given, window, position)


def _real_place(town: Municipality, given: dict[str, Any], facts: dict[str, Any]) -> None:
    """Only what the source says; the reading and the kind are ours, so they are 要確認."""
    is_category = facts.get("category", False)
    public = town.can_publish and not is_category
    place = Place.objects.create(
        municipality=town,
        district=_district(town, facts.get("district", "")),
        name=facts["name"],
        yomi=facts["yomi"],
        yomi_confirmed=False,
        kind=facts["kind"],
        description=facts.get("about", ""),
        source=given["source"],
        source_row=facts["name"],
        source_as_of=given.get("as_of", ""),
        needs_check=["yomi", "kind", *(["district"] if facts.get("district") else [])],
        # A town without a telephone shows nothing; a programme's name alone is no place one can go to.
        state=PlaceState.PUBLISHED if public else PlaceState.PREPARING,
    )
    activities = facts.get("activities") or [{"name": facts["name"], "yomi": facts["yomi"], "kind": facts["kind"]}]
    for position, activity in enumerate(activities):
        Activity.objects.create(
            place=place,
            position=position,
            name=activity["name"],
            yomi=activity["yomi"],
            kind=activity.get("kind", ""),
            description=activity.get("about", ""),
            needs_check=["yomi", "kind"],
        )


def _district(town: Municipality, name: str, yomi: str = "") -> District | None:
    return District.objects.get_or_create(municipality=town, name=name, defaults={"yomi": yomi})[0] if name else None


def _real_window(town: Municipality, given: dict[str, Any], facts: dict[str, Any], position: int) -> None:
    window = ConsultationWindow.objects.create(
        municipality=town,
        field=facts["field"],
        name=facts["name"],
        topics=facts.get("topics", []),
        about=facts.get("about", ""),
        phone=facts.get("phone", ""),
        office=facts.get("office", ""),
        who_answers="、".join(facts.get("staff", [])),
        source=given["source"],
        source_row=f"{facts['name']} {facts.get('phone', '')} {position}",
        source_as_of=given.get("as_of", ""),
        position=position,
        needs_check=["field"],
        is_published=town.can_publish,
    )
    for name, yomi in facts.get("coverage", []):
        district = _district(town, name, yomi)
        if district is not None:
            window.districts.add(district)


# ── 見本町 ──────────────────────────────────────────────────────────────────


def _load_mihon(today: date) -> None:
    given = _read("mihon.json")
    town = Municipality.objects.create(
        **given["municipality"],
        about=given["about"],
        is_sample=True,
        site=Site.objects.filter(is_default_site=True).first(),
    )
    for position, (name, yomi) in enumerate(given["districts"]):
        District.objects.create(municipality=town, name=name, yomi=yomi, position=position)
    for name in given["offices"]:
        Office.objects.create(municipality=town, name=name, is_entrusted="社会福祉協議会" in name)
    for facts in given["places"]:
        _place(town, facts, today)
    # Where somebody of a district sets out, as long as nobody has asked more closely: the middle of its places.
    for district in District.objects.filter(municipality=town):
        middle = district.places.aggregate(latitude=Avg("latitude"), longitude=Avg("longitude"))
        District.objects.filter(pk=district.pk).update(**middle)
    for position, facts in enumerate(given["windows"]):
        reading = parse(facts["hours_text"])
        ConsultationWindow.objects.create(
            municipality=town,
            position=position,
            schedule=reading.schedule.to_dict() if reading.schedule else None,
            confirmed_on=today - timedelta(days=20),
            is_sample=True,
            **facts,
        )
    _accounts(town, given, today)
    _happenings(town, given, today)


def _place(town: Municipality, facts: dict[str, Any], today: date) -> None:
    ago = facts.get("confirmed_days_ago")
    place = Place.objects.create(
        municipality=town,
        district=_district(town, facts.get("district", "")),
        state=facts.get("state", PlaceState.PUBLISHED),
        state_note=facts.get("state_note", ""),
        confirmed_on=today - timedelta(days=ago) if ago is not None else None,
        confirmed_way=ConfirmationWay.PHONE if ago is not None else "",
        is_sample=True,
        **{name: facts[name] for name in PLAIN if facts.get(name) is not None},
        **dict.fromkeys(facts.get("yes", []), True),
        **dict.fromkeys(facts.get("no", []), False),
    )
    place.tags.set(facts.get("tags", []))
    if facts.get("phone"):
        Contact.objects.create(
            place=place,
            kind=ContactKind.PHONE,
            value=facts["phone"],
            label=place.name,
            hours="平日 午前10時～午後4時",
            is_public=facts.get("phone_public", False),
        )
    for position, activity in enumerate(facts["activities"]):
        _activity(place, activity, position)


def _activity(place: Place, facts: dict[str, Any], position: int) -> None:
    reading = parse(facts.get("opening_text", ""))
    activity = Activity.objects.create(
        place=place,
        position=position,
        opening_text=facts.get("opening_text", ""),
        schedule=reading.schedule.to_dict() if reading.schedule else None,
        needs_check=[] if reading.schedule else ["schedule"],
        **{name: facts[name] for name in ACTIVITY if facts.get(name) is not None},
    )
    for number, role in enumerate(facts.get("roles", [])):
        Role.objects.create(activity=activity, position=number, **role)
    for slot in facts.get("slots", []):
        Slot.objects.create(activity=activity, from_on=date(2026, 4, 1), **slot)


def _accounts(town: Municipality, given: dict[str, Any], today: date) -> None:
    for mail, name, group, yomi, places in given["hosts"]:
        organization = Organization.objects.create(municipality=town, name=group, yomi=yomi, is_sample=True)
        user = User.objects.create_user(mail, name=name)
        OrganizationMember.objects.create(organization=organization, user=user, from_on=today - timedelta(days=300))
        Place.objects.filter(municipality=town, name__in=places).update(organization=organization)
    for mail, name, duty, office in given["staff"]:
        user = User.objects.create_user(mail, DEMO_PASSWORD, kind=UserKind.STAFF, name=name)
        StaffRole.objects.create(
            user=user,
            municipality=town,
            office=Office.objects.get(municipality=town, name=office),
            duty=StaffDuty(duty),
            from_on=date(2026, 4, 1),
        )
        if duty == StaffDuty.EDITOR:
            user.groups.add(Group.objects.get_or_create(name="Editors")[0])


def _happenings(town: Municipality, given: dict[str, Any], today: date) -> None:
    """A day off next week, changes that wait for a reviewer, messages of residents."""
    home = Place.objects.get(municipality=town, name="川西ふれあいの家")
    host = User.objects.get(email="hana@example.jp")
    loaded = with_openings(Place.objects.filter(pk=home.pk)).get()
    coming = [opening for opening in next_openings_of(loaded, count=8) if opening.on > today + timedelta(days=4)]
    if coming:
        days.cancel_day(activity=coming[0].activity, on=coming[0].on, reason="台所の工事のため", by=host)
    submissions.submit(
        place=home, wanted={"lead": "ごはん、お茶、野菜市。ひとりでも来られる家です。", "cost_yen": 300}, by=host
    )
    rows = value_of(home, "activities")
    rows[1] |= {"opening_text": "第2・第4水曜日 13:30～15:30", "schedule": _schedule("第2・第4水曜日 13:30～15:30")}
    submissions.submit(place=home, wanted={"activities": rows}, by=host, note="来月から水曜日になります。")
    cafe = Place.objects.get(municipality=town, name="コミュニティカフェ みなと")
    submissions.submit(
        place=cafe, wanted={"name": "みなとカフェ", "yomi": "みなとかふぇ"}, by=User.objects.get(email="umi@example.jp")
    )
    for kind, place, words in given["reports"]:
        reports.receive(
            municipality=town,
            kind=ReportKind(kind),
            words=words,
            place=Place.objects.filter(municipality=town, name=place).first() if place else None,
        )


def _schedule(text: str) -> dict[str, Any] | None:
    reading = parse(text)
    return reading.schedule.to_dict() if reading.schedule else None
