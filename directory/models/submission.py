"""Change sets: what a host wants changed, field by field, while the approved version stays live."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.choices import SubmissionKind, SubmissionState


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def waiting(self) -> "SubmissionQuerySet":
        return self.filter(state=SubmissionState.WAITING)


class Submission(models.Model):
    """One edit of one listing: {field: {"before": …, "after": …}} in canonical JSON.

    Children (activities, contacts, photos) count as one field each, their rows matched by uuid. Approval is per field
    and refuses a field whose live value is no longer `before`. The history of a listing is its applied submissions;
    undo is a submission with before and after swapped.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    municipality = models.ForeignKey("directory.Municipality", on_delete=models.PROTECT, related_name="submissions")
    place = models.ForeignKey(
        "directory.Place", on_delete=models.CASCADE, null=True, blank=True, related_name="submissions"
    )
    kind = models.CharField(_("種類"), max_length=8, choices=SubmissionKind, default=SubmissionKind.CHANGE)
    state = models.CharField(_("状態"), max_length=8, choices=SubmissionState, default=SubmissionState.WAITING)
    changes = models.JSONField(_("変更"), default=dict)
    # {field: {"decision": "approved"|"returned"|"conflict", "note": …}}
    decisions = models.JSONField(_("判断"), default=dict, blank=True)
    note = models.TextField(_("送る人からの説明"), blank=True)
    reply = models.TextField(_("確認した人からの返事"), blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="submissions"
    )
    submitted_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    undoes = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="undone_by")

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("変更の申し出")
        ordering = ["-submitted_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=SubmissionState.values), name="submission_state_is_known"),
            models.CheckConstraint(
                condition=Q(state=SubmissionState.WAITING, decided_at=None)
                | (~Q(state=SubmissionState.WAITING) & Q(decided_at__isnull=False)),
                name="decided_submissions_and_only_they_say_when",
            ),
            models.CheckConstraint(
                condition=Q(kind=SubmissionKind.NEW) | Q(place__isnull=False), name="only_new_listings_have_no_place"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.submitted_at:%Y-%m-%d}"
