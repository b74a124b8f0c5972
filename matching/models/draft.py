"""下書き: what somebody has typed and not yet saved."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from matching.sealed import SealedJSON

from .base import CaseQuerySet, ClientOwned


class Draft(ClientOwned):
    """One half-filled form of one member of staff about one person; nobody else sees it, saving removes it."""

    client = models.ForeignKey("matching.Client", on_delete=models.PROTECT, related_name="drafts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    form = models.CharField(max_length=12)
    # Field → what was typed, for the fields that differ from what stood there.
    typed = SealedJSON(bound="draft.typed")
    saved_at = models.DateTimeField(_("下書きの時刻"), default=timezone.now)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("下書き")
        constraints = [models.UniqueConstraint(fields=["client", "user", "form"], name="one_draft_a_form")]
