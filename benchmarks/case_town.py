"""A judged file as a town in the database: its places as listings, its people written down by the actions staff use.

The caller opens a transaction and throws it away.
"""

import math
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

from benchmarks.case_files import minutes, number, person, place, weekdays
from matching.candidates.facts import PersonFacts, PlaceFacts
from matching.candidates.finding import Candidate, Candidates

Row = Mapping[str, Any]
# Words of a file → the code a caseworker would tick; what fits none is left to the notes.
SENSE_SIGNS = [
    ("人混み", ("人混み", "人ごみ", "混雑", "大勢", "人が多")),
    ("大きな音", ("音", "声", "騒")),
    ("匂い", ("匂", "におい", "臭", "香")),
    ("光", ("光", "まぶし", "照明")),
    ("動物", ("動物", "犬", "猫")),
]
FIRST_VISIT_SIGNS = [
    ("同行", ("同行", "付き添", "付きそ", "いっしょ", "一緒", "だれかと", "誰かと")),
    ("事前見学", ("見学", "下見", "先に見")),
    ("途中退席", ("途中", "帰り", "退席", "合図")),
    ("送迎", ("送迎", "送り迎え")),
    ("写真", ("写真", "地図")),
    ("入口", ("入口", "出迎え", "待って", "待つ")),
]
YES_NO = (
    "quiet_corner", "may_leave_early", "can_be_silent", "step_free", "accessible_toilet", "pickup", "women_only",
    "plain_japanese", "escort_ok", "visit_first_ok", "pays_honorarium",
)  # fmt: skip
# The other direction of `sensitive_not_for_matching`: everything sensitive that a record can hold, at once.
SENSITIVE_TROUBLES = ["disability_certified", "mental_health", "illness", "foreign", "offence", "rare_disease"]
LATEST = time(23, 59)
MOST_NUMBER = 99_999


class CaseTown:
    """The town of one file; places and clients by the ids of the file."""

    def __init__(self, data: Row) -> None:
        from directory.choices import StaffDuty, UserKind
        from directory.models import Municipality, Office, StaffRole, User

        self.today = _today()
        self.town = Municipality.objects.create(
            code="999990", name="判定町（架空）", yomi="はんていちょう", prefecture="見本県", is_sample=True,
            fallback_office="福祉課（架空）", fallback_phone="0000-00-0000",
        )  # fmt: skip
        self.office = Office.objects.create(municipality=self.town, name="参加支援係（架空）")
        self.worker = User.objects.create_user("judge@example.jp", kind=UserKind.STAFF, name="判定（架空）")
        StaffRole.objects.create(
            user=self.worker, municipality=self.town, office=self.office, duty=StaffDuty.COORDINATOR,
            from_on=self.today - timedelta(days=30),
        )  # fmt: skip
        people = [str(row["id"]) for row in data["clients"]]
        facts = {str(row["id"]): place(row, people) for row in data["places"]}
        self.places = {str(row["id"]): self._open(row, facts[str(row["id"])]) for row in data["places"]}
        self.names = {str(one.uuid): key for key, one in self.places.items()}
        self.clients = {
            str(row["id"]): self._receive(person(row, data["places"]), facts.values()) for row in data["clients"]
        }

    # Places

    def _open(self, row: Row, facts: PlaceFacts) -> Any:
        from directory.choices import ContactLevel, Offer, PhysicalLoad, PlaceKind, PlaceState, RoleKind
        from directory.models import Activity, Place, Role, Slot

        kinds = {str(label): code for code, label in PlaceKind.choices}
        low, high = facts.age_min, facts.age_max
        one = Place.objects.create(
            municipality=self.town, state=PlaceState.PUBLISHED, kind=kinds.get(facts.kind, PlaceKind.OTHER),
            name=facts.name[:120], yomi="よみ", is_sample=True,
            # The file's own word for its kind, where the list has none.
            lead="" if facts.kind in kinds else facts.kind[:80], description=facts.description,
            atmosphere=facts.atmosphere[:200], offers=_codes(facts.offers or (), Offer),
            usual_people=facts.usual_people, latitude=facts.lat, longitude=facts.lon, cost_yen=facts.cost_yen,
            age_min=low, age_max=high, languages=sorted(facts.languages),
            confirmed_on=None if facts.confirmed_days_ago is None
            else self.today - timedelta(days=facts.confirmed_days_ago),
            **{name: getattr(facts, name) for name in YES_NO},
        )  # fmt: skip
        activity = Activity.objects.create(place=one, name=facts.name[:120], schedule=_schedule(row.get("openings")))
        kinds_of_role = {str(label): code for code, label in RoleKind.choices}
        for role in facts.roles:
            Role.objects.create(
                activity=activity, name=role.name[:80] or "役割", kind=kinds_of_role.get(role.kind, RoleKind.GUEST),
                minutes=role.minutes, physical_load=role.physical if role.physical in PhysicalLoad.values else "",
                contact_level=role.contact if role.contact in ContactLevel.values else "",
            )  # fmt: skip
        if facts.free_seats is not None:
            seats = max(1, facts.free_seats)
            Slot.objects.create(activity=activity, seats=seats, free_seats=facts.free_seats, from_on=self.today)
        return one

    # People

    def _receive(self, facts: PersonFacts, places: Any) -> Any:
        from matching.actions.avoidances import avoid
        from matching.actions.clients import Person, change, open_client
        from matching.actions.plans import agree, make_plan
        from matching.choices import AvoidanceKind

        born = None if facts.age is None else date(self.today.year - facts.age, 1, 1)
        client = open_client(
            municipality=self.town, office=self.office, main_worker=self.worker, by=self.worker,
            person=Person(called=facts.id, birthday=born, sex=facts.sex or ""),
        )  # fmt: skip
        if facts.lat is not None and facts.lon is not None:
            client = change(
                client=client, edit_version=client.edit_version, by=self.worker, home_point=f"{facts.lat},{facts.lon}"
            )
        agree(plan=make_plan(client=client, goal="（架空）", gap="gap", by=self.worker), by=self.worker)
        self._ask(client, facts)
        self._say_when(client, facts)
        for key in facts.refused:
            avoid(client=client, kind=AvoidanceKind.NG, place=self.places[key], by=self.worker)
        for key in facts.avoided:
            avoid(client=client, kind=AvoidanceKind.DV, place=self.places[key], by=self.worker)
        for one in places:
            if facts.id in one.dangerous_for and one.id not in facts.avoided:
                avoid(client=client, kind=AvoidanceKind.PERSON, place=self.places[one.id], by=self.worker)
        return client

    def _ask(self, client: Any, facts: PersonFacts) -> None:
        """Every question: yes with its value, no where nothing limits, nothing where nobody has asked yet."""
        from matching.actions.conditions import add_wish, set_condition
        from matching.choices import Source, WishKind
        from matching.conditions import QUESTIONS

        said = {"client": client, "source": Source.SELF, "by": self.worker}
        important = list(dict.fromkeys(facts.important))[:3]
        for key in QUESTIONS:
            yes, value = _answer(key, facts)
            set_condition(key=key, answer=yes, value=value, is_important=bool(yes) and key in important, **said)
            if yes and key in important:
                important.remove(key)
        for kind, wishes in ((WishKind.INTEREST, facts.interests), (WishKind.STRENGTH, facts.strengths)):
            for words in wishes:
                add_wish(kind=kind, words=words, is_important=words in important, **said)
                important = [each for each in important if each != words]
        for words in important:
            add_wish(kind=WishKind.WISH, words=words, is_important=True, **said)

    def _say_when(self, client: Any, facts: PersonFacts) -> None:
        from matching.actions.conditions import set_free_time
        from matching.choices import Source

        said = {"client": client, "source": Source.SELF, "by": self.worker}
        for weekday in range(7):
            times = [
                (_clock(one.begins), _clock(one.ends))
                for one in facts.free
                if one.weekday == weekday and one.begins is not None and one.ends is not None
            ]
            answer = facts.free_on(weekday)
            if answer is not None:
                set_free_time(weekday=weekday, answer=bool(times), times=times, **said)

    def tell_all_that_is_sensitive(self, client: Any) -> None:
        """Troubles, a scale at its worst, words: all that may change nothing."""
        from matching.actions.clients import change
        from matching.actions.consultations import set_troubles
        from matching.actions.measures import measure
        from matching.choices import MeasureWay
        from matching.measures import scales

        set_troubles(client=client, troubles=SENSITIVE_TROUBLES, main=SENSITIVE_TROUBLES[:3], by=self.worker)
        for scale in scales().by_code.values():
            worst = scale.high if scale.higher_is == "worse" else scale.low
            measure(
                client=client, scale=scale, answers=[worst] * scale.items, way=MeasureWay.SELF, on=self.today,
                form_key=uuid.uuid4(), by=self.worker,
            )  # fmt: skip
        client.refresh_from_db()
        change(
            client=client, edit_version=client.edit_version, by=self.worker,
            about="国籍、手帳、診断、前歴のこと（架空）", caution="診断のこと（架空）",
        )  # fmt: skip

    # What staff see

    def judged(self, key: str) -> tuple[PersonFacts, Candidates, list[PlaceFacts]]:
        """What the desk judges of one person, in the ids of the file; hidden places are among the facts only."""
        from matching.facts_of import place_facts, places_to_judge
        from matching.options import options_for

        options = options_for(self.clients[key], today=self.today, also=list(self.names))
        places = [
            replace(place_facts(one, today=self.today), id=self.names[str(one.uuid)])
            for one in places_to_judge(self.town, today=self.today)
        ]
        own = options.person
        facts = replace(own, avoided=frozenset(self._ids(own.avoided)), refused=frozenset(self._ids(own.refused)))
        found = options.found
        return facts, replace(
            found,
            bands={band: self._renamed(each) for band, each in found.bands.items()},
            ask_first=self._renamed(found.ask_first),
            full=self._renamed(found.full),
            excluded=self._renamed(found.excluded),
        ), places  # fmt: skip

    def pages_of(self, key: str) -> Iterator[str]:
        """The pages on which staff would meet places for this person, as they are sent to the browser."""
        from django.test import Client as Browser
        from django.urls import reverse

        desk = Browser(SERVER_NAME="localhost")
        desk.force_login(self.worker)
        number = self.clients[key].number
        for name in ("desk_candidates", "desk_compare", "desk_person"):
            yield desk.get(reverse(name, args=[number])).content.decode()

    def refuses(self, key: str, place_key: str) -> bool:
        """Whether the desk and its action keep this place from this person, by whatever way it is asked for."""
        from django.test import Client as Browser
        from django.urls import reverse

        from matching.actions.proposals import propose
        from matching.candidates.explanation import NEUTRAL
        from matching.refusals import NotForThisPerson

        client, one = self.clients[key], self.places[place_key]
        desk = Browser(SERVER_NAME="localhost")
        desk.force_login(self.worker)
        why = desk.get(reverse("desk_why", args=[client.number, one.uuid])).content.decode()
        people = desk.get(reverse("desk_place_people", args=[one.code])).content.decode()
        form = desk.get(reverse("desk_propose", args=[client.number, one.uuid]))
        try:
            propose(
                client=client, place=one, by=self.worker, inputs={}, explanation={}, rules_version="2026-11"
            )  # fmt: skip
        except NotForThisPerson:
            silent = NEUTRAL in why and one.name not in why
            return silent and client.number not in people and form.status_code == 404
        return False

    def _ids(self, keys: Any) -> Iterator[str]:
        return (self.names[key] for key in keys)

    def _renamed(self, candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
        def one(each: Candidate) -> Candidate:
            key = self.names[each.place_id]
            return replace(each, place_id=key, near_miss=each.near_miss and replace(each.near_miss, place_id=key))

        return tuple(one(each) for each in candidates)


def _today() -> date:
    from django.utils import timezone

    return timezone.localdate()


def _codes(labels: Any, choices: Any) -> list[str]:
    known = {str(label): code for code, label in choices.choices}
    return [known[label] for label in labels if label in known]


def _signs(words: tuple[str, ...], signs: list[tuple[str, tuple[str, ...]]]) -> list[str]:
    found = [next((code for code, parts in signs if any(part in word for part in parts)), None) for word in words]
    return [code for code in dict.fromkeys(found) if code]


def _answer(key: str, facts: PersonFacts) -> tuple[bool | None, Any]:
    """(はい, its value), (いいえ, None) or (まだ分からない, None), as a caseworker would tick it."""
    from directory.choices import Offer, RoleKind
    from matching.conditions import QUESTIONS, Shape

    soft = {
        "means": list(facts.means or ()),
        "wanted_roles": _codes(facts.wanted_roles, RoleKind),
        "wanted_offers": _codes(facts.wanted_offers, Offer),
        "sensory_limits": _signs(facts.sensory_limits, SENSE_SIGNS),
        "first_visit_needs": _signs(facts.first_visit_needs, FIRST_VISIT_SIGNS),
        "wanted_group_size": {"min": facts.group_min, "max": facts.group_max}
        if facts.group_min or facts.group_max
        else None,
        "max_oneway_minutes": None if facts.max_oneway_minutes is None else math.ceil(facts.max_oneway_minutes),
    }
    value = soft[key] if key in soft else facts.limits.get(key)
    if key in facts.unasked or (key in facts.limits and value is None) or (key == "means" and not value):
        return None, None
    match QUESTIONS[key].shape:
        case Shape.YES:
            return bool(value), None
        case Shape.NUMBER:
            # What no form takes (a million yen) limits nobody.
            return value is not None, None if value is None else min(math.floor(value), MOST_NUMBER)
        case Shape.CHOICES:
            codes = [code for code, _label in QUESTIONS[key].choices]
            chosen = [code for code in value or () if code in codes]
            # What no list of ours has is no "no": it stays to be asked.
            return (None if value and not chosen else bool(chosen)), chosen or None
        case Shape.CHOICE if value not in {None, *(code for code, _label in QUESTIONS[key].choices)}:
            return None, None
    return bool(value), value or None


def _clock(at: int) -> time:
    return LATEST if at >= 24 * 60 else time(at // 60, at % 60)


def _weeks(value: Any) -> tuple[int, ...]:
    found = [number(each) for each in (value if isinstance(value, list) else [value])]
    return tuple(each for each in found if each is not None)


def _schedule(openings: Any) -> dict[str, Any] | None:
    from directory.calendar import Rule, Schedule

    rules = []
    for row in openings or ():
        begins, ends = minutes(row.get("start")), minutes(row.get("end"))
        days = weekdays(row.get("weekday"))
        if not days:
            continue
        session = () if begins is None else ((_clock(begins), None if ends is None else _clock(ends % (24 * 60))),)
        rules.append(Rule(weekdays=days, weeks=_weeks(row.get("weeks")), sessions=session))
    return Schedule(tuple(rules)).to_dict() if rules else None
