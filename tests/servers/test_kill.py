"""kill -9 at twenty points of rebuild and worker: the alias always stands on a complete index, and the end is right."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from search.engines.elastic import ElasticsearchEngine, connect
from search.engines.embedded import EmbeddedEngine
from search.engines.store import FileStore
from tests.contracts.conftest import server
from tests.migrated import sqlite_copy

ROOT = Path(__file__).resolve().parent.parent.parent
POINTS = 10
PATIENCE_SECONDS = 120


class Site:
    """A filled database of its own, and processes on it."""

    def __init__(self, folder: Path, url: str) -> None:
        self.file = folder / "town.sqlite3"
        self.alias = f"places-kill-{uuid.uuid4().hex[:10]}"
        self.engine = ElasticsearchEngine(connect(url), self.alias, EmbeddedEngine(FileStore()), seconds=30)
        self.environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith(("DJANGO_", "PYTEST_"))},
            "DJANGO_SETTINGS_MODULE": "website.settings.dev",
            "DATA_DIR": str(folder),
            "DATABASE_URL": f"sqlite:{self.file}",
            "ELASTICSEARCH_URL": url,
            "SEARCH_ALIAS": self.alias,
        }
        sqlite_copy(self.file)
        for command in (["migrate", "-v0"], ["load_sample", "-v0"], ["rebuild_index"]):
            self.run(*command)
        self.places = self.count("directory_place WHERE state IN ('published', 'paused')")

    def start(self, *arguments: str) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            [sys.executable, "manage.py", *arguments], cwd=ROOT, env=self.environment,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        )  # fmt: skip

    def run(self, *arguments: str) -> float:
        """Seconds it took."""
        begun = time.monotonic()
        process = self.start(*arguments)
        _out, error = process.communicate(timeout=PATIENCE_SECONDS)
        assert process.returncode == 0, error.decode()[-2000:]
        return time.monotonic() - begun

    def count(self, table: str) -> int:
        with sqlite3.connect(f"file:{self.file}?mode=ro", uri=True) as base:
            return int(base.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0])

    def change_everything(self) -> None:
        """As if every place had been saved."""
        with sqlite3.connect(self.file, timeout=20) as base:
            base.execute("UPDATE directory_place SET search_version = search_version + 1")
            base.execute(
                "INSERT OR REPLACE INTO search_outbox (kind, object_id, version, made_at, try_at, attempts, error)"
                " SELECT 'place', id, search_version, '2026-01-01', '2026-01-01', 0, '' FROM directory_place"
            )

    def killed_after(self, seconds: float, *arguments: str) -> None:
        process = self.start(*arguments)
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
        process.communicate()

    def inside(self) -> int:
        """Places behind the alias, once everything written is visible."""
        assert len(self.engine.indices(self.alias)) == 1
        self.engine.refresh()
        return int(self.engine.client.count(index=self.alias)["count"])


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    made = Site(tmp_path_factory.mktemp("kill"), server())
    yield made
    made.engine.clear()


def test_a_rebuild_killed_anywhere_leaves_a_complete_index(site: Site) -> None:
    whole = site.run("rebuild_index")
    for point in range(POINTS):
        site.killed_after(whole * (0.3 + 0.7 * point / POINTS), "rebuild_index")
        assert site.inside() == site.places
    site.run("rebuild_index")
    assert site.inside() == site.places
    assert site.engine.indices(site.engine.building) == []
    site.run("search_doctor")


def test_a_worker_killed_anywhere_loses_nothing(site: Site) -> None:
    site.change_everything()
    whole = site.run("search_worker", "--once")
    for point in range(POINTS):
        site.change_everything()
        site.killed_after(whole * (0.3 + 0.7 * point / POINTS), "search_worker", "--once")
        assert site.inside() == site.places
    site.run("search_worker", "--once")
    assert site.count("search_outbox") == 0
    # The embedded index of this site was not told of what was changed past the actions.
    site.run("search_doctor", "--mend")
    site.run("search_doctor")
