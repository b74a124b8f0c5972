"""Lists of events: recognised as such; a coming event becomes a one-off date of a place found by its name."""

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime

from django.utils import timezone

from directory.actions.recording import changed
from directory.calendar import parse
from directory.choices import PlaceState
from directory.models import Activity, Municipality, Place, User

from .cells import name_key, plain
from .findings import Finding, FindingKind
from .importing import Outcome
from .reading import Row, Table

# The same column never mixes them, so the whole column decides which one it is.
DATE_FORMATS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%m/%d/%Y", "%d/%m/%Y", "%Y年%m月%d日")


def date_format(cells: Iterable[str]) -> str | None:
    """The one format that reads every date of a column; None when none does, or several do with other results."""
    given = [cell for text in cells if (cell := plain(text))]
    fitting = [form for form in DATE_FORMATS if given and all(_read(cell, form) for cell in given)]
    results = {tuple(_read(cell, form) for cell in given) for form in fitting}
    return fitting[0] if len(results) == 1 else None


def _read(text: str, form: str | None) -> date | None:
    if form is None:
        return None
    try:
        return datetime.strptime(re.sub(r"\s", "", plain(text)), form).date()
    except ValueError:
        return None


def import_events(
    table: Table, *, town: Municipality, by: User | None = None, each: Callable[[], object] = lambda: None
) -> Outcome:
    """Store coming events of known places; everything else is reported. Must run in a transaction."""
    outcome = Outcome(table)
    form = date_format(row.cells.get("starts_on", "") for row in table.rows)
    end_form = date_format(row.cells.get("ends_on", "") for row in table.rows)
    places = _by_name(town)
    for row in table.rows:
        each()
        problem = _store(row, form, end_form, places, town=town, by=by, outcome=outcome)
        if problem is not None:
            kind, name = problem
            heading = row.headings.get(name, "")
            value = " ".join(row.cells.get(part, "") for part in dict.fromkeys(("event", name)))
            outcome.findings.append(Finding(kind, table.name, row.line, heading, value.strip()))
            outcome.refused += 1
    return outcome


def _by_name(town: Municipality) -> dict[str, list[Place]]:
    found: dict[str, list[Place]] = {}
    for place in Place.objects.filter(municipality=town, merged_into=None).exclude(state=PlaceState.WITHDRAWN):
        found.setdefault(name_key(place.name, town.name), []).append(place)
    return found


def _store(
    row: Row,
    form: str | None,
    end_form: str | None,
    places: dict[str, list[Place]],
    *,
    town: Municipality,
    by: User | None,
    outcome: Outcome,
) -> tuple[FindingKind, str] | None:
    """The reason why a row was not stored, and the column it stands in."""
    starts, ends = _read(row.cells.get("starts_on", ""), form), _read(row.cells.get("ends_on", ""), end_form)
    if (ends or starts or date.max) < timezone.localdate():
        return FindingKind.EVENT_PAST, "starts_on"
    text = _when(row, starts, ends)
    reading = parse(text)
    if reading.schedule is None or not all(rule.dates for rule in reading.schedule.rules):
        return FindingKind.EVENT_UNDATED, "starts_on" if row.cells.get("starts_on") else "dates"
    days = [day for rule in reading.schedule.rules for day in rule.dates]
    if max(days) < timezone.localdate():
        return FindingKind.EVENT_PAST, "dates"
    found = places.get(name_key(row.cells.get("venue", ""), town.name), [])
    if len(found) != 1:
        return FindingKind.EVENT_PLACELESS, "venue"
    place = found[0]
    values = {
        "description": row.cells.get("description", ""),
        "schedule": reading.schedule.to_dict(),
        "opening_text": text,
    }
    name = plain(row.cells["event"])[:120]
    same = place.activities.filter(name=name, opening_text=text).first()
    if same is not None:
        outcome.unchanged += 1
        return None
    Activity.objects.create(place=place, name=name, position=place.activities.count(), **values)
    changed(place, action="listing.import", by=by, event=True)
    outcome.updated.append(place)
    return None


def _when(row: Row, starts: date | None, ends: date | None) -> str:
    """The day and times as one text; a range of days says nothing about the days between, so it is not one."""
    begins, until = row.cells.get("begins", ""), row.cells.get("ends", "")
    clock = f"{begins}～{until}" if begins or until else ""
    if starts is not None:
        day = f"{starts.year}年{starts.month}月{starts.day}日"
        if ends is not None and ends != starts:
            day = f"{day}～（終わりの日 {ends.isoformat()}）"
        return f"{day} {clock}".strip()
    return f"{row.cells.get('starts_on') or row.cells.get('dates', '')} {clock}".strip()
