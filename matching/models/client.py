"""The person who is supported, who works with them, and their household."""

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from matching.choices import ClientState, MemberKind, Relation, Sex
from matching.sealed import SealedDate, SealedText, blind_candidates, blind_index

from .base import CaseModel, CaseQuerySet, ClientOwned

if TYPE_CHECKING:
    from directory.models import Municipality

REIWA_BEGAN = 2019
# The next day of who has nothing waiting: after every other, so that one index serves the order of lists.
NEVER = date(9999, 12, 31)
NUMBER = re.compile(r"R(\d{1,2})-(\d{4,6})")


def number_parts(number: str) -> tuple[int, int] | None:
    """`R8-0042` → (fiscal year 2026, serial 42); None when it is no such number."""
    found = NUMBER.fullmatch(number.strip().upper())
    return (int(found[1]) + REIWA_BEGAN - 1, int(found[2])) if found else None


class ClientQuerySet(CaseQuerySet):
    def numbered(self, number: str) -> "ClientQuerySet":
        """The client of each town with this number."""
        parts = number_parts(number)
        return self.filter(fiscal_year=parts[0], serial=parts[1]) if parts else self.none()

    def read_as(self, kana: str, *, municipality: "Municipality") -> "ClientQuerySet":
        """Clients of a town whose full reading, or the reading of the name they go by, is exactly this."""
        indexes = blind_candidates(kana, purpose=f"client.reading|{municipality.uuid}")
        return self.filter(Q(yomi_index__in=indexes) | Q(called_index__in=indexes), municipality=municipality)

    def open(self) -> "ClientQuerySet":
        return self.exclude(state=ClientState.CLOSED)


class Client(CaseModel):
    """One person. Known by a number; the name and all words are sealed."""

    fiscal_year = models.PositiveSmallIntegerField(_("年度"))
    serial = models.PositiveIntegerField(_("通し番号"))
    state = models.CharField(_("状態"), max_length=8, choices=ClientState, default=ClientState.OPEN)
    district = models.ForeignKey(
        "directory.District", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("地区")
    )
    birth_year = models.PositiveSmallIntegerField(_("生まれた年"), null=True, blank=True)
    sex = models.CharField(_("性別"), max_length=6, choices=Sex, blank=True, default="")

    called = SealedText(_("呼び名"), bound="client.called")
    called_yomi = SealedText(_("呼び名のよみ"), bound="client.called_yomi")
    name = SealedText(_("名前"), bound="client.name")
    yomi = SealedText(_("よみ"), bound="client.yomi")
    birthday = SealedDate(_("生年月日"), bound="client.birthday")
    address = SealedText(_("住所"), bound="client.address")
    # "latitude,longitude" of home, for the way to a place; never leaves the server.
    home_point = SealedText(_("家の位置"), bound="client.home_point")
    phone = SealedText(_("電話"), bound="client.phone")
    how_to_reach = SealedText(_("連絡してよい方法と時間帯"), bound="client.how_to_reach")
    caution = SealedText(_("注意"), bound="client.caution")
    about = SealedText(_("メモ"), bound="client.about")
    yomi_index = models.CharField(max_length=80, blank=True, editable=False)
    called_index = models.CharField(max_length=80, blank=True, editable=False)

    office = models.ForeignKey("directory.Office", on_delete=models.PROTECT, related_name="+", verbose_name=_("部署"))
    main_worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="main_clients", verbose_name=_("主担当")
    )
    # DV and the like: from the commit that sets it, only those on the allow list know that the record exists.
    is_protected = models.BooleanField(_("特に守る人（見てよい人を限る）"), default=False)
    outreach = models.BooleanField(_("アウトリーチ（初回接触の期限なし）"), default=False)
    opened_on = models.DateField(_("受け付けた日"), default=timezone.localdate)
    closed_on = models.DateField(_("終わった日"), null=True, blank=True)
    # Kept by matching/next_days.py with every change.
    next_on = models.DateField(_("次の期日"), default=NEVER, editable=False)
    edit_version = models.PositiveIntegerField(default=1, editable=False)

    objects = ClientQuerySet.as_manager()

    class Meta:
        verbose_name = _("人")
        ordering = ["-fiscal_year", "-serial"]
        indexes = [
            # The order of the list of people, whole: its first page is read without sorting a town.
            models.Index(
                fields=["municipality", "state", "next_on", "-fiscal_year", "-serial"],
                condition=Q(is_protected=False),
                name="client_by_state_and_day",
            ),
            models.Index(fields=["yomi_index"], name="client_by_reading"),
            models.Index(fields=["called_index"], name="client_by_called"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "fiscal_year", "serial"], name="client_numbers_are_unique"),
            models.CheckConstraint(condition=Q(state__in=ClientState.values), name="client_state_is_known"),
            models.CheckConstraint(condition=Q(sex__in=Sex.values), name="client_sex_is_known"),
            models.CheckConstraint(
                condition=Q(birth_year=None) | Q(birth_year__range=(1900, 2100)), name="birth_year_is_possible"
            ),
            models.CheckConstraint(
                condition=Q(state=ClientState.CLOSED, closed_on__isnull=False)
                | (~Q(state=ClientState.CLOSED) & Q(closed_on=None)),
                name="closed_clients_and_only_they_say_when",
            ),
        ]

    @property
    def number(self) -> str:
        """`R8-0042`: the fiscal year of Reiwa and the serial."""
        return f"R{self.fiscal_year - REIWA_BEGAN + 1}-{self.serial:04}"

    @property
    def shown_as(self) -> str:
        """`そらさん`: what staff call the person on screen."""
        name = self.called or self.name
        return _("%(name)sさん") % {"name": name} if name else str(_("（呼び名はまだ）"))

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("desk_person", args=[self.number])

    def save(self, *args: Any, **kwargs: Any) -> None:
        purpose = f"client.reading|{self.municipality.uuid}"
        self.yomi_index = blind_index(self.yomi, purpose=purpose)
        self.called_index = blind_index(self.called_yomi or self.called, purpose=purpose)
        fields = kwargs.get("update_fields")
        if fields is not None and {"yomi", "called", "called_yomi"} & set(fields):
            kwargs["update_fields"] = {*fields, "yomi_index", "called_index"}
        super().save(*args, **kwargs)


class TeamMember(ClientOwned):
    """Who works along (副担当), and who may see a protected person."""

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="team")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="case_memberships")
    kind = models.CharField(_("立場"), max_length=10, choices=MemberKind)
    from_on = models.DateField(_("いつから"), default=timezone.localdate)
    until_on = models.DateField(_("いつまで"), null=True, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("担当")
        constraints = [
            models.UniqueConstraint(
                fields=["client", "user", "kind"], condition=Q(until_on=None), name="a_team_member_once_per_kind"
            ),
            models.CheckConstraint(condition=Q(kind__in=MemberKind.values), name="member_kind_is_known"),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=models.F("from_on")),
                name="membership_ends_after_it_begins",
            ),
        ]


class Household(CaseModel):
    """People who live, or manage, together. Troubles come by household."""

    note = SealedText(_("世帯のようす"), bound="household.note")
    edit_version = models.PositiveIntegerField(default=1, editable=False)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("世帯")


class HouseholdMember(CaseModel):
    """One person of a household: a client, or someone known only by words."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="members")
    client = models.ForeignKey(
        Client, on_delete=models.PROTECT, null=True, blank=True, related_name="household_memberships"
    )
    relation = models.CharField(_("続柄"), max_length=12, choices=Relation)
    words = SealedText(_("どんな人か"), bound="household_member.words")
    age_band = models.CharField(_("年代"), max_length=10, blank=True)
    lives_apart = models.BooleanField(_("別に住んでいる"), default=False)
    left_on = models.DateField(_("世帯を離れた日"), null=True, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("世帯の人")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(relation__in=Relation.values), name="relation_is_known"),
            models.UniqueConstraint(
                fields=["household"],
                condition=Q(relation=Relation.SELF, left_on=None),
                name="one_reference_person_a_household",
            ),
            models.UniqueConstraint(
                fields=["client"], condition=Q(left_on=None), name="everybody_lives_in_one_household_at_a_time"
            ),
        ]
