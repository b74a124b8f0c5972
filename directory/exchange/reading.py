"""From the bytes of a file to rows of text, whatever saved it: UTF-8 or CP932, BOM or none, commas or tabs."""

import codecs
import csv
import hashlib
import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from .columns import Shape, field_of, shape_of

# Larger than any list of a town by far, small enough to be read at once.
LARGEST_FILE = 50_000_000
HEAD_WITHIN = 30
# A row with nothing else is one that was numbered in advance.
_NOT_A_PLACE = {"row_id", "town_code", "town", "prefecture"}


class NotATable(ValueError):
    """The file cannot be read as rows and columns; the message says why, in Japanese."""


@dataclass(frozen=True)
class Row:
    """One row: its line number among the rows of the file from 1, and {field: text} with {field: heading} beside it."""

    line: int
    cells: dict[str, str]
    headings: dict[str, str]
    is_ragged: bool = False
    is_broken: bool = False


@dataclass(frozen=True)
class Table:
    """A file that was read: its shape, how it was encoded, what its preamble says, its rows without blank ones."""

    name: str
    shape: Shape
    encoding: str
    sha256: str
    preamble: dict[str, str] = field(default_factory=dict)
    headings: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    blank_rows: int = 0


def read_table(path: Path) -> Table:
    """Read one file. Raises NotATable."""
    if not path.is_file():
        raise NotATable("ファイルがありません")
    if path.stat().st_size > LARGEST_FILE:
        raise NotATable("ファイルが大きすぎます（50MBまで）")
    return table_of(path.read_bytes(), name=path.name)


def table_of(content: bytes, *, name: str) -> Table:
    """The same for bytes in hand."""
    lines, encoding, place = _lines(content)
    if place is None:
        shape, headings, body = Shape.UNKNOWN, tuple(lines[0]) if lines else (), []
        preamble: dict[str, str] = {}
    else:
        headings = tuple(_tidy_heading(cell) for cell in lines[place])
        shape, preamble = shape_of(headings), _preamble(lines[:place])
        body = list(enumerate(lines[place + 1 :], place + 2))
    rows = [row for row in _bodied(headings, body) if row is not None]
    return Table(
        name=name,
        shape=shape,
        encoding=encoding,
        sha256=hashlib.sha256(content).hexdigest(),
        preamble=preamble,
        headings=headings,
        rows=tuple(rows),
        blank_rows=len(body) - len(rows),
    )


def _lines(content: bytes) -> tuple[list[list[str]], str, int | None]:
    """(rows, encoding, where the headings stand), in the first encoding in which headings are found."""
    tried = [(rows, called, _head(rows)) for text, called in _decoded(content) for rows in [_rows(text)]]
    return next((one for one in tried if one[2] is not None), tried[0])


def _decoded(content: bytes) -> list[tuple[str, str]]:
    """The text in every encoding that it may be in; broken bytes become U+FFFD and their rows are reported."""
    if not content.strip():
        raise NotATable("中身がありません")
    if content[:4] in {b"PK\x03\x04", b"\xd0\xcf\x11\xe0"}:
        raise NotATable("表計算ソフトの形式です。「CSV UTF-8」で保存しなおしてください")
    if content[:2] in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}:
        return [(content.decode("utf-16", errors="replace"), "UTF-16")]
    encodings = (("utf-8-sig", "UTF-8"), ("cp932", "CP932"))
    return [(content.decode(name, errors="replace"), said) for name, said in encodings]


def _rows(text: str) -> list[list[str]]:
    if text.count("\0") > len(text) // 100:
        raise NotATable("文字の表ではありません")
    text = text.replace("\0", "\ufffd")
    sample = text[:20_000]
    delimiter = max(",\t;", key=lambda mark: sum(line.count(mark) for line in sample.splitlines()[:HEAD_WITHIN]))
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise NotATable('引用符（"）の数が合いません') from error


def _head(lines: list[list[str]]) -> int | None:
    """The row that holds the headings: the first in which a name and one more column are known."""
    for place, cells in enumerate(lines[:HEAD_WITHIN]):
        if shape_of([_tidy_heading(cell) for cell in cells]) is not Shape.UNKNOWN:
            return place
    return None


def _tidy_heading(cell: str) -> str:
    # A BOM that was read as Latin-1 and saved again stands as three letters in the first cell.
    cell = cell.replace("\ufeff", "").replace("ï»¿", "")
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", cell))


def _preamble(lines: list[list[str]]) -> dict[str, str]:
    """`#license,http://…` and its like, before the headings."""
    found: dict[str, str] = {}
    for cells in lines:
        key = _tidy_heading(cells[0]).lstrip("#") if cells else ""
        if key and len(cells) > 1 and cells[1].strip():
            found[key] = cells[1].strip()
    return found


def _bodied(headings: tuple[str, ...], body: list[tuple[int, list[str]]]) -> Iterator[Row | None]:
    """Rows with their cells by field, None for a blank one; of like columns the first filled cell counts."""
    columns: dict[str, list[int]] = {}
    for place, heading in enumerate(headings):
        if name := field_of(heading):
            columns.setdefault(name, []).append(place)
    for line, cells in body:
        named = {name: filled for name in columns if (filled := _filled(cells, columns[name])) is not None}
        if (cells and cells[0].startswith("#")) or not set(named) - _NOT_A_PLACE:
            yield None
            continue
        texts = {name: _cell(cells[place]) for name, place in named.items()}
        yield Row(
            line=line,
            cells=texts,
            headings={name: headings[named.get(name, places[0])] for name, places in columns.items()},
            is_ragged=len(cells) != len(headings),
            is_broken=any("\ufffd" in text for text in texts.values()),
        )


def _filled(cells: list[str], places: list[int]) -> int | None:
    return next((place for place in places if place < len(cells) and _cell(cells[place])), None)


def _cell(text: str) -> str:
    """A cell without blanks at its ends; control characters other than line breaks become blanks."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(char if char == "\n" or unicodedata.category(char) != "Cc" else " " for char in text).strip()
