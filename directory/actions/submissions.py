"""Change sets: submitting, deciding field by field, undoing (decisions/0002)."""

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone

from directory.choices import ConfirmationWay, SubmissionKind, SubmissionState
from directory.emails import tell_host_of_decision, tell_reviewers
from directory.fields import FIELDS
from directory.models import Municipality, Organization, Place, Submission, User

from .confirmations import confirm
from .errors import AlreadyDecided, NotNow, SomebodyElseSaved
from .recording import changed
from .snapshot import snapshot, value_of, write

APPROVED, RETURNED, CONFLICT = "approved", "returned", "conflict"


def canonical(value: Any) -> str:
    """One text per value, so that equal values compare equal whatever their order or type of number."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, cls=DjangoJSONEncoder)


def differing(place: Place, wanted: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """{field: {"before", "after"}} of what is really different from the live listing."""
    return {
        name: {"before": before, "after": after}
        for name, after in wanted.items()
        if canonical(before := value_of(place, name)) != canonical(after)
    }


@transaction.atomic
def submit(
    *, place: Place, wanted: dict[str, Any], by: User, edit_version: int | None = None, note: str = ""
) -> tuple[Submission | None, Submission | None]:
    """Apply what is of small risk at once, and let the rest wait for a reviewer: (applied, waiting), either None.

    Raises SomebodyElseSaved when a field that differs was changed by somebody since `edit_version`.
    """
    place = Place.objects.select_for_update().get(pk=place.pk)
    changes = differing(place, wanted)
    if edit_version is not None and edit_version != place.edit_version:
        touched = _touched_since(place, edit_version)
        if overlapping := [name for name in changes if name in touched]:
            raise SomebodyElseSaved(overlapping)
    at_once = {name: change for name, change in changes.items() if not FIELDS[name].waits}
    waiting = {name: change for name, change in changes.items() if FIELDS[name].waits}
    applied = waits = None
    if at_once:
        applied = _keep(place, at_once, by=by, state=SubmissionState.APPLIED, note=note)
        for name, change in at_once.items():
            write(place, name, change["after"])
        _count_edit(place)
        changed(place, action="listing.edit", by=by, fields=sorted(at_once))
    if waiting:
        waits = _keep(place, waiting, by=by, state=SubmissionState.WAITING, note=note)
        transaction.on_commit(lambda: tell_reviewers(waits))
    return applied, waits


def _keep(place: Place, changes: dict[str, Any], *, by: User, state: SubmissionState, note: str) -> Submission:
    return Submission.objects.create(
        municipality=place.municipality,
        place=place,
        state=state,
        changes=json.loads(canonical(changes)),
        decisions={name: {"decision": APPROVED, "note": ""} for name in changes}
        if state == SubmissionState.APPLIED
        else {},
        submitted_by=by,
        note=note,
        decided_at=timezone.now() if state == SubmissionState.APPLIED else None,
    )


def _touched_since(place: Place, edit_version: int) -> set[str]:
    """Fields that applied submissions changed in the last (current − edit_version) edits."""
    steps = place.edit_version - edit_version
    recent = place.submissions.exclude(state__in=[SubmissionState.WAITING, SubmissionState.RETURNED])
    latest = recent.order_by("-decided_at", "-pk")[: max(steps, 1)]
    return {name for submission in latest for name in submission.changes}


def _count_edit(place: Place) -> None:
    place.edit_version += 1
    place.save(update_fields=["edit_version", "updated_at"])


@transaction.atomic
def submit_new(
    *, municipality: Municipality, organization: Organization | None, wanted: dict[str, Any], by: User, note: str = ""
) -> Submission:
    """Ask for a new listing; nothing is public until a reviewer approves it."""
    changes = {name: {"before": None, "after": value} for name, value in wanted.items() if value not in (None, "", [])}
    submission = Submission.objects.create(
        municipality=municipality,
        kind=SubmissionKind.NEW,
        changes=json.loads(canonical(changes)),
        submitted_by=by,
        note=note,
        decisions={"organization": str(organization.uuid)} if organization else {},
    )
    transaction.on_commit(lambda: tell_reviewers(submission))
    return submission


@transaction.atomic
def decide(*, submission: Submission, decisions: dict[str, dict[str, str]], by: User, reply: str = "") -> Submission:
    """Approve or return each field: {field: {"decision": "approved"|"returned", "note": …}}, in one transaction.

    An approved field whose live value is no longer the `before` that the host saw becomes a `conflict`: it is not
    applied, and both texts are shown. Raises AlreadyDecided when somebody was faster, NotNow when a field is missing.
    """
    submission = Submission.objects.select_for_update().get(pk=submission.pk)
    if submission.state != SubmissionState.WAITING:
        raise AlreadyDecided
    place = _place_for(submission)
    outcome: dict[str, dict[str, str]] = {}
    for name, change in submission.changes.items():
        given = decisions.get(name)
        if given is None or given["decision"] not in {APPROVED, RETURNED}:
            raise NotNow(FIELDS[name].label)
        outcome[name] = {"decision": given["decision"], "note": given.get("note", "")}
        if given["decision"] == RETURNED:
            continue
        is_new = submission.kind == SubmissionKind.NEW
        if not is_new and canonical(value_of(place, name)) != canonical(change["before"]):
            outcome[name]["decision"] = CONFLICT
            continue
        if is_new and name in {"name", "yomi", "kind"}:
            continue
        try:
            write(place, name, change["after"])
        except ValidationError as error:
            raise NotNow(f"{FIELDS[name].label}: {' '.join(error.messages)}") from error
    applied = [name for name, made in outcome.items() if made["decision"] == APPROVED]
    submission.place = place if applied or submission.kind != SubmissionKind.NEW else None
    submission.decisions = outcome
    submission.state = _state_of(outcome)
    submission.reply = reply
    submission.decided_by, submission.decided_at = by, timezone.now()
    submission.save()
    if applied:
        _count_edit(place)
        changed(place, action="listing.approve", by=by, fields=sorted(applied), submission=str(submission.uuid))
        # The host told us all this: whoever approves has looked at it today.
        confirm(place=place, by=by, way=ConfirmationWay.HOST_PAGE)
    elif submission.kind == SubmissionKind.NEW:
        place.delete()
    transaction.on_commit(lambda: tell_host_of_decision(submission))
    return submission


def _place_for(submission: Submission) -> Place:
    """The live listing, locked; for a new one, a listing in preparation that bears the proposed name."""
    if submission.kind != SubmissionKind.NEW:
        return Place.objects.select_for_update().get(submissions=submission)
    proposed = {name: change["after"] for name, change in submission.changes.items()}
    organization = Organization.objects.filter(
        municipality=submission.municipality, members__user=submission.submitted_by, members__until_on=None
    ).first()
    return Place.objects.create(
        municipality=submission.municipality,
        organization=organization,
        name=proposed["name"],
        yomi=proposed["yomi"],
        kind=proposed["kind"],
    )


def _state_of(outcome: dict[str, dict[str, str]]) -> SubmissionState:
    made = {decision["decision"] for decision in outcome.values()}
    if made == {APPROVED}:
        return SubmissionState.APPLIED
    return SubmissionState.PARTLY if APPROVED in made else SubmissionState.RETURNED


@transaction.atomic
def take_back(*, submission: Submission, by: User) -> None:
    """Withdraw a change that still waits; nothing had been changed. Raises AlreadyDecided."""
    taken = Submission.objects.filter(pk=submission.pk, state=SubmissionState.WAITING).update(
        state=SubmissionState.UNDONE, decided_by=by, decided_at=timezone.now()
    )
    if not taken:
        raise AlreadyDecided


@transaction.atomic
def undo(*, submission: Submission, by: User) -> Submission:
    """Put back what an applied change of small risk replaced: the swapped change, itself a submission.

    Raises SomebodyElseSaved when a field was changed again since; AlreadyDecided on a second tap.
    """
    submission = Submission.objects.select_for_update().get(pk=submission.pk)
    if submission.state != SubmissionState.APPLIED or submission.place is None:
        raise AlreadyDecided
    place = Place.objects.select_for_update().get(pk=submission.place.pk)
    later = [
        name
        for name, change in submission.changes.items()
        if canonical(value_of(place, name)) != canonical(change["after"])
    ]
    if later:
        raise SomebodyElseSaved(later)
    swapped = {
        name: {"before": change["after"], "after": change["before"]} for name, change in submission.changes.items()
    }
    for name, change in swapped.items():
        write(place, name, change["after"])
    made = _keep(place, swapped, by=by, state=SubmissionState.APPLIED, note="")
    made.undoes = submission
    made.save(update_fields=["undoes"])
    submission.state = SubmissionState.UNDONE
    submission.save(update_fields=["state"])
    _count_edit(place)
    changed(place, action="listing.undo", by=by, fields=sorted(swapped), submission=str(submission.uuid))
    return made


__all__ = ["decide", "differing", "snapshot", "submit", "submit_new", "take_back", "undo"]
