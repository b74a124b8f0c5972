"""What every test may ask for."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

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


@pytest.fixture(autouse=True)
def empty_index(request: pytest.FixtureRequest) -> Iterator[None]:
    """The embedded index is no model: what a test puts into it goes with the test's transaction, or is emptied here."""
    yield
    names: Any = request.fixturenames
    if "transactional_db" in names or "live_server" in names:
        from search.engines import engine

        engine().clear()
