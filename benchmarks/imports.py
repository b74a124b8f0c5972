"""Imports the real files into a scratch database: `python -m benchmarks.imports [--files FOLDER] [--json]`."""

import os
import sys
import time
from argparse import Namespace
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "site")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "website.settings.test")

import django  # noqa: E402

django.setup()

from django.db import connection, transaction  # noqa: E402

from benchmarks.figure import Figure, parser, show  # noqa: E402
from directory.exchange.columns import Shape  # noqa: E402
from directory.exchange.events import import_events  # noqa: E402
from directory.exchange.findings import FindingKind, by_kind  # noqa: E402
from directory.exchange.importing import Origin, import_places  # noqa: E402
from directory.exchange.reading import read_table  # noqa: E402
from directory.models import Activity, Municipality, Place  # noqa: E402

COMMAND = "python -m benchmarks.imports"


def figures(options: Namespace) -> Iterator[Figure]:
    """Places, findings by kind, openings understood, and what a second run changes (nothing)."""
    files = sorted(options.files.glob("*.csv"))
    town = Municipality.objects.create(code="372013", name="高松市", yomi="たかまつし", prefecture="香川県")
    begun = time.perf_counter()
    created, findings, shapes = _import(files, town)
    seconds = time.perf_counter() - begun
    again, _, _ = _import(files, town)
    yield Figure(
        "imports.files",
        len(files),
        goal="every one recognised",
        holds=Shape.UNKNOWN.value not in shapes,
        command=COMMAND,
    )
    yield Figure("imports.places", created, command=COMMAND)
    yield Figure("imports.seconds", round(seconds, 2), command=COMMAND)
    yield Figure("imports.changed_by_a_second_run", again, goal="0", holds=again == 0, command=COMMAND)
    with_text = Activity.objects.exclude(opening_text="")
    understood = with_text.exclude(schedule=None).count()
    yield Figure(
        "imports.openings_understood",
        understood,
        with_text.count(),
        understood / max(with_text.count(), 1),
        command=COMMAND,
    )
    yield Figure("imports.places_without_coordinates", Place.objects.filter(latitude=None).count(), command=COMMAND)
    for kind, number in findings.items():
        yield Figure(f"imports.findings.{kind}", number, goal=str(FindingKind(kind).label), command=COMMAND)


def _import(files: list[Path], town: Municipality) -> tuple[int, Counter[str], set[str]]:
    """(places created or changed, findings by kind, shapes) of one run over all files, as --apply does it."""
    changes, findings, shapes = 0, Counter[str](), set()
    with transaction.atomic():
        for table in sorted(map(read_table, files), key=lambda table: table.shape is Shape.EVENTS):
            shapes.add(table.shape.value)
            if table.shape is Shape.EVENTS:
                outcome = import_events(table, town=town)
            else:
                outcome = import_places(table, town=town, origin=Origin(source=table.name))
            changes += outcome.changes
            findings.update(by_kind(outcome.findings))
    return changes, findings, shapes


def main() -> int:
    arguments = parser(__doc__)
    arguments.add_argument("--files", type=Path, default=ROOT.parent / "shared" / "data" / "takamatsu")
    options = arguments.parse_args()
    if not any(options.files.glob("*.csv")):
        print(f"no CSV files in {options.files}: name a folder of municipal lists with --files", file=sys.stderr)
        return 2
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        show(figures(options), as_json=options.json)
    finally:
        connection.creation.destroy_test_db(str(connection.settings_dict["NAME"]), verbosity=0)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
