"""見本町 with three places, staff who look after its words, and the town beside it. All of it invented."""

from datetime import date
from typing import Any

from django.test import Client as Browser
from django.urls import reverse
from wagtail.models import Site

from directory.choices import PlaceKind, PlaceState, StaffDuty, UserKind
from directory.models import Activity, District, Municipality, Place, StaffRole, User
from search.actions import vocabulary
from search.choices import EntryKind
from search.models import VocabularyEntry
from search.rebuilding import rebuild_embedded


class Town:
    """The default site belongs to 見本町."""

    def __init__(self) -> None:
        self.municipality = Municipality.objects.create(
            code="999991",
            name="見本町",
            yomi="みほんちょう",
            prefecture="見本県",
            fallback_office="福祉課（架空）",
            fallback_phone="0000-11-2222",
            site=Site.objects.get(is_default_site=True),
            is_sample=True,
        )
        self.beside = Municipality.objects.create(
            code="999992", name="となり町", yomi="となりちょう", prefecture="見本県", is_sample=True
        )
        self.district = District.objects.create(municipality=self.municipality, name="川西", yomi="かわにし")
        self.ren = self.staff("ren", "蓮", StaffDuty.REVIEWER)
        self.mio = self.staff("mio", "澪", StaffDuty.COMMUNITY)
        self.sakura = self.staff("sakura", "佐倉", StaffDuty.CASEWORKER)
        self.tonari = self.staff("tonari", "となり", StaffDuty.REVIEWER, town=self.beside)
        # Looks after every town of the site.
        self.matome = self.staff("matome", "まとめ", StaffDuty.REVIEWER)
        StaffRole.objects.create(
            user=self.matome, municipality=self.beside, duty=StaffDuty.REVIEWER, from_on=date(2026, 4, 1)
        )
        self.meal = self.a_place("地域食堂 ひだまり", "ちいきしょくどう ひだまり", PlaceKind.COMMUNITY_MEAL, "昼ごはん")
        self.exercise = self.a_place("御手洗いきいき体操", "みたらいいきいきたいそう", PlaceKind.EXERCISE, "体操")
        self.market = self.a_place("川西の朝市", "かわにしのあさいち", PlaceKind.MARKET, "朝市")
        rebuild_embedded()

    def staff(self, login: str, name: str, duty: StaffDuty, *, town: Municipality | None = None) -> User:
        user = User.objects.create_user(f"{login}@example.jp", kind=UserKind.STAFF, name=name)
        StaffRole.objects.create(user=user, municipality=town or self.municipality, duty=duty, from_on=date(2026, 4, 1))
        return user

    def a_place(self, name: str, yomi: str, kind: PlaceKind, activity: str, **facts: Any) -> Place:
        place = Place.objects.create(
            **{
                "municipality": self.municipality,
                "district": self.district,
                "name": name,
                "yomi": yomi,
                "kind": kind,
                "state": PlaceState.PUBLISHED,
                "confirmed_on": date(2026, 11, 1),
                **facts,
            }
        )
        Activity.objects.create(place=place, name=activity)
        return place

    def an_entry(self, words: str, means: str = "", **more: Any) -> VocabularyEntry:
        """A line of 見本町 unless `municipality` says otherwise."""
        kind = more.pop("kind", EntryKind.SYNONYM)
        where = more.pop("municipality", self.municipality)
        shipped = more.pop("shipped", "")
        by = more.pop("by", self.ren)
        facts = {"words": words, "means": means, **more}
        return vocabulary.add(kind=kind, municipality=where, facts=facts, by=by, shipped=shipped)

    def found(self, words: str, *, browser: Browser | None = None, **choices: Any) -> list[str]:
        """Names of the places that the public page shows for these words."""
        answer = (browser or Browser()).get(reverse("search"), {"q": words, **choices})
        assert answer.status_code == 200
        return [card["place"].name for card in answer.context["cards"]]


def signed_in(user: User) -> Browser:
    browser = Browser()
    browser.force_login(user)
    return browser
