"""What happens at a place, when it opens, the roles one can play there, and the slots kept for newcomers."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.choices import Booking, ContactLevel, DayChangeKind, PhysicalLoad, PlaceKind, RoleKind, Way


class Activity(models.Model):
    """地域食堂, 体操教室, サロン: one thing that happens at a place, with its own times."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    place = models.ForeignKey("directory.Place", on_delete=models.CASCADE, related_name="activities")
    position = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(_("活動の名前"), max_length=120)
    yomi = models.CharField(_("よみ"), max_length=240, blank=True)
    kind = models.CharField(_("種類"), max_length=20, choices=PlaceKind, blank=True)
    way = models.CharField(_("どうやって"), max_length=8, choices=Way, default=Way.COME)
    description = models.TextField(_("すること"), blank=True)
    wants = models.JSONField(_("したいこと"), default=list, blank=True)
    for_whom = models.CharField(_("だれのため"), max_length=120, blank=True)
    cost_yen = models.PositiveIntegerField(_("費用（円）"), null=True, blank=True)
    cost_note = models.CharField(_("費用の説明"), max_length=200, blank=True)
    booking = models.CharField(_("申しこみ"), max_length=12, choices=Booking, blank=True)
    booking_note = models.CharField(_("申しこみの方法"), max_length=200, blank=True)
    # directory.calendar.Schedule in its canonical form; NULL = not understood or not known, then the text is shown.
    schedule = models.JSONField(_("開く日の決まり"), null=True, blank=True)
    # What the group itself wrote, always kept and shown where the rule is missing.
    opening_text = models.TextField(_("開く日（もとの文）"), blank=True)
    needs_check = models.JSONField(_("確かめる項目"), default=list, blank=True)

    class Meta:
        verbose_name = _("活動")
        ordering = ["place", "position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(way__in=Way.values), name="activity_way_is_known"),
            models.CheckConstraint(condition=~Q(name=""), name="activity_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class DayChange(models.Model):
    """One announced exception of an activity: a day off, an extra day, another time. Withdrawn, never deleted."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="day_changes")
    on = models.DateField(_("日"))
    kind = models.CharField(_("種類"), max_length=10, choices=DayChangeKind)
    begins = models.TimeField(_("始まり"), null=True, blank=True)
    ends = models.TimeField(_("終わり"), null=True, blank=True)
    reason = models.CharField(_("理由"), max_length=100, blank=True)
    announced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    announced_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(_("取り消した時"), null=True, blank=True)

    class Meta:
        verbose_name = _("休み・変更")
        ordering = ["on", "begins"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "on"],
                condition=Q(withdrawn_at=None, kind=DayChangeKind.CANCELLED),
                name="a_day_is_cancelled_once",
            ),
            models.CheckConstraint(condition=Q(kind__in=DayChangeKind.values), name="day_change_kind_is_known"),
            models.CheckConstraint(
                condition=~Q(kind=DayChangeKind.CHANGED) | Q(begins__isnull=False), name="a_changed_time_is_given"
            ),
            models.CheckConstraint(
                condition=~Q(kind=DayChangeKind.CANCELLED) | Q(begins=None, ends=None),
                name="a_cancelled_day_has_no_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.get_kind_display()}"


class Role(models.Model):
    """A role to play (役割): being a guest, helping, using what one is good at, teaching, working behind the scenes."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="roles")
    position = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(_("役割"), max_length=80)
    kind = models.CharField(_("役割の種類"), max_length=8, choices=RoleKind)
    description = models.CharField(_("説明"), max_length=200, blank=True)
    minutes = models.PositiveSmallIntegerField(_("時間（分）"), null=True, blank=True)
    physical_load = models.CharField(_("体の負担"), max_length=5, choices=PhysicalLoad, blank=True)
    contact_level = models.CharField(_("人と話す量"), max_length=4, choices=ContactLevel, blank=True)
    is_public = models.BooleanField(_("「手伝う」に出す"), default=True)

    class Meta:
        verbose_name = _("役割")
        ordering = ["activity", "position", "pk"]
        constraints = [models.CheckConstraint(condition=Q(kind__in=RoleKind.values), name="role_kind_is_known")]

    def __str__(self) -> str:
        return f"{self.name}（{self.get_kind_display()}）"


class Slot(models.Model):
    """Room kept for people who come through support: activity × role × period (受入枠)."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="slots")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, null=True, blank=True, related_name="slots")
    seats = models.PositiveSmallIntegerField(_("人数"), default=1)
    free_seats = models.PositiveSmallIntegerField(_("空き"), default=1)
    from_on = models.DateField(_("いつから"), default=timezone.localdate)
    until_on = models.DateField(_("いつまで"), null=True, blank=True)
    is_open = models.BooleanField(_("受け入れている"), default=True)

    class Meta:
        verbose_name = _("受入枠")
        constraints = [
            models.CheckConstraint(condition=Q(free_seats__lte=F("seats")), name="free_seats_fit_into_seats"),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="slot_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity} {self.free_seats}/{self.seats}"
