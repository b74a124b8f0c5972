"""The one CSV writer: no cell becomes a formula, nothing is lost."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.exchange.writing import safe_cell, write_csv


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+81", "-1", "@SUM(A1)", "＝cmd", "＋1", "－1", "＠A", "\t=1", " =1", "\r=1", "\n=1", "|calc", "%0A"],
)
def test_what_a_spreadsheet_would_run_is_defused(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "見本会館", "0", "087-000-0001", "a=b"])
def test_ordinary_cells_stay_as_they_are(text: str) -> None:
    assert safe_cell(text) == text


@given(
    st.lists(
        st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), min_size=2, max_size=2)
    )
)
def test_what_is_written_is_read_again(rows: list[list[str]]) -> None:
    target = io.StringIO(newline="")
    assert write_csv(target, ["一", "二"], rows) == len(rows)
    content = target.getvalue()
    assert content.startswith("\ufeff")
    again = list(csv.reader(io.StringIO(content[1:], newline="")))
    assert again == [["一", "二"], *[[safe_cell(cell) for cell in row] for row in rows]]
