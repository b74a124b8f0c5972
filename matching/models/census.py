"""その日の人数: how many people stood where on one day. Counts only."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .base import CaseModel, CaseQuerySet


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
