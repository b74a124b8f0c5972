"""What a person allows to be told, to whom, until when."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from matching.choices import ConsentState
from matching.sealed import SealedText

from .base import CaseQuerySet, ClientOwned

GIVEN = [ConsentState.WRITTEN, ConsentState.ORAL]


class ConsentQuerySet(CaseQuerySet):
    def standing(self) -> "ConsentQuerySet":
        """Neither replaced by a later answer nor withdrawn: at most one per person."""
        return self.filter(superseded_at=None, withdrawn_at=None)

    def valid(self, *, on: date) -> "ConsentQuerySet":
        """Given, begun, not expired."""
        return self.standing().filter(Q(until_on=None) | Q(until_on__gte=on), from_on__lte=on, state__in=GIVEN)

    def for_hosts(self, *, on: date) -> "ConsentQuerySet":
        """Valid, and reaching hosts: consent among agencies is not consent to tell a host."""
        return self.valid(on=on).filter(for_hosts=True)


class Consent(ClientOwned):
    """One answer to "may we tell?". A new answer replaces the one before, which is kept."""

    state = models.CharField(_("同意"), max_length=16, choices=ConsentState)
    asked_on = models.DateField(_("聞いた日"), null=True, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("聞いた人")
    )
    # Scope: agency code × item code, [["town_office", "troubles"], …].
    scope = models.JSONField(_("知らせる先と内容"), default=list, blank=True)
    scope_version = models.CharField(max_length=10, blank=True)
    # A scope of its own. A name goes to a host only on written consent.
    for_hosts = models.BooleanField(_("受け入れ先にたずねてよい（名前は出さない）"), default=False)
    name_to_hosts = models.BooleanField(_("受け入れ先に名前を伝えてよい"), default=False)
    # Codes of directory.choices.FunctionalNeed the person allows to be told.
    released_needs = models.JSONField(_("受け入れ先に伝えてよい配慮"), default=list, blank=True)
    rules_version = models.CharField(_("見せた取扱規程の版"), max_length=40, blank=True)
    conditions = SealedText(_("本人のことわり・条件"), bound="consent.conditions")
    from_on = models.DateField(_("いつから"), default=timezone.localdate)
    until_on = models.DateField(_("いつまで"), null=True, blank=True)
    superseded_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(_("取り消した時"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("同意")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["client"],
                condition=Q(superseded_at=None, withdrawn_at=None),
                name="one_standing_consent_per_client",
            ),
            models.CheckConstraint(condition=Q(state__in=ConsentState.values), name="consent_state_is_known"),
            models.CheckConstraint(
                condition=Q(for_hosts=False) | Q(state__in=GIVEN), name="only_a_given_consent_reaches_hosts"
            ),
            models.CheckConstraint(
                condition=Q(name_to_hosts=False) | Q(state=ConsentState.WRITTEN, for_hosts=True),
                name="a_name_reaches_hosts_on_written_consent_only",
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="consent_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(state=ConsentState.UNASKED) | Q(asked_on__isnull=False), name="an_answer_has_a_day"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="a_withdrawal_says_by_whom",
            ),
        ]

    def is_valid(self, *, on: date) -> bool:
        """Given, begun, neither withdrawn nor expired."""
        return (
            ConsentState(self.state).is_given
            and self.withdrawn_at is None
            and self.superseded_at is None
            and self.from_on <= on
            and (self.until_on is None or self.until_on >= on)
        )
