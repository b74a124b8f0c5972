"""An evening that goes on past midnight: the free time of the night is one."""

from matching.candidates.facts import Window
from matching.candidates.reach import longest_overlap, merged

FRIDAY, SATURDAY, SUNDAY = 4, 5, 6
LATE = Window(FRIDAY, 22 * 60, 26 * 60)


def test_free_until_midnight_and_after_it_is_one_stretch() -> None:
    evening, night = Window(FRIDAY, 20 * 60, 24 * 60), Window(SATURDAY, 0, 2 * 60)
    assert longest_overlap([evening], [LATE]) == 120
    assert longest_overlap([night], [LATE]) == 120
    assert longest_overlap([evening, night], [LATE]) == 240


def test_a_morning_belongs_to_its_own_day_only() -> None:
    assert longest_overlap([Window(SATURDAY, 9 * 60, 12 * 60)], [LATE]) == 0
    assert list(merged([Window(SATURDAY, 9 * 60, 12 * 60)])) == [(SATURDAY, 540, 720)]


def test_the_week_has_no_end() -> None:
    sunday_night = Window(SUNDAY, 23 * 60, 25 * 60)
    assert longest_overlap([Window(0, 0, 60)], [sunday_night]) == 60
