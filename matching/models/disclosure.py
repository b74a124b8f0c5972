"""提供台帳 (F15): what was told about a person, to whom, and on what ground."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from matching.choices import DisclosureBasis
from matching.sealed import SealedText

from .base import CaseQuerySet, ClientOwned


class Disclosure(ClientOwned):
    """One telling of a name or what goes with it to the host of one suggestion. Told by a human, only noted here."""

    client = models.ForeignKey("matching.Client", on_delete=models.PROTECT, related_name="disclosures")
    proposal = models.ForeignKey("matching.Proposal", on_delete=models.PROTECT, related_name="disclosures")
    consent = models.ForeignKey("matching.Consent", on_delete=models.PROTECT, related_name="disclosures")
    basis = models.CharField(_("根拠"), max_length=10, choices=DisclosureBasis, default=DisclosureBasis.CONSENT)
    # Codes of matching.choices.DisclosureItem.
    items = models.JSONField(_("伝えたこと"))
    purpose = SealedText(_("何のために"), bound="disclosure.purpose")
    told_on = models.DateField(_("伝えた日"), default=timezone.localdate)
    told_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("受け入れ先に伝えたこと")
        ordering = ["-told_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(basis__in=DisclosureBasis.values), name="disclosure_basis_is_known"),
        ]
