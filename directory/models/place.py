"""Places: somewhere or someone one turns to, with everything the town knows about them."""

import secrets
import uuid
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from directory.choices import Booking, ConfirmationWay, ContactKind, PlaceKind, PlaceState

from .location import Located, Provenance

# No 0/O, 1/I/L, 2/Z, 5/S, 8/B, U/V: read aloud on the telephone and typed from paper.
CODE_LETTERS = "34679ACDEFGHJKMNPQRTWXY"
AGEING_AFTER = timedelta(days=90)
STALE_AFTER = timedelta(days=180)


def new_code() -> str:
    """Six characters without look-alikes: the place's public address, which survives a change of name."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(6))


class PlaceQuerySet(models.QuerySet["Place"]):
    def published(self) -> "PlaceQuerySet":
        """What the public may see: published or openly paused, in a town that answers the telephone."""
        return self.filter(
            state__in=[PlaceState.PUBLISHED, PlaceState.PAUSED],
            merged_into=None,
        ).exclude(municipality__fallback_phone="")

    def visible_in(self, municipality: "models.Model | None") -> "PlaceQuerySet":
        """A town sees its own places and those another town shares with it; no town = all."""
        if municipality is None:
            return self
        # A subquery, not a join: a join would give a place twice, and sorting that out costs a large town dearly.
        sharing = type(municipality)._default_manager.filter(shares_places_with=municipality.pk)
        return self.filter(Q(municipality=municipality.pk) | Q(municipality__in=sharing.values("pk")))

    def of(self, user: Any) -> "PlaceQuerySet":
        """Places whose listing this host may change."""
        return self.filter(
            Q(organization__members__until_on=None) | Q(organization__members__until_on__gte=timezone.localdate()),
            organization__members__user=user,
            state__in=[PlaceState.PREPARING, PlaceState.PUBLISHED, PlaceState.PAUSED],
        ).distinct()

    def with_tags(self) -> "PlaceQuerySet":
        """Brings the tags along in one query, as plain rows: taggit would make a manager for each place."""
        return self.prefetch_related(Prefetch("tags", to_attr="tag_rows"))

    def stale(self, *, on: date) -> "PlaceQuerySet":
        """Not confirmed for more than 180 days, or never."""
        return self.filter(Q(confirmed_on=None) | Q(confirmed_on__lt=on - STALE_AFTER))


def yes_no(label: Any) -> "models.BooleanField[bool | None, bool | None]":
    """A three-valued answer: はい, いいえ, NULL = まだ分からない."""
    return models.BooleanField(label, null=True, blank=True)


class Place(Located, Provenance):
    """A place to take part (拠点). What happens there are its activities."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(_("番号"), max_length=6, unique=True, default=new_code, editable=False)
    municipality = models.ForeignKey("directory.Municipality", on_delete=models.PROTECT, related_name="places")
    district = models.ForeignKey(
        "directory.District", on_delete=models.PROTECT, null=True, blank=True, related_name="places"
    )
    organization = models.ForeignKey(
        "directory.Organization", on_delete=models.PROTECT, null=True, blank=True, related_name="places"
    )
    state = models.CharField(_("状態"), max_length=12, choices=PlaceState, default=PlaceState.PREPARING)
    state_note = models.CharField(_("休止・終了のお知らせ"), max_length=200, blank=True)
    state_since_on = models.DateField(_("いつから"), null=True, blank=True)

    kind = models.CharField(_("種類"), max_length=20, choices=PlaceKind)
    name = models.CharField(_("名前"), max_length=120)
    yomi = models.CharField(_("よみ"), max_length=240)
    yomi_confirmed = models.BooleanField(_("よみを確かめた"), default=True)
    lead = models.CharField(_("ひとことで言うと"), max_length=80, blank=True)
    description = models.TextField(_("説明"), blank=True)
    easy_description = models.TextField(_("やさしい説明"), blank=True)
    what_to_do = models.TextField(_("すること"), blank=True)
    who_comes = models.TextField(_("だれが来ているか"), blank=True)
    first_timers_note = models.TextField(_("はじめての人へ"), blank=True)
    atmosphere = models.CharField(_("雰囲気"), max_length=200, blank=True)

    # The smallest amount a grown-up pays each time; 0 = free, NULL = not known.
    cost_yen = models.PositiveIntegerField(_("費用（円）"), null=True, blank=True)
    cost_note = models.CharField(_("費用の説明"), max_length=200, blank=True)
    booking = models.CharField(_("申しこみ"), max_length=12, choices=Booking, blank=True)
    booking_note = models.CharField(_("申しこみの方法"), max_length=200, blank=True)
    directions = models.TextField(_("行き方"), blank=True)
    minutes_from_station_walk = models.PositiveSmallIntegerField(_("駅から歩いて（分）"), null=True, blank=True)

    step_free = yes_no(_("入口に段差がない"))
    wheelchair = yes_no(_("車いすで入れる"))
    accessible_toilet = yes_no(_("車いすで使えるトイレ"))
    elevator = yes_no(_("エレベーター"))
    parking = yes_no(_("駐車場"))
    pickup = yes_no(_("送り迎え"))
    hearing_support = yes_no(_("筆談や手話ができる"))
    assistance_dog = yes_no(_("補助犬と入れる"))
    quiet_corner = yes_no(_("静かな席がある"))
    may_leave_early = yes_no(_("途中で帰ってよい"))
    can_be_silent = yes_no(_("話さなくてもよい"))
    welcome_alone = yes_no(_("ひとりで入りやすい"))
    may_watch = yes_no(_("見るだけでもよい"))
    may_help = yes_no(_("手伝える"))
    with_children = yes_no(_("子どもと来られる"))
    has_animals = yes_no(_("動物がいる"))
    plain_japanese = yes_no(_("やさしい日本語で話せる"))
    escort_ok = yes_no(_("付きそいと来てよい"))
    visit_first_ok = yes_no(_("先に見学できる"))
    women_only = yes_no(_("女性だけの場"))
    eating_ok = yes_no(_("飲んだり食べたりしてよい"))
    nursing_room = yes_no(_("授乳・おむつ替えの場所"))
    pays_honorarium = yes_no(_("謝金や工賃が出る"))
    has_insurance = yes_no(_("保険に入っている"))
    languages = models.JSONField(_("通じることば"), default=list, blank=True)
    age_min = models.PositiveSmallIntegerField(_("何歳から"), null=True, blank=True)
    age_max = models.PositiveSmallIntegerField(_("何歳まで"), null=True, blank=True)
    usual_people = models.PositiveSmallIntegerField(_("ふだんの人数"), null=True, blank=True)
    min_people = models.PositiveSmallIntegerField(_("少ないときの人数"), null=True, blank=True)
    offers = models.JSONField(_("できること（見学・お試しなど）"), default=list, blank=True)

    tags = TaggableManager(_("ことばの札"), blank=True)

    confirmed_on = models.DateField(_("確かめた日"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    confirmed_way = models.CharField(_("確かめ方"), max_length=12, choices=ConfirmationWay, blank=True)
    import_run = models.ForeignKey(
        "directory.ImportRun", on_delete=models.SET_NULL, null=True, blank=True, related_name="places"
    )
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged")
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    edit_version = models.PositiveIntegerField(default=1, editable=False)
    search_version = models.PositiveBigIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("場")
        ordering = ["municipality", "yomi", "pk"]
        indexes = [models.Index(fields=["municipality", "state", "confirmed_on"], name="place_by_town_state_age")]
        constraints = [
            *Located.Meta.constraints,
            models.CheckConstraint(condition=~Q(name="") & ~Q(yomi=""), name="place_has_a_name_and_its_reading"),
            models.CheckConstraint(condition=Q(state__in=PlaceState.values), name="place_state_is_known"),
            models.CheckConstraint(condition=Q(kind__in=PlaceKind.values), name="place_kind_is_known"),
            models.CheckConstraint(
                condition=Q(age_min=None) | Q(age_max=None) | Q(age_min__lte=F("age_max")), name="place_ages_in_order"
            ),
            models.CheckConstraint(
                condition=~Q(state=PlaceState.WITHDRAWN) | Q(withdrawn_at__isnull=False),
                name="withdrawn_places_say_when",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(state=PlaceState.WITHDRAWN), name="merged_places_are_withdrawn"
            ),
            models.UniqueConstraint(
                fields=["municipality", "source", "source_row"],
                condition=~Q(source="") & ~Q(source_row=""),
                name="one_place_per_row_of_a_source",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def tag_names(self) -> list[str]:
        """Its tags as words, sorted; of many places at once by `PlaceQuerySet.with_tags`."""
        rows = self.tag_rows if hasattr(self, "tag_rows") else self.tags.all()
        return sorted(row.name for row in rows)

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("place", args=[self.code])

    def freshness(self, *, on: date) -> str:
        """`fresh`, `ageing` (90 days), `stale` (180 days) or `unconfirmed`: pages.md, "Place page order"."""
        if self.confirmed_on is None:
            return "unconfirmed"
        age = on - self.confirmed_on
        if age > STALE_AFTER:
            return "stale"
        return "ageing" if age > AGEING_AFTER else "fresh"


class PlaceStaffFacts(models.Model):
    """What only staff may know about a place. A danger to one person never stands here (matching.Avoidance)."""

    place = models.OneToOneField(Place, on_delete=models.CASCADE, related_name="staff_facts")
    accepting_person = models.CharField(_("受け入れの担当"), max_length=80, blank=True)
    capacity_note = models.TextField(_("受け入れのこと"), blank=True)
    max_days_a_week = models.PositiveSmallIntegerField(_("週に何日まで"), null=True, blank=True)
    shortest_period = models.CharField(_("最短の期間"), max_length=40, blank=True)
    longest_period = models.CharField(_("最長の期間"), max_length=40, blank=True)
    insurance_note = models.CharField(_("保険のこと"), max_length=200, blank=True)
    honorarium_note = models.CharField(_("謝金のこと"), max_length=200, blank=True)
    note = models.TextField(_("職員のメモ"), blank=True)

    class Meta:
        verbose_name = _("職員だけの情報")

    def __str__(self) -> str:
        return f"{self.place}"


class Contact(models.Model):
    """One way to reach a place. Only contacts choose per row who sees them; a volunteer's own number: staff only."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="contacts")
    kind = models.CharField(_("種類"), max_length=8, choices=ContactKind)
    value = models.CharField(_("連絡先"), max_length=254)
    label = models.CharField(_("だれが出るか"), max_length=80, blank=True)
    hours = models.CharField(_("電話に出る時間"), max_length=80, blank=True)
    is_public = models.BooleanField(_("公開する"), default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("連絡先")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ContactKind.values), name="contact_kind_is_known"),
            models.CheckConstraint(condition=~Q(value=""), name="contact_has_a_value"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
