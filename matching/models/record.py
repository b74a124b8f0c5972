"""What was done and said, day by day (F5 支援経過記録)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from matching.choices import RecordVisibility, RecordWay
from matching.sealed import SealedText

from .base import CaseQuerySet, ClientOwned


class Record(ClientOwned):
    """One entry. Corrected by a later entry, never overwritten."""

    on = models.DateField(_("日"), default=timezone.localdate)
    way = models.CharField(_("方法"), max_length=12, choices=RecordWay)
    words = SealedText(_("記録"), bound="record.words")
    visibility = models.CharField(
        _("見てよい人"), max_length=8, choices=RecordVisibility, default=RecordVisibility.OFFICE
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrections")
    # The form's own key: pressing the button twice records once.
    form_key = models.UUIDField(unique=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("支援経過記録")
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(way__in=RecordWay.values), name="record_way_is_known"),
            models.CheckConstraint(
                condition=Q(visibility__in=RecordVisibility.values), name="record_visibility_is_known"
            ),
        ]
