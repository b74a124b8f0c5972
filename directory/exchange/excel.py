"""Tables as an answer that Excel opens in Japanese."""

from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from typing import Any

from django.http import HttpResponse

from .writing import write_csv


def excel_csv(name: str, rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """The first row is the head. UTF-8 with BOM, as a download; no cell can become a formula."""
    lines: Iterator[Sequence[Any]] = iter(rows)
    out = StringIO(newline="")
    write_csv(out, next(lines, ()), lines)
    response = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
