"""The cast, and a day that does not move."""

from collections.abc import Iterator

import pytest
import time_machine

from .cast import TODAY, Cast


@pytest.fixture(autouse=True)
def the_day() -> Iterator[None]:
    """Tuesday, 24 November 2026, a quarter past nine in Japan."""
    with time_machine.travel(f"{TODAY.isoformat()}T09:15:00+09:00", tick=True):
        yield


@pytest.fixture
def cast(db: None) -> Cast:
    return Cast()
