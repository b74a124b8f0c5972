"""Towns, their districts and their offices."""

import uuid

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Municipality(models.Model):
    """One town. Every place and every client belongs to exactly one."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(
        _("全国地方公共団体コード"),
        max_length=6,
        unique=True,
        validators=[RegexValidator(r"^\d{6}$", _("6けたの数字で書いてください"))],
    )
    name = models.CharField(_("市区町村"), max_length=40)
    yomi = models.CharField(_("よみ"), max_length=80)
    prefecture = models.CharField(_("都道府県"), max_length=10)
    latitude = models.FloatField(_("緯度"), null=True, blank=True)
    longitude = models.FloatField(_("経度"), null=True, blank=True)
    site = models.OneToOneField(
        "wagtailcore.Site", on_delete=models.SET_NULL, null=True, blank=True, related_name="municipality"
    )
    # 「電話で確かめてください」 must never be a dead end: without these nothing of the town can be published.
    fallback_office = models.CharField(_("困ったときの窓口"), max_length=80, blank=True)
    fallback_phone = models.CharField(_("その電話"), max_length=20, blank=True)
    fallback_hours = models.CharField(_("電話に出る時間"), max_length=80, blank=True)
    shares_places_with = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="shared_places_of", verbose_name=_("場の情報を見せる市町村")
    )
    about = models.TextField(_("町のことば"), blank=True)
    source = models.CharField(_("出典"), max_length=200, blank=True)
    is_sample = models.BooleanField(_("架空の町（見本）"), default=False)

    class Meta:
        verbose_name = _("市区町村")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None) | Q(latitude__range=(20, 46), longitude__range=(122, 154)),
                name="municipality_lies_in_japan",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def can_publish(self) -> bool:
        return bool(self.fallback_office and self.fallback_phone)


class District(models.Model):
    """A part of a town as its people call it (地区)."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="districts")
    name = models.CharField(_("地区"), max_length=40)
    yomi = models.CharField(_("よみ"), max_length=80, blank=True)
    position = models.PositiveSmallIntegerField(_("順"), default=0)
    latitude = models.FloatField(_("緯度"), null=True, blank=True)
    longitude = models.FloatField(_("経度"), null=True, blank=True)

    class Meta:
        verbose_name = _("地区")
        ordering = ["municipality", "position", "yomi"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "name"], name="district_names_are_unique_in_a_town")
        ]

    def __str__(self) -> str:
        return self.name


class Office(models.Model):
    """A department or an entrusted body in which staff work (課, 社会福祉協議会)."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="offices")
    name = models.CharField(_("部署"), max_length=80)
    phone = models.CharField(_("電話"), max_length=20, blank=True)
    is_entrusted = models.BooleanField(_("委託先"), default=False)

    class Meta:
        verbose_name = _("部署")
        ordering = ["municipality", "name"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "name"], name="office_names_are_unique_in_a_town")
        ]

    def __str__(self) -> str:
        return self.name
