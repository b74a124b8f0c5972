"""Whoever pulls the plug finds all of a change or nothing, and whoever presses again finds it once."""

import importlib
import inspect
import json
import os
import pkgutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

import matching.actions
from tests.matching.killing.presses import PRESSES

ROOT = Path(__file__).resolve().parents[2]
HALVES = 2


def changes() -> set[str]:
    """Every public change of casework: what opens a transaction in matching/actions."""
    found = set()
    for module in pkgutil.iter_modules(matching.actions.__path__):
        inside = importlib.import_module(f"matching.actions.{module.name}")
        for name, function in inspect.getmembers(inside, inspect.isfunction):
            if function.__module__ == inside.__name__ and not name.startswith("_") and hasattr(function, "__wrapped__"):
                found.add(f"{module.name}.{name}")
    return found


def test_no_change_is_left_out() -> None:
    tried = {name.partition(" ")[0] for name in PRESSES}
    assert changes() - tried == set(), "say in killing/presses.py how it is pressed"
    assert tried - changes() == {"requests.collect_letters"}


@pytest.mark.django_db
@pytest.mark.parametrize("half", range(HALVES))
def test_killed_at_every_statement_nothing_of_it_stands_there(tmp_path: Path, half: int) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("kills are tried on files of SQLite; PostgreSQL keeps its transactions in another process")
    base = tmp_path / "base.sqlite3"
    with sqlite3.connect(settings.DATABASES["default"]["TEST"]["NAME"]) as tables, sqlite3.connect(base) as copy:
        tables.backup(copy)
    names = sorted(PRESSES)[half::HALVES]
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}", "DATA_DIR": str(tmp_path)}
    run = subprocess.run(
        [sys.executable, "-m", "tests.matching.killing.driver", str(base), *names],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=500, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr[-3000:]
    seen = [json.loads(line) for line in run.stdout.splitlines()]
    assert [one["name"] for one in seen] == names
    wrong = [f"{one['name']}: {one['wrong'][0]}" for one in seen if one["wrong"]]
    assert not wrong, "\n".join(wrong)
