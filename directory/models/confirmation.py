"""Confirmations: somebody looked at a listing and said that it is still true."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.choices import ConfirmationWay


class Confirmation(models.Model):
    """One 「このままで合っています」, by whom and how."""

    place = models.ForeignKey("directory.Place", on_delete=models.CASCADE, related_name="confirmations")
    on = models.DateField(_("確かめた日"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    way = models.CharField(_("確かめ方"), max_length=12, choices=ConfirmationWay)

    class Meta:
        verbose_name = _("確認")
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.on} {self.get_way_display()}"
