"""Single cells: what is clear is read, what is not is never repaired."""

import pytest

from directory.exchange import cells


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("087-879-8741", ["087-879-8741"]),
        ("０８７－８７９－８７４１", ["087-879-8741"]),
        ("087(879)8741", ["087-879-8741"]),
        ("0878798741", ["0878798741"]),
        ("（保健課）  087-839-2860  （生活課）  087-839-2865", ["087-839-2860", "087-839-2865"]),
        ("087-833-2282\n（087-839-2292）", ["087-833-2282", "087-839-2292"]),
        ("TEL：087-833-2282", ["087-833-2282"]),
    ],
)
def test_telephone_numbers_are_found_however_they_are_written(text: str, numbers: list[str]) -> None:
    assert [phone.number for phone in cells.phones(text)] == numbers


def test_the_label_before_a_number_stays_with_it() -> None:
    assert [phone.label for phone in cells.phones("（保健課）087-839-2860（生活課）087-839-2865")] == [
        "保健課",
        "生活課",
    ]


@pytest.mark.parametrize("text", ["4.00E+12", "878798741", "087-87-874", "あとで", "087-879-8741 か役場へ", "1234", ""])
def test_what_is_no_telephone_number_is_not_made_one(text: str) -> None:
    with pytest.raises(ValueError):
        cells.phones(text)


@pytest.mark.parametrize(("text", "yen"), [("無料", 0), ("３００円", 300), ("1,000円", 1000), ("¥100", 100)])
def test_amounts(text: str, yen: int) -> None:
    assert cells.yen(text) == yen


@pytest.mark.parametrize("text", ["100円から", "実費", "-100", "100～200円"])
def test_an_amount_that_says_more_is_not_a_number(text: str) -> None:
    with pytest.raises(ValueError):
        cells.yen(text)


@pytest.mark.parametrize(("text", "answer"), [("可", True), ("○", True), ("不可", False), ("×", False), ("", None)])
def test_yes_and_no(text: str, answer: bool | None) -> None:
    assert cells.yes_no(text) is answer


@pytest.mark.parametrize(("latitude", "text"), [(True, "134.04"), (False, "34.34"), (True, "北緯34"), (True, "0")])
def test_coordinates_outside_japan_are_refused(latitude: bool, text: str) -> None:
    with pytest.raises(ValueError):
        cells.coordinate(text, latitude=latitude)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("見本県見本町中央一丁目２番３号", "中央1-2-3"),
        ("見本町中央二十一丁目4番地", "見本県見本町中央21丁目4"),
        ("見本町甲218番地1", "甲218-1"),
        ("中央 1丁目2－3", "中央一丁目2-3"),
    ],
)
def test_one_address_in_two_spellings_is_one(one: str, other: str) -> None:
    assert cells.address_key(one, "見本県", "見本町") == cells.address_key(other, "見本県", "見本町")


def test_other_addresses_stay_other() -> None:
    assert cells.address_key("中央1-2-3") != cells.address_key("中央1-23")
    assert cells.address_key("中央1-2") != cells.address_key("中央12")


def test_a_name_is_known_again_without_its_town_and_signs() -> None:
    assert cells.name_key("見本町　ふれあい・会館", "見本町") == cells.name_key("ふれあい会館", "見本町")
    assert cells.name_key("見本町", "見本町") == "見本町"


def test_keys_of_rows_fit_into_their_column_and_stay_apart() -> None:
    one, other = (cells.row_key("名" * 200, f"中央{number}") for number in (1, 2))
    assert len(one) <= 120 and len(other) <= 120 and one != other
