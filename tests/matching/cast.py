"""The people and places of the casework tests: all of them invented, in the fictional town 見本町."""

import uuid
from datetime import date, time
from typing import Any

from directory.choices import Offer, PlaceKind, PlaceState, RoleKind, StaffDuty, UserKind
from directory.models import Activity, District, Municipality, Office, Place, Role, Slot, StaffRole, User
from matching.choices import ConsentState, GapAnswer, PersonAnswer, PlanState, ProposalState, Source
from matching.models import Client, Condition, Consent, FreeTime, Plan, Proposal

TODAY = date(2026, 11, 24)


class Cast:
    """見本町 with two offices, となり町 with one, and somebody in every duty."""

    def __init__(self) -> None:
        self.town = Municipality.objects.create(
            code="999991",
            name="見本町",
            yomi="みほんちょう",
            prefecture="見本県",
            fallback_office="福祉課（架空）",
            fallback_phone="0000-00-0000",
            is_sample=True,
        )
        self.next_town = Municipality.objects.create(
            code="999992", name="となり町", yomi="となりちょう", prefecture="見本県", is_sample=True
        )
        self.office = Office.objects.create(municipality=self.town, name="参加支援係")
        self.other_office = Office.objects.create(municipality=self.town, name="こども課")
        self.next_office = Office.objects.create(municipality=self.next_town, name="福祉課")
        self.district = District.objects.create(municipality=self.town, name="川西", yomi="かわにし")
        self.sakura = self.staff("sakura", "佐倉", StaffDuty.CASEWORKER, self.office)
        self.kita = self.staff("kita", "喜多", StaffDuty.CASEWORKER, self.other_office)
        self.nakano = self.staff("nakano", "中野", StaffDuty.COORDINATOR, self.office)
        self.kanri = self.staff("kanri", "管理", StaffDuty.SUPERVISOR, None)
        self.uketsuke = self.staff("uketsuke", "受付", StaffDuty.INTAKE, self.office)
        self.kansa = self.staff("kansa", "監査", StaffDuty.AUDITOR, None)
        self.tonari = self.staff("tonari", "となり", StaffDuty.SUPERVISOR, self.next_office, town=self.next_town)
        self.hana = User.objects.create_user("hana@example.jp", name="はな")
        self.place = self.a_place("地域食堂 ひだまり", "ちいきしょくどう ひだまり")

    def staff(
        self, login: str, name: str, duty: StaffDuty, office: Office | None, *, town: Municipality | None = None
    ) -> User:
        user = User.objects.create_user(f"{login}@example.jp", kind=UserKind.STAFF, name=name)
        StaffRole.objects.create(
            user=user, municipality=town or self.town, office=office, duty=duty, from_on=date(2026, 4, 1)
        )
        return user

    def a_place(self, name: str, yomi: str, *, seats: int = 1, **facts: Any) -> Place:
        place = Place.objects.create(
            municipality=self.town,
            district=self.district,
            name=name,
            yomi=yomi,
            state=PlaceState.PUBLISHED,
            confirmed_on=date(2026, 11, 1),
            is_sample=True,
            offers=[Offer.VISIT, Offer.TRIAL],
            **{"kind": PlaceKind.COMMUNITY_MEAL, **facts},
        )
        activity = Activity.objects.create(place=place, name="みんなの昼ごはん")
        role = Role.objects.create(activity=activity, name="食べに来る", kind=RoleKind.GUEST, minutes=30)
        Slot.objects.create(activity=activity, role=role, seats=seats, free_seats=seats, from_on=date(2026, 4, 1))
        return place

    def slot_of(self, place: Place) -> Slot:
        return Slot.objects.get(activity__place=place)

    def a_client(self, **facts: Any) -> Client:
        """そらさん, whose main worker is 佐倉 of the first office."""
        last = Client.objects.filter(municipality=self.town, fiscal_year=2026).order_by("-serial").first()
        return Client.objects.create(
            **{
                "municipality": self.town,
                "fiscal_year": 2026,
                "serial": last.serial + 1 if last else 1,
                "office": self.office,
                "main_worker": self.sakura,
                "called": "そら",
                "name": "見本 空",
                "yomi": "みほん そら",
                "opened_on": date(2026, 9, 16),
                **facts,
            }
        )

    def a_consent(self, client: Client, **facts: Any) -> Consent:
        """Written, reaching hosts, releasing two needs."""
        return Consent.objects.create(
            **{
                "client": client,
                "state": ConsentState.WRITTEN,
                "asked_on": date(2026, 10, 1),
                "asked_by": self.sakura,
                "for_hosts": True,
                "released_needs": ["quiet_seat", "leave_early"],
                "from_on": date(2026, 10, 1),
                **facts,
            }
        )

    def a_plan(self, client: Client, **facts: Any) -> Plan:
        return Plan.objects.create(
            **{
                "client": client,
                "serial": client.plans.count() + 1,
                "state": PlanState.AGREED,
                "goal": "週に1回、人と昼を食べる",
                "gap": GapAnswer.GAP,
                "gap_asked_on": date(2026, 10, 1),
                "agreed_on": date(2026, 10, 2),
                "from_on": date(2026, 10, 2),
                "made_by": self.sakura,
                **facts,
            }
        )

    def a_proposal(self, client: Client, place: Place | None = None, **facts: Any) -> Proposal:
        """A proposal to which the person said やってみたい, with its plan."""
        plan = client.plans.first() or self.a_plan(client)
        answered = {"person_answer": PersonAnswer.WANT, "answered_on": date(2026, 11, 20)}
        if facts.get("state") == ProposalState.PROPOSED:
            answered = {}
        return Proposal.objects.create(
            **{
                "client": client,
                "plan": plan,
                "place": place or self.place,
                "slot": facts.get("slot") or self.slot_of(place or self.place),
                "activity_text": "みんなの昼ごはん",
                "role_text": "食べに来る（お客さん）",
                "state": ProposalState.WANTED,
                "rules_version": "2026-11",
                "inputs": {"person": {"means": ["walk"]}},
                "explanation": {"good": ["歩いて行けます"]},
                "proposed_by": self.sakura,
                "proposed_on": date(2026, 11, 17),
                "reply_by_on": date(2026, 12, 1),
                **answered,
                **facts,
            }
        )

    def a_condition(self, client: Client, key: str, answer: bool | None, value: Any = None, **facts: Any) -> Condition:
        return Condition.objects.create(
            **{
                "client": client,
                "key": key,
                "answer": answer,
                "value": value,
                "source": Source.SELF,
                "recorded_by": self.sakura,
                "on": date(2026, 11, 6),
                **facts,
            }
        )

    def free(self, client: Client, weekday: int, begins: time, ends: time) -> FreeTime:
        return FreeTime.objects.create(
            client=client,
            weekday=weekday,
            answer=True,
            begins=begins,
            ends=ends,
            source=Source.SELF,
            recorded_by=self.sakura,
        )


def a_key() -> uuid.UUID:
    """The key of a freshly shown form."""
    return uuid.uuid4()
