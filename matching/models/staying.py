"""定着: how a placement changed on its way, which signs were seen to, and what a host is owed."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from matching.choices import ChangeKind, PaidPer, Stage
from matching.sealed import SealedText

from .base import CaseModel, CaseQuerySet
from .placement import Placement


class PlacementChange(CaseModel):
    """A rest, a coming back, or a move between 居場所, 役割 and 就労体験. Backwards is as normal as forwards."""

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(_("変わったこと"), max_length=8, choices=ChangeKind)
    before = models.CharField(_("前の段階"), max_length=6, choices=Stage, blank=True)
    after = models.CharField(_("次の段階"), max_length=6, choices=Stage, blank=True)
    on = models.DateField(_("いつから"))
    words = SealedText(_("ようす"), bound="placement_change.words")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("参加の変化")
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ChangeKind.values), name="placement_change_is_known"),
            models.CheckConstraint(
                condition=(Q(kind=ChangeKind.STAGE, before__in=Stage.values, after__in=Stage.values))
                | (~Q(kind=ChangeKind.STAGE) & Q(before="", after="")),
                name="only_a_move_names_stages",
            ),
        ]


class SignSeen(CaseModel):
    """Staff have seen to an early sign. A new one of the same kind has another key, and shows again."""

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="signs_seen")
    sign = models.CharField(max_length=80)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("見た気づき")
        constraints = [models.UniqueConstraint(fields=["placement", "sign"], name="a_sign_is_seen_once")]


class HonorariumQuerySet(CaseQuerySet):
    def standing(self) -> "HonorariumQuerySet":
        """Not struck out."""
        return self.filter(struck_at=None)

    def unpaid(self) -> "HonorariumQuerySet":
        return self.standing().filter(paid_on=None)

    def late(self, *, on: date) -> "HonorariumQuerySet":
        return self.unpaid().filter(due_on__lt=on)


class Honorarium(CaseModel):
    """謝金 a host is owed for a period, and when it was paid. Of the place, never of a person."""

    place = models.ForeignKey("directory.Place", on_delete=models.PROTECT, related_name="+", verbose_name=_("場"))
    from_on = models.DateField(_("いつから"))
    until_on = models.DateField(_("いつまで"))
    per = models.CharField(_("単位"), max_length=6, choices=PaidPer)
    times = models.PositiveSmallIntegerField(_("数"))
    unit_yen = models.PositiveIntegerField(_("単価（円）"))
    due_on = models.DateField(_("支払いの期日"))
    note = models.CharField(_("メモ（人のことは書かない）"), max_length=120, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(default=timezone.now)
    paid_on = models.DateField(_("支払った日"), null=True, blank=True)
    paid_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    struck_at = models.DateTimeField(_("取り消した時"), null=True, blank=True)
    struck_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    struck_why = models.CharField(_("取り消したわけ"), max_length=120, blank=True)
    # Made when the form was shown: pressing twice enters once.
    form_key = models.UUIDField(unique=True, editable=False)

    objects = HonorariumQuerySet.as_manager()

    class Meta:
        verbose_name = _("謝金")
        ordering = ["-from_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(per__in=PaidPer.values), name="honorarium_unit_is_known"),
            models.CheckConstraint(condition=Q(until_on__gte=F("from_on")), name="honorarium_period_is_a_period"),
            models.CheckConstraint(condition=Q(times__gte=1), name="honorarium_is_for_something"),
            models.CheckConstraint(
                condition=Q(paid_on=None, paid_by=None) | Q(paid_on__isnull=False, paid_by__isnull=False),
                name="a_paid_honorarium_says_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(struck_at=None, struck_by=None, struck_why="")
                | (Q(struck_at__isnull=False, struck_by__isnull=False) & ~Q(struck_why="")),
                name="a_struck_honorarium_says_why",
            ),
        ]

    @property
    def yen(self) -> int:
        return self.times * self.unit_yen
