"""What came from files: each import run, and pairs of places that may be the same."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ImportRun(models.Model):
    """One applied import of one file."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    municipality = models.ForeignKey("directory.Municipality", on_delete=models.PROTECT, related_name="import_runs")
    source = models.CharField(_("出典"), max_length=200)
    shape = models.CharField(_("表の形"), max_length=40)
    sha256 = models.CharField(max_length=64)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    applied_at = models.DateTimeField(default=timezone.now)
    counts = models.JSONField(_("件数"), default=dict)

    class Meta:
        verbose_name = _("取りこみ")
        ordering = ["-applied_at"]

    def __str__(self) -> str:
        return f"{self.source} {self.applied_at:%Y-%m-%d}"


class DuplicateCandidate(models.Model):
    """Two places that may be one, with the reasons; staff decide."""

    first = models.ForeignKey("directory.Place", on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey("directory.Place", on_delete=models.CASCADE, related_name="+")
    reasons = models.JSONField(_("理由"), default=list)
    found_at = models.DateTimeField(default=timezone.now)
    is_same = models.BooleanField(_("同じ場"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("重なりの候補")
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="a_pair_is_listed_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="pairs_are_ordered"),
        ]

    def __str__(self) -> str:
        return f"{self.first} / {self.second}"
