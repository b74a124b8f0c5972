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

YEAR_FIRST = ("%Y/%m/%d", "%Y年%m月%d日")
# Which of the two a column means can only be told from the whole column.
YEAR_LAST = ("%m/%d/%Y", "%d/%m/%Y")


def date_order(cells: Iterable[str]) -> str | None:
    """How a column writes its dates: 3/4/2027 is March only where another row of it says 3/14/2027.

    One of YEAR_LAST, when it reads every date that either of them reads, and the other one does not. Else None.
    """
    dated = [cell for cell in cells if any(_read(cell, form) for form in YEAR_LAST)]
    fitting = [form for form in YEAR_LAST if dated and all(_read(cell, form) for cell in dated)]
    return fitting[0] if len(fitting) == 1 else None


def day_of(text: str, order: str | None) -> date | None:
    """A cell as a date; None when it is none, or when its day and month could be exchanged."""
    forms = (*YEAR_FIRST, order) if order else YEAR_FIRST
    return next((day for form in forms if (day := _read(text, form))), None)


def _read(text: str, form: str) -> date | None:
    # A time behind the date (5/16/2020 9:30:00 PM) is what a spreadsheet adds; the day is as good without.
    day = re.sub(r"\s+\d{1,2}:\d{2}.*$", "", plain(text))
    try:
        return datetime.strptime(re.sub(r"[.\-]", "/", day.replace(" ", "")), form).date()
    except ValueError:
        return None


def import_events(
    table: Table, *, town: Municipality, by: User | None = None, each: Callable[[], object] = lambda: None
) -> Outcome:
    """Store coming events of known places; everything else is reported. Must run in a transaction."""
    outcome = Outcome(table)
    order = date_order(row.cells.get(name, "") for row in table.rows for name in ("starts_on", "ends_on"))
    places = _by_name(town)
    for row in table.rows:
        each()
        problem = _store(row, order, places, town=town, by=by, outcome=outcome)
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
    order: str | None,
    places: dict[str, list[Place]],
    *,
    town: Municipality,
    by: User | None,
    outcome: Outcome,
) -> tuple[FindingKind, str] | None:
    """The reason why a row was not stored, and the column it stands in."""
    starts, ends = (day_of(row.cells.get(name, ""), order) for name in ("starts_on", "ends_on"))
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
