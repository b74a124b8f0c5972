"""What every test may ask for."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser
from pytest_django.plugin import DjangoDbBlocker

from tests.demo_town import Town, chromium

ROOT = Path(__file__).resolve().parent.parent
SHARED_DATA = ROOT.parent / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real files beside the checkout; a clone alone skips with a message, CI fails."""
    if SHARED_DATA.is_dir():
        return SHARED_DATA
    message = "the real files are missing: expected ../shared/data beside the project"
    if os.environ.get("REQUIRE_SHARED") == "1":
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """The filled demo with two servers, once for all tests of a process."""
    town = Town(tmp_path_factory.mktemp("demo"))
    yield town
    town.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as made:
        yield made


def _commits(request: pytest.FixtureRequest) -> bool:
    """Whether the test really commits, so that its database is emptied afterwards instead of rolled back."""
    marker = request.node.get_closest_marker("django_db")
    names: Any = request.fixturenames
    return bool(marker and marker.kwargs.get("transaction")) or "transactional_db" in names or "live_server" in names


@pytest.fixture(autouse=True)
def as_migrated(request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """After a test that commits, what migrations wrote (the root of pages and pictures) is put back, and the embedded
    index, which is no model, is emptied."""
    if not _commits(request):
        yield
        return
    request.getfixturevalue("django_db_setup")
    with django_db_blocker.unblock():
        from django.db import connection

        kept = connection.creation.serialize_db_to_string()
    yield
    with django_db_blocker.unblock():
        from django.core.management import call_command
        from django.db import connection

        from search.engines import embedded

        embedded().clear()
        call_command("flush", verbosity=0, interactive=False, inhibit_post_migrate=True)
        connection.creation.deserialize_db_from_string(kept)
