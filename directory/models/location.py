"""Where something is: address and coordinates, either of which may be missing."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Located(models.Model):
    """Address and coordinates of a place or a window. NULL coordinates = not known."""

    postal_code = models.CharField(_("郵便番号"), max_length=8, blank=True)
    address = models.CharField(_("住所"), max_length=200, blank=True)
    building = models.CharField(_("建物・階"), max_length=120, blank=True)
    latitude = models.FloatField(_("緯度"), null=True, blank=True)
    longitude = models.FloatField(_("経度"), null=True, blank=True)
    # A home or a small group may not want a pin on its door: shown rounded to about a kilometre.
    coarse_pin = models.BooleanField(_("地図ではだいたいの場所だけ見せる"), default=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None) | Q(latitude__range=(20, 46), longitude__range=(122, 154)),
                name="%(class)s_lies_in_japan_or_nowhere",
            ),
        ]

    @property
    def pin(self) -> tuple[float, float] | None:
        """(latitude, longitude) as the public may see it; rounded to 0.01° where the exact pin is not wanted."""
        if self.latitude is None or self.longitude is None:
            return None
        return (
            (round(self.latitude, 2), round(self.longitude, 2)) if self.coarse_pin else (self.latitude, self.longitude)
        )


class Provenance(models.Model):
    """Where a record's facts come from. `needs_check` names the fields that are 要確認."""

    source = models.CharField(_("出典"), max_length=200, blank=True)
    source_row = models.CharField(_("出典の行"), max_length=120, blank=True)
    source_licence = models.CharField(_("利用条件"), max_length=80, blank=True)
    source_as_of = models.CharField(_("いつの情報か"), max_length=80, blank=True)
    needs_check = models.JSONField(_("確かめる項目"), default=list, blank=True)
    is_sample = models.BooleanField(_("見本"), default=False)

    class Meta:
        abstract = True
