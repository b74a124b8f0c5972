"""この町の決まり: the days, weights and numbers a town set for itself. Every version stays, the newest is in force."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .base import CaseModel, CaseQuerySet


class TownRules(CaseModel):
    """One version: only what differs from the defaults is kept in it."""

    serial = models.PositiveIntegerField(_("版"))
    days = models.JSONField(_("期日の日数"), default=dict)
    weights = models.JSONField(_("重み"), default=dict)
    # What candidates are judged by: speeds, the lines between bands, how old a listing may be.
    numbers = models.JSONField(_("判定の数"), default=dict)
    # "person" and "host" → the steps at which they are asked how it goes.
    cadence = models.JSONField(_("ようすを聞く節目"), default=dict)
    # 定着 of kinds of place moves fits by a tenth at most; off unless a town wants it.
    learned = models.BooleanField(_("続きやすさを使う"), default=False)
    why = models.CharField(_("変えたわけ"), max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("町の決まり")
        ordering = ["-serial"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "serial"], name="versions_of_town_rules_are_numbered"),
            models.CheckConstraint(condition=~models.Q(why=""), name="a_rule_is_changed_for_a_reason"),
        ]
