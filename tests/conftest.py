"""What every test may ask for."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.plugin import DjangoDbBlocker, blocking_manager_key

from tests.demo_town import Town, chromium
from tests.migrated import postgres_template, remove, sqlite_copy

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
    # Other tests run beside these on a small machine: a page may take its time.
    expect.set_options(timeout=20_000)
    with chromium() as made:
        yield made


# What migrations wrote, as text: the root of pages and pictures, the default site.
AS_MIGRATED = pytest.StashKey[str]()


@pytest.fixture(scope="session")
def django_db_keepdb(request: pytest.FixtureRequest) -> bool:
    """The file put in place below is not to be emptied again."""
    return _is_sqlite() or bool(request.config.getvalue("reuse_db"))


def _is_sqlite() -> bool:
    from django.conf import settings

    return bool(settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> Iterator[None]:
    """Begin from a copy of a migrated database; the file is gone with the tests."""
    from django.conf import settings

    default = settings.DATABASES["default"]
    if _is_sqlite():
        copy = Path(default["TEST"]["NAME"])
        sqlite_copy(copy)
        yield
        remove(copy)
    else:
        default.setdefault("TEST", {})["TEMPLATE"] = postgres_template(default)
        yield


@pytest.fixture(scope="session")
def django_db_setup(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    from django.db import connection

    with django_db_blocker.unblock():
        request.config.stash[AS_MIGRATED] = connection.creation.serialize_db_to_string()


def _commits(item: pytest.Item) -> bool:
    """Whether the test really commits, so that its database is emptied afterwards instead of rolled back."""
    marker = item.get_closest_marker("django_db")
    names: Any = getattr(item, "fixturenames", ())
    return bool(marker and marker.kwargs.get("transaction")) or "transactional_db" in names or "live_server" in names


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """After a test that commits, and after its database was emptied, put back what migrations wrote; the embedded
    index, which is no model, is emptied."""
    yield
    # After the last test the database itself is gone.
    if nextitem is None or not _commits(item) or AS_MIGRATED not in item.config.stash:
        return
    from django.apps import apps
    from django.contrib.contenttypes.models import ContentType
    from django.core.management import call_command
    from django.core.management.color import no_style
    from django.db import connection

    from search.engines import embedded

    with item.config.stash[blocking_manager_key].unblock():
        embedded().clear()
        call_command("flush", verbosity=0, interactive=False, inhibit_post_migrate=True)
        connection.creation.deserialize_db_from_string(item.config.stash[AS_MIGRATED])
        # PostgreSQL's counters began anew, and know nothing of rows that came with their numbers.
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models()):
                cursor.execute(statement)
        # Emptying made the content types anew, with other numbers, which are remembered.
        ContentType.objects.clear_cache()
