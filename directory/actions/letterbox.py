"""Hosts answer requests and tell whether somebody came: chosen answers only, about nobody by name."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.choices import Attendance, HostAnswer, HostReason
from directory.models import Event, HostReport, HostRequest, User

from .errors import AlreadyAnswered, NotNow


@transaction.atomic
def answer_request(
    *, request: HostRequest, answer: HostAnswer, by: User, reason: str = "", call_me: bool = False
) -> HostRequest:
    """Keep the host's answer. Raises AlreadyAnswered on a second one, NotNow when it was taken back meanwhile."""
    if answer == HostAnswer.NO and reason not in HostReason.values:
        raise ValidationError(_("今回は無理なときは、理由をひとつ選んでください。"))
    request = HostRequest.objects.select_for_update().get(pk=request.pk)
    if request.withdrawn_at is not None:
        raise NotNow(_("このお願いは取り下げられました。ご返事はいりません。"))
    if request.answer:
        raise AlreadyAnswered
    request.answer = answer
    request.reason = reason if answer == HostAnswer.NO else ""
    request.call_me = call_me or answer == HostAnswer.TALK
    request.answered_by, request.answered_at = by, timezone.now()
    request.save()
    Event.append(action="request.answer", actor=by, subject=request, municipality=request.municipality, answer=answer)
    return request


@transaction.atomic
def report_visit(
    *,
    request: HostRequest,
    on: date,
    attendance: Attendance,
    by: User,
    burden: int | None = None,
    call_me: bool = False,
) -> HostReport:
    """Keep whether the newcomer came on a day; a second report of the same day replaces the first. Raises NotNow."""
    if request.withdrawn_at is not None or request.closed_at is not None:
        raise NotNow(
            _("この人の参加は終わっています。ご報告はいりません。気になることは、担当の職員に電話してください。")
        )
    if on > timezone.localdate():
        raise ValidationError(_("これからの日は報告できません。来た日を選んでください。"))
    if burden is not None and not 0 <= burden <= 4:
        raise ValidationError(_("負担は0から4で選んでください。"))
    report, _made = HostReport.objects.update_or_create(
        request=request,
        on=on,
        defaults={
            "attendance": attendance,
            "burden": burden,
            "call_me": call_me,
            "reported_by": by,
            "reported_at": timezone.now(),
        },
    )
    Event.append(
        action="request.report", actor=by, subject=request, municipality=request.municipality, attendance=attendance
    )
    return report
