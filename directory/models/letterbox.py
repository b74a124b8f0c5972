"""Letterboxes in the privacy wall: what hosts are asked and answer, without free text and without a person.

Only `matching` knows which client a uuid means; it puts requests in and collects the answers itself.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.choices import Attendance, HostAnswer, HostReason, Offer


class HostRequestQuerySet(models.QuerySet["HostRequest"]):
    def open(self) -> "HostRequestQuerySet":
        """Asked, and neither answered nor taken back."""
        return self.filter(answer="", withdrawn_at=None)

    def coming(self) -> "HostRequestQuerySet":
        """The host said yes, and it is not over."""
        return self.filter(answer=HostAnswer.YES, withdrawn_at=None, closed_at=None)


class HostRequest(models.Model):
    """May someone come? Asked of a host about nobody in particular."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    municipality = models.ForeignKey("directory.Municipality", on_delete=models.PROTECT, related_name="host_requests")
    place = models.ForeignKey("directory.Place", on_delete=models.PROTECT, related_name="host_requests")
    activity = models.ForeignKey(
        "directory.Activity", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    slot = models.ForeignKey(
        "directory.Slot", on_delete=models.PROTECT, null=True, blank=True, related_name="host_requests"
    )
    offer = models.CharField(_("どんな形で"), max_length=12, choices=Offer, default=Offer.VISIT)
    from_on = models.DateField(_("いつごろから"), null=True, blank=True)
    until_on = models.DateField(_("いつごろまで"), null=True, blank=True)
    # Codes of FunctionalNeed, each released by the person's consent.
    needs = models.JSONField(_("配慮のお願い"), default=list, blank=True)
    escort = models.BooleanField(_("職員がいっしょに行く"), default=False)
    asked_at = models.DateTimeField(default=timezone.now)
    reply_by_on = models.DateField(_("お返事の期限"))
    answer = models.CharField(_("返事"), max_length=4, choices=HostAnswer, blank=True)
    reason = models.CharField(_("理由"), max_length=16, choices=HostReason, blank=True)
    call_me = models.BooleanField(_("電話がほしい"), default=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("取り下げた時"), null=True, blank=True)
    # The taking part it led to is over, or the host said no: nothing more is told or asked.
    closed_at = models.DateTimeField(_("終わった時"), null=True, blank=True)
    # A, B, C …: how host and staff tell two newcomers of one place apart, before any name may be told.
    sign = models.CharField(_("印"), max_length=1, blank=True)
    # When the newcomer comes to look, agreed by telephone: so that somebody stands at the door.
    visit_at = models.DateTimeField(_("見学に来る日時"), null=True, blank=True)

    objects = HostRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("受け入れのお願い")
        ordering = ["reply_by_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="answered_requests_and_only_they_say_when",
            ),
            models.CheckConstraint(
                condition=Q(answer=HostAnswer.NO) & ~Q(reason="") | ~Q(answer=HostAnswer.NO) & Q(reason=""),
                name="a_no_of_a_host_and_only_it_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.reply_by_on}"


class HostReport(models.Model):
    """Whether the newcomer came, told in two taps."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    request = models.ForeignKey(HostRequest, on_delete=models.PROTECT, related_name="reports")
    on = models.DateField(_("日"))
    attendance = models.CharField(_("来ましたか"), max_length=6, choices=Attendance)
    # 0 = no burden … 4 = cannot go on (casework.md, F11).
    burden = models.PositiveSmallIntegerField(_("負担（0から4）"), null=True, blank=True)
    call_me = models.BooleanField(_("電話がほしい"), default=False)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reported_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("来た日の報告")
        ordering = ["-on"]
        constraints = [
            models.UniqueConstraint(fields=["request", "on"], name="one_report_a_day"),
            models.CheckConstraint(condition=Q(burden=None) | Q(burden__lte=4), name="burden_is_0_to_4"),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.get_attendance_display()}"
