"""The one CSV writer of the project: opens well in a spreadsheet, and no cell in it can become a formula."""

import csv
from collections.abc import Iterable, Sequence
from typing import Any, TextIO

# A spreadsheet runs a cell that begins with one of these, also full-width, also after blanks or control characters.
_DANGEROUS = frozenset("=+-@＝＋－＠\t\r\n|%")
BOM = "\ufeff"


def safe_cell(value: Any) -> str:
    """The text of a cell; an apostrophe in front keeps a spreadsheet from running it (OWASP, CSV injection)."""
    text = "" if value is None else str(value).replace("\0", "")
    stripped = text.lstrip()
    return f"'{text}" if text[:1] in _DANGEROUS or stripped[:1] in _DANGEROUS else text


def write_csv(target: TextIO, columns: Sequence[Any], rows: Iterable[Sequence[Any]]) -> int:
    """Write head and rows to a text file opened with newline=""; a BOM first, lines end in CRLF. Number of rows."""
    target.write(BOM)
    # Every cell is quoted, so that a line break or a comma inside one never moves a column.
    writer = csv.writer(target, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([safe_cell(column) for column in columns])
    written = 0
    for row in rows:
        writer.writerow([safe_cell(cell) for cell in row])
        written += 1
    return written
