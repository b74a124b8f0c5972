"""尺度: what was measured of somebody who agreed to it, and the wording a town may use. No weight, no gate."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from matching.choices import MeasureWay
from matching.sealed import SealedText

from .base import CaseModel, CaseQuerySet, ClientOwned


class Measurement(ClientOwned):
    """One scale, answered on one day. An item left out makes the sum unknown; nothing is filled in for it."""

    client = models.ForeignKey("matching.Client", on_delete=models.PROTECT, related_name="measurements")
    scale = models.CharField(_("尺度"), max_length=12)
    scale_version = models.CharField(max_length=10)
    on = models.DateField(_("聞いた日"))
    way = models.CharField(_("聞きかた"), max_length=10, choices=MeasureWay)
    # One number or null per item, in the order of the scale.
    answers = models.JSONField(_("答え"), default=list)
    score = models.PositiveSmallIntegerField(_("合計"), null=True, blank=True)
    # The person would rather not: that is an answer, and costs nothing.
    refused = models.BooleanField(_("答えたくない"), default=False)
    words = SealedText(_("ひとこと"), bound="measurement.words")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    struck_at = models.DateTimeField(_("取り消した時"), null=True, blank=True)
    form_key = models.UUIDField(unique=True, editable=False)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("尺度")
        ordering = ["on", "pk"]
        indexes = [models.Index(fields=["municipality", "scale", "on"], name="measurement_by_scale")]
        constraints = [
            models.CheckConstraint(condition=Q(way__in=MeasureWay.values), name="measure_way_is_known"),
            models.CheckConstraint(condition=Q(refused=False) | Q(score=None), name="who_refused_has_no_score"),
        ]


class ScaleWording(CaseModel):
    """The questions of a scale as a town holds them under its licence. The newest is shown; old ones stay."""

    scale = models.CharField(_("尺度"), max_length=12)
    items = models.JSONField(_("質問の文"), default=list)
    labels = models.JSONField(_("答えの文"), default=list)
    licence = models.CharField(_("許諾・出典"), max_length=300)
    loaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    loaded_at = models.DateTimeField(default=timezone.now)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("尺度のことば")
        ordering = ["-loaded_at", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(licence=""), name="a_wording_names_its_licence")]
