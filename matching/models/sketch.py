"""What the hard conditions read of a place, kept ready: thousands of places are sifted without loading them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sketch(models.Model):
    """One place in short. Made from the listing alone, made anew when the listing changes; nothing of a person."""

    place = models.OneToOneField("directory.Place", on_delete=models.CASCADE, primary_key=True, related_name="+")
    # Place.search_version at the time of making: another one there means that this row is out of date.
    version = models.PositiveBigIntegerField()
    # Openings follow no plain weekday for ever: winter hours come, so a row is made anew after some weeks.
    made_on = models.DateField()
    facts = models.JSONField()

    class Meta:
        verbose_name = _("場のあらまし")

    def __str__(self) -> str:
        return f"sketch of place {self.pk}"
