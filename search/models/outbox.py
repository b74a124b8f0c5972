"""What has changed in the directory and must still reach the engines that are not written in the same transaction."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class OutboxKind(models.TextChoices):
    PLACE = "place", _("場")
    WINDOW = "window", _("相談窓口")


class Outbox(models.Model):
    """One place or window to be brought into the index as it stands when the worker reads it.

    One row per object: a further change raises `version`, so that a worker which has just indexed the older one finds
    its row changed and leaves it. No text of the place is kept here.
    """

    kind = models.CharField(_("種類"), max_length=6, choices=OutboxKind.choices)
    object_id = models.PositiveBigIntegerField(_("番号"))
    version = models.PositiveBigIntegerField(_("版"))
    # Since when the index has been behind; a further change does not make it younger.
    made_at = models.DateTimeField(_("変わった時"), default=timezone.now)
    try_at = models.DateTimeField(_("次に送る時"), default=timezone.now, db_index=True)
    attempts = models.PositiveSmallIntegerField(_("送った回数"), default=0)
    # The kind of the failure, never its text, which may quote the document.
    error = models.CharField(_("失敗の種類"), max_length=60, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="outbox_one_row_per_object")]
        verbose_name = _("検索に送るもの")

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"
