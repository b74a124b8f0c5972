"""引継ぎ: what one main worker tells the next."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from matching.sealed import SealedText

from .base import CaseQuerySet, ClientOwned


class HandOver(ClientOwned):
    """One change of the main worker, with the memo; it waits on the new one's 今日 until it has been read."""

    client = models.ForeignKey("matching.Client", on_delete=models.PROTECT, related_name="hand_overs")
    before = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    after = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    cares = SealedText(_("大切にしてきたこと"), bound="hand_over.cares")
    underway = SealedText(_("いま動いていること"), bound="hand_over.underway")
    cautions = SealedText(_("気をつけること"), bound="hand_over.cautions")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(_("受け取った時"), null=True, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("引継ぎメモ")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(before=models.F("after")), name="a_hand_over_changes_hands")
        ]
