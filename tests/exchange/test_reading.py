"""Files as they come: encodings, preambles, broken heads, line breaks in cells."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.exchange.columns import Shape
from directory.exchange.reading import NotATable, read_table, table_of

from .messy import CHILDREN_MEALS, EVENTS, FACILITIES_NEW, FACILITIES_OLD, KAYOI, PREAMBLE, facility, sheet


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_every_encoding_gives_the_same_rows(encoding: str, delimiter: str) -> None:
    table = table_of(sheet(FACILITIES_NEW, [facility()], encoding=encoding, delimiter=delimiter), name="a.csv")
    assert table.shape is Shape.FACILITIES_NEW
    assert table.rows[0].cells["name"] == "見本会館"


@pytest.mark.parametrize(
    ("headings", "shape"),
    [
        (FACILITIES_NEW, Shape.FACILITIES_NEW),
        (FACILITIES_OLD, Shape.FACILITIES_OLD),
        (CHILDREN_MEALS, Shape.CHILDREN_MEALS),
        (KAYOI, Shape.KAYOI),
        (EVENTS, Shape.EVENTS),
        (["#property", "latitude", "longitude", "name", "address", "availableDate"], Shape.CITY_STYLE),
        (["いろ", "かたち"], Shape.UNKNOWN),
    ],
)
def test_the_family_is_told_from_the_headings(headings: list[str], shape: Shape) -> None:
    assert table_of(sheet(headings, []), name="a.csv").shape is shape


def test_the_lists_have_as_many_columns_as_the_standard() -> None:
    assert (len(FACILITIES_OLD), len(FACILITIES_NEW), len(CHILDREN_MEALS)) == (24, 57, 49)


def test_a_preamble_is_read_and_the_lines_under_the_headings_that_explain_them_are_no_places() -> None:
    content = sheet(["#property", "name", "address"], [{"#property": "1", "name": "あ"}], preamble=PREAMBLE)
    content = content.replace(b"1,", b"#object_type_xsd,string,string\r\n1,", 1)
    table = table_of(content, name="a.csv")
    assert table.preamble["license"].startswith("http://creativecommons.org/licenses/by/4.0")
    assert [row.cells["name"] for row in table.rows] == ["あ"]


def test_a_bom_that_was_spoiled_does_not_hide_the_first_column() -> None:
    table = table_of(sheet(["名称", "住所"], [{"名称": "見本会館"}], spoil_first_heading=True), name="a.csv")
    assert table.rows[0].cells["name"] == "見本会館"


def test_line_breaks_in_cells_and_headings_stay_within_them() -> None:
    rows = [facility(名称="見本\n会館", 備考="一行目\r\n二行目"), facility(ID="2", 名称="次の会館")]
    table = table_of(sheet(FACILITIES_NEW, rows), name="a.csv")
    assert [row.cells["row_id"] for row in table.rows] == ["1", "2"]
    assert table.rows[0].cells["remarks"] == "一行目\n二行目"


def test_rows_that_hold_only_a_number_are_blank() -> None:
    table = table_of(sheet(FACILITIES_OLD, [{"NO": "1", "名称": "あ"}, {"NO": "2"}, {}]), name="a.csv")
    assert (len(table.rows), table.blank_rows) == (1, 2)


def test_a_row_with_missing_cells_is_marked() -> None:
    content = sheet(["名称", "住所", "電話番号"], []) + "見本会館,中央\r\n".encode()
    assert table_of(content, name="a.csv").rows[0].is_ragged


def test_a_broken_character_is_marked_and_the_other_rows_are_whole() -> None:
    content = sheet(["名称", "住所"], [{"名称": "見本会館"}, {"名称": "次"}])
    content = content.replace("会".encode(), "会".encode()[:2])
    rows = table_of(content, name="a.csv").rows
    assert [row.is_broken for row in rows] == [True, False]


@pytest.mark.parametrize("content", [b"", b" \r\n ", b"PK\x03\x04 a workbook", b"\0\1\0\2" * 50])
def test_what_is_no_table_is_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(NotATable) as refused:
        table_of(content, name="a.csv")
    assert str(refused.value)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotATable, match="ありません"):
        read_table(tmp_path / "nothing.csv")


@given(st.binary(max_size=400))
def test_any_bytes_are_a_table_or_refused(content: bytes) -> None:
    try:
        assert table_of(content, name="a.csv").shape in Shape
    except NotATable as problem:
        assert str(problem)


@pytest.mark.shared
def test_every_real_file_is_recognised(shared_data: Path) -> None:
    shapes = {path.name: read_table(path).shape for path in (shared_data / "takamatsu").glob("*.csv")}
    assert len(shapes) == 20
    assert Shape.UNKNOWN not in shapes.values()
    assert {name for name, shape in shapes.items() if shape is Shape.EVENTS} == {"events.csv", "old_0081_events.csv"}
