"""How a person became known: consultations and things noticed (F1)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from matching.choices import ConsultationKind, WhoCame
from matching.sealed import SealedText

from .base import CaseQuerySet, ClientOwned


class Consultation(ClientOwned):
    """One call or visit at a window, or something a member of staff noticed."""

    kind = models.CharField(_("種類"), max_length=12, choices=ConsultationKind, default=ConsultationKind.CONSULTATION)
    received_on = models.DateField(_("受付日"), default=timezone.localdate)
    received_at = models.DateTimeField(default=timezone.now)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("受け付けた人")
    )
    office = models.ForeignKey(
        "directory.Office", on_delete=models.PROTECT, related_name="+", verbose_name=_("受け付けた部署")
    )
    # Casework points at Place and Slot only; of a window the field is kept, since windows may be rewritten.
    window_field = models.CharField(_("窓口の分野"), max_length=12, blank=True)
    route = models.CharField(_("相談経路"), max_length=30)
    route_version = models.CharField(max_length=10)
    who_came = models.CharField(_("来た人"), max_length=12, choices=WhoCame)
    who_came_words = SealedText(_("来た人と本人の関係"), bound="consultation.who_came_words")
    matters = models.JSONField(_("相談内容"), default=list)
    matters_version = models.CharField(max_length=10)
    most_serious = models.CharField(_("いちばん困っていること"), max_length=30, blank=True)
    words = SealedText(_("話したこと"), bound="consultation.words")
    wish = SealedText(_("本人の希望"), bound="consultation.wish")
    is_urgent = models.BooleanField(_("すぐに対応がいる"), default=False)
    urgent_words = SealedText(_("すぐにすること"), bound="consultation.urgent_words")
    # The form's own key: pressing the button twice receives one consultation.
    form_key = models.UUIDField(unique=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("相談")
        ordering = ["-received_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ConsultationKind.values), name="consultation_kind_is_known"),
            models.CheckConstraint(condition=Q(who_came__in=WhoCame.values), name="who_came_is_known"),
            models.CheckConstraint(
                condition=~Q(route="") & ~Q(route_version="") & ~Q(matters_version=""),
                name="consultation_codes_name_their_list",
            ),
        ]


class Trouble(ClientOwned):
    """One coded trouble (課題) of a person, as staff see it now."""

    code = models.CharField(_("課題"), max_length=30)
    version = models.CharField(max_length=10)
    is_main = models.BooleanField(_("主なもの"), default=False)
    found_on = models.DateField(_("分かった日"), default=timezone.localdate)
    resolved_on = models.DateField(_("解けた日"), null=True, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("課題")
        ordering = ["-is_main", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["client", "code"], condition=Q(resolved_on=None), name="a_trouble_once_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(code="") & ~Q(version=""), name="trouble_names_its_list"),
        ]
