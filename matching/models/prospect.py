"""資源開拓カード (F12): somebody in town who might open a place, or open one wider, and how far the talks have come."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.choices import Want
from matching.choices import ProspectState
from matching.sealed import SealedText

from .base import CaseModel, CaseQuerySet


class ProspectQuerySet(CaseQuerySet):
    def alive(self) -> "ProspectQuerySet":
        """Neither registered nor given up."""
        return self.filter(state__in=ProspectState.alive_values())


class Prospect(CaseModel):
    """One card. It is about a place to be, never about a person: whom it would help is counted anew each time."""

    state = models.CharField(_("段階"), max_length=10, choices=ProspectState, default=ProspectState.UNTOUCHED)
    # A shop, a hall, a club, a farmer: often somebody's name.
    name = SealedText(_("相手（店・会・人）"), bound="prospect.name")
    contact = SealedText(_("連絡先"), bound="prospect.contact")
    idea = SealedText(_("どんな場になりそうか"), bound="prospect.idea")
    district = models.ForeignKey(
        "directory.District", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("地区")
    )
    want = models.CharField(_("できること"), max_length=16, choices=Want, blank=True)
    # Words of matching.candidates.near_miss.REMEDIES this card would bring.
    remedies = models.JSONField(_("開くこと"), default=list, blank=True)
    # Codes of matching.new_places.PROMISES: conditions that the new place would meet.
    meets = models.JSONField(_("かなえること"), default=list, blank=True)
    # What residents looked for and did not find, where the card began with that.
    looked_for = models.CharField(_("さがされていたことば"), max_length=60, blank=True)
    place = models.ForeignKey(
        "directory.Place", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("場")
    )
    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("担当")
    )
    next_on = models.DateField(_("次にする日"), null=True, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    # The form's own key: pressing the button twice makes one card.
    form_key = models.UUIDField(unique=True)
    edit_version = models.PositiveIntegerField(default=1, editable=False)

    objects = ProspectQuerySet.as_manager()

    class Meta:
        verbose_name = _("資源開拓カード")
        ordering = ["next_on", "-pk"]
        indexes = [models.Index(fields=["municipality", "state"], name="prospect_by_town_and_state")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ProspectState.values), name="prospect_state_is_known"),
            models.CheckConstraint(
                condition=~Q(state=ProspectState.REGISTERED) | Q(place__isnull=False),
                name="a_registered_prospect_names_its_place",
            ),
        ]


class ProspectStep(CaseModel):
    """One talk, or one move of a card. Never changed: what was said then stays."""

    prospect = models.ForeignKey(Prospect, on_delete=models.PROTECT, related_name="steps")
    before = models.CharField(_("前の段階"), max_length=10, choices=ProspectState)
    after = models.CharField(_("後の段階"), max_length=10, choices=ProspectState)
    on = models.DateField(_("日"), default=timezone.localdate)
    words = SealedText(_("話したこと"), bound="prospect_step.words")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("資源開拓の経過")
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(before__in=ProspectState.values, after__in=ProspectState.values),
                name="prospect_steps_are_known",
            )
        ]
