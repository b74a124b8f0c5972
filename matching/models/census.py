"""その日の人数, and who stood where from when until when."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .base import CaseModel, CaseQuerySet, ClientOwned


class Census(CaseModel):
    """One day of one town; a day that was counted is not counted anew."""

    on = models.DateField(_("日"))
    # Where (matching/flow.py) → people.
    counts = models.JSONField(_("人数"), default=dict)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("その日の人数")
        ordering = ["-on"]
        constraints = [models.UniqueConstraint(fields=["municipality", "on"], name="one_census_a_day")]


class StandingQuerySet(CaseQuerySet):
    def on(self, day: date) -> "StandingQuerySet":
        """As it was counted on a day."""
        return self.filter(Q(until_on=None) | Q(until_on__gt=day), from_on__lte=day)


class Standing(ClientOwned):
    """Where one person stood, from the day it was first counted until the day it was counted otherwise."""

    client = models.ForeignKey("matching.Client", on_delete=models.PROTECT, related_name="standings")
    where = models.CharField(_("ところ"), max_length=10)
    from_on = models.DateField(_("いつから"))
    until_on = models.DateField(_("いつまで"), null=True, blank=True)

    objects = StandingQuerySet.as_manager()

    class Meta:
        verbose_name = _("いたところ")
        ordering = ["from_on", "pk"]
        indexes = [models.Index(fields=["municipality", "where", "from_on"], name="standing_by_where")]
        constraints = [
            models.UniqueConstraint(
                fields=["client"], condition=Q(until_on=None), name="everybody_stands_in_one_place_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gt=F("from_on")), name="a_standing_lasts_a_day_at_least"
            ),
        ]
