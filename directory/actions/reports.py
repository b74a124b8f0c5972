"""What residents tell us is kept, and handled by somebody."""

from django.db import transaction
from django.utils import timezone

from directory.choices import ReportKind, ReportState
from directory.models import District, Event, Municipality, Place, Report, User


@transaction.atomic
def receive(
    *,
    municipality: Municipality,
    kind: ReportKind,
    words: str,
    place: Place | None = None,
    district: District | None = None,
    contact: str = "",
) -> Report:
    """Keep one message for staff to see. Nothing of it is published."""
    report = Report.objects.create(
        municipality=municipality, kind=kind, words=words, place=place, district=district, contact=contact
    )
    Event.append(action="report.receive", subject=report, municipality=municipality, kind=kind)
    return report


@transaction.atomic
def handle(*, report: Report, state: ReportState, outcome: str, by: User) -> Report:
    """Say what became of a message; its contact is forgotten once nothing more will be answered."""
    report = Report.objects.select_for_update().get(pk=report.pk)
    report.state, report.outcome = state, outcome
    report.handled_by, report.handled_at = by, timezone.now()
    if state in {ReportState.DONE, ReportState.NOT_DONE}:
        report.contact = ""
    report.save()
    Event.append(action="report.handle", actor=by, subject=report, municipality=report.municipality, state=state)
    return report
