"""Puts drafts into the directory: new places, changed places, and nothing twice. Called inside one transaction."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from directory.actions.recording import changed
from directory.choices import PlaceKind
from directory.models import Activity, Contact, ImportRun, Municipality, Organization, Place, PlaceStaffFacts, User

from .cells import address_key, name_key
from .drafts import Draft, drafts
from .duplicates import Reason, store_candidates
from .findings import Finding, FindingKind, by_kind
from .reading import Table

LICENCES = {"creativecommons.org/licenses/by/4.0": "CC BY 4.0", "creativecommons.org/licenses/by/3.0": "CC BY 3.0"}


@dataclass(frozen=True)
class Origin:
    """What is written beside every imported fact."""

    source: str
    licence: str = ""
    as_of: str = ""


@dataclass
class Outcome:
    """What one file brought."""

    table: Table
    created: list[Place] = field(default_factory=list)
    updated: list[Place] = field(default_factory=list)
    unchanged: int = 0
    refused: int = 0
    findings: list[Finding] = field(default_factory=list)

    @property
    def changes(self) -> int:
        return len(self.created) + len(self.updated)

    def counts(self) -> dict[str, Any]:
        return {
            "created": len(self.created),
            "updated": len(self.updated),
            "unchanged": self.unchanged,
            "refused": self.refused,
            "findings": by_kind(self.findings),
        }


def licence_of(table: Table) -> str:
    """The licence that the preamble of a file names, else empty."""
    given = table.preamble.get("license", "")
    return next((name for address, name in LICENCES.items() if address in given), given)[:80]


def import_places(
    table: Table,
    *,
    town: Municipality,
    origin: Origin,
    kind: PlaceKind | None = None,
    by: User | None = None,
    each: Callable[[], object] = lambda: None,
) -> Outcome:
    """Store every good row of a list of places; `each` is called once per row.

    A row is known again by (town, source, number), else by normalised name and address. A place that somebody has
    edited since stays as it is. Must run in a transaction.
    """
    outcome = Outcome(table)
    known = {place.source_row: place for place in _places_of(town, origin.source)}
    met: set[str] = set()
    run: ImportRun | None = None
    for draft in drafts(table, town_code=town.code, kind=kind):
        each()
        met.add(draft.source_row)
        place = known.get(draft.source_row)
        if place is not None and _is_another(place, draft, town):
            draft.findings.append(
                Finding(FindingKind.ID_MOVED, table.name, draft.line, value=draft.name, note=f"今は「{place.name}」")
            )
        if draft.is_refused:
            outcome.refused += 1
        elif place is None:
            run = run or _run(table, town=town, origin=origin, by=by)
            outcome.created.append(_create(draft, town=town, origin=origin, run=run, by=by))
        elif not _differs(place, draft):
            outcome.unchanged += 1
        elif place.edit_version > 1:
            outcome.unchanged += 1
            draft.findings.append(Finding(FindingKind.EDITED_BY_HAND, table.name, draft.line, value=draft.name))
        else:
            run = run or _run(table, town=town, origin=origin, by=by)
            outcome.updated.append(_update(place, draft, origin=origin, run=run, by=by))
        outcome.findings += draft.findings
    outcome.findings += [
        Finding(FindingKind.GONE, table.name, value=place.name, note=f"番号 {place.code}")
        for key, place in known.items()
        if key not in met and place.state != "withdrawn"
    ]
    outcome.findings += _duplicates(table, town, outcome)
    if run is not None:
        run.counts = outcome.counts()
        run.save(update_fields=["counts"])
    return outcome


def _places_of(town: Municipality, source: str) -> Iterable[Place]:
    places = Place.objects.filter(municipality=town, source=source).exclude(source_row="")
    return places.prefetch_related("activities", "contacts").select_related("staff_facts", "organization")


def _is_another(place: Place, draft: Draft, town: Municipality) -> bool:
    """A number that now stands for something else: the file was renumbered."""
    same_name = name_key(place.name, town.name) == name_key(draft.name, town.name)
    here, there = (
        address_key(address, town.prefecture, town.name) for address in (place.address, draft.fields.get("address", ""))
    )
    return not same_name and here != there


def _run(table: Table, *, town: Municipality, origin: Origin, by: User | None) -> ImportRun:
    return ImportRun.objects.create(
        municipality=town,
        source=origin.source,
        shape=table.shape.value,
        sha256=table.sha256,
        applied_by=by,
        applied_at=timezone.now(),
    )


# ── one place ───────────────────────────────────────────────────────────────


def _create(draft: Draft, *, town: Municipality, origin: Origin, run: ImportRun, by: User | None) -> Place:
    place = Place.objects.create(
        municipality=town,
        source=origin.source,
        source_row=draft.source_row,
        source_licence=origin.licence,
        source_as_of=origin.as_of,
        import_run=run,
        organization=_organization(draft, town),
        **draft.fields,
    )
    Activity.objects.create(place=place, name=place.name, yomi=place.yomi, **draft.activity)
    _write_contacts(place, draft)
    _write_staff_note(place, draft)
    changed(place, action="listing.import", by=by, run=str(run.uuid), new=True)
    return place


def _wanted(place: Place, draft: Draft) -> tuple[dict[str, Any], dict[str, Any]]:
    """(fields, fields of its activity) as the file would have them, without undoing what people confirmed since."""
    fields, activity = dict(draft.fields), dict(draft.activity)
    if place.yomi_confirmed and not fields["yomi_confirmed"]:
        del fields["yomi"], fields["yomi_confirmed"]
    fields["needs_check"] = [
        name
        for name in draft.fields["needs_check"]
        if name in place.needs_check or (name in fields and getattr(place, name, None) != fields[name])
    ]
    standing = _first_activity(place)
    by_hand = standing is not None and standing.schedule is not None and activity["schedule"] is None
    if by_hand and standing is not None and standing.opening_text == activity["opening_text"]:
        # Somebody turned the same text into a rule.
        del activity["schedule"], activity["needs_check"]
    return fields, activity


def _first_activity(place: Place) -> Activity | None:
    return next(iter(place.activities.all()), None)


def _update(place: Place, draft: Draft, *, origin: Origin, run: ImportRun, by: User | None) -> Place:
    fields, wanted = _wanted(place, draft)
    for name, value in fields.items():
        setattr(place, name, value)
    place.organization = _organization(draft, place.municipality) or place.organization
    place.source_licence, place.source_as_of, place.import_run = origin.licence, origin.as_of, run
    place.save()
    activity = _first_activity(place) or Activity(place=place)
    activity.name, activity.yomi = place.name, place.yomi
    for name, value in wanted.items():
        setattr(activity, name, value)
    activity.save()
    if _contacts_of(place) != draft.contacts:
        place.contacts.all().delete()
        _write_contacts(place, draft)
    _write_staff_note(place, draft)
    changed(place, action="listing.import", by=by, run=str(run.uuid), new=False)
    return place


def _differs(place: Place, draft: Draft) -> bool:
    fields, wanted = _wanted(place, draft)
    activity = _first_activity(place)
    return (
        activity is None
        or any(getattr(place, name) != value for name, value in fields.items() if name != "needs_check")
        or any(getattr(activity, name) != value for name, value in wanted.items() if name != "needs_check")
        or _contacts_of(place) != draft.contacts
        or bool(draft.organization and draft.organization != (place.organization.name if place.organization else ""))
        or _staff_note_of(place) != draft.staff_note()
    )


def _contacts_of(place: Place) -> list[dict[str, Any]]:
    return [
        {"kind": contact.kind, "value": contact.value, "label": contact.label, "is_public": contact.is_public}
        for contact in place.contacts.all()
    ]


def _write_contacts(place: Place, draft: Draft) -> None:
    Contact.objects.bulk_create(
        Contact(place=place, position=position, **values) for position, values in enumerate(draft.contacts)
    )


def _staff_note_of(place: Place) -> str:
    return place.staff_facts.note if hasattr(place, "staff_facts") else ""


def _write_staff_note(place: Place, draft: Draft) -> None:
    """Cells that could not be read stand with the staff as they are."""
    if draft.staff_note() or hasattr(place, "staff_facts"):
        PlaceStaffFacts.objects.update_or_create(place=place, defaults={"note": draft.staff_note()})


def _organization(draft: Draft, town: Municipality) -> Organization | None:
    if not draft.organization:
        return None
    found, _ = Organization.objects.get_or_create(
        municipality=town, name=draft.organization, defaults={"corporate_number": draft.corporate_number}
    )
    return found


def _duplicates(table: Table, town: Municipality, outcome: Outcome) -> list[Finding]:
    if not outcome.changes:
        return []
    return [
        Finding(
            FindingKind.DUPLICATE,
            table.name,
            value=f"{first.name} / {second.name}",
            note="、".join(str(Reason(reason).label) for reason in why),
        )
        for first, second, why in store_candidates(town, [*outcome.created, *outcome.updated])
    ]
