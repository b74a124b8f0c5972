"""見本町 on a Tuesday morning, with those who look after a house in it."""

from collections.abc import Iterator

import pytest
import time_machine
from django.core.cache import cache

from tests.directory.people import Town
from tests.directory.public.conftest import NOW


@pytest.fixture
def town(db: None) -> Iterator[Town]:
    with time_machine.travel(NOW, tick=False):
        cache.clear()
        yield Town()
