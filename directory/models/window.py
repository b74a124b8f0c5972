"""Consultation windows: where to get advice, found by the plain words people use for their troubles."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from directory.choices import WindowField

from .location import Located, Provenance
from .place import new_code


class WindowQuerySet(models.QuerySet["ConsultationWindow"]):
    def published(self) -> "WindowQuerySet":
        return self.filter(is_published=True)


class ConsultationWindow(Located, Provenance):
    """One office that listens (相談窓口)."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(max_length=6, unique=True, default=new_code, editable=False)
    municipality = models.ForeignKey("directory.Municipality", on_delete=models.PROTECT, related_name="windows")
    field = models.CharField(_("分野"), max_length=12, choices=WindowField)
    name = models.CharField(_("窓口"), max_length=120)
    yomi = models.CharField(_("よみ"), max_length=240, blank=True)
    office = models.CharField(_("担当の課・場所"), max_length=120, blank=True)
    about = models.TextField(_("どんな相談か"), blank=True)
    # Plain words for troubles: 借金, 介護の疲れ. Lines of the page that begins with the trouble, not the department.
    topics = models.JSONField(_("困りごとのことば"), default=list, blank=True)
    who_answers = models.CharField(_("だれが聞くか"), max_length=120, blank=True)
    phone = models.CharField(_("電話"), max_length=20, blank=True)
    phone_note = models.CharField(_("電話のこと"), max_length=120, blank=True)
    mail = models.EmailField(_("メール"), blank=True)
    url = models.URLField(_("ホームページ"), blank=True)
    hours_text = models.CharField(_("開いている時間（もとの文）"), max_length=200, blank=True)
    schedule = models.JSONField(_("開いている時間の決まり"), null=True, blank=True)
    # No district = the whole town.
    districts = models.ManyToManyField("directory.District", blank=True, related_name="windows")
    confirmed_on = models.DateField(_("確かめた日"), null=True, blank=True)
    is_published = models.BooleanField(_("公開"), default=True)
    position = models.PositiveSmallIntegerField(default=0)
    edit_version = models.PositiveIntegerField(default=1, editable=False)
    search_version = models.PositiveBigIntegerField(default=1, editable=False)

    objects = WindowQuerySet.as_manager()

    class Meta:
        verbose_name = _("相談窓口")
        ordering = ["municipality", "position", "pk"]
        constraints = [
            *Located.Meta.constraints,
            models.CheckConstraint(condition=Q(field__in=WindowField.values), name="window_field_is_known"),
            models.CheckConstraint(condition=~Q(name=""), name="window_has_a_name"),
            models.UniqueConstraint(
                fields=["municipality", "source", "source_row"],
                condition=~Q(source="") & ~Q(source_row=""),
                name="one_window_per_row_of_a_source",
            ),
        ]

    def __str__(self) -> str:
        return self.name
