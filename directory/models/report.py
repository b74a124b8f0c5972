"""What residents tell us: a mistake, a place we do not know, a place they wish for."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.choices import ReportKind, ReportState


class Report(models.Model):
    """One message from 知らせる. Its words and its contact are seen by staff only."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    municipality = models.ForeignKey("directory.Municipality", on_delete=models.PROTECT, related_name="reports")
    kind = models.CharField(_("種類"), max_length=10, choices=ReportKind)
    place = models.ForeignKey(
        "directory.Place", on_delete=models.CASCADE, null=True, blank=True, related_name="reports"
    )
    district = models.ForeignKey(
        "directory.District", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    words = models.TextField(_("知らせたいこと"))
    contact = models.CharField(_("返事の連絡先"), max_length=254, blank=True)
    state = models.CharField(_("状態"), max_length=8, choices=ReportState, default=ReportState.NEW)
    reported_at = models.DateTimeField(default=timezone.now)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    handled_at = models.DateTimeField(null=True, blank=True)
    outcome = models.TextField(_("どうしたか"), blank=True)

    class Meta:
        verbose_name = _("住民からの連絡")
        ordering = ["-reported_at"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ReportKind.values), name="report_kind_is_known"),
            models.CheckConstraint(condition=~Q(words=""), name="a_report_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.reported_at:%Y-%m-%d}"
