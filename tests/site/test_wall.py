"""A public process cannot reach casework: not by address, not by import, not by an injected statement."""

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from website.wall import authorize

ROOT = Path(__file__).resolve().parents[2]

STATEMENTS = [
    "select * from matching_client",
    "select count(*) from matching_client",
    "select name from place union select name from matching_client",
    "select (select name from matching_client)",
    "with c as (select * from matching_client) select * from c",
    'select * from "Matching_Client"',
    "select 1 from place where exists (select 1 from matching_client)",
    "insert into matching_client values ('x')",
    "update matching_client set name = 'x'",
    "delete from matching_client",
    "drop table matching_client",
    "alter table matching_client rename to open_client",
    "create view v as select * from matching_client; select * from v",
    "attach database ':memory:' as other",
]


@pytest.mark.parametrize("statement", STATEMENTS)
def test_no_statement_reaches_casework(statement: str) -> None:
    connection = sqlite3.connect(":memory:")
    connection.executescript("create table matching_client (name); create table place (name)")
    connection.set_authorizer(authorize)
    with pytest.raises(sqlite3.DatabaseError):
        for part in statement.split(";"):
            connection.execute(part).fetchall()


def test_other_tables_stay_open() -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("create table place (name)")
    connection.set_authorizer(authorize)
    connection.execute("insert into place values ('ひだまり')")
    assert connection.execute("select count(*) from place").fetchone() == (1,)


def ask_public_process(code: str, tmp_path: Path) -> dict[str, object]:
    """Run Python in a process started as the public side on a database that also holds casework tables."""
    database = tmp_path / "town.sqlite3"
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "website.settings.test",
        "DATABASE_URL": f"sqlite:{database}",
        "DATA_DIR": str(tmp_path),
        "SITE_ROLE": "public",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
    }
    with sqlite3.connect(database) as connection:
        connection.execute("create table matching_client (name)")
    start = "import django, json; django.setup()\n"
    result = subprocess.run(
        [sys.executable, "-c", start + code], env=environment, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
    answer: dict[str, object] = json.loads(result.stdout.splitlines()[-1])
    return answer


def test_the_public_process_has_no_casework(tmp_path: Path) -> None:
    answer = ask_public_process(
        """
import sys
from django.apps import apps
from django.conf import settings
from django.db import connection, DatabaseError
from django.urls import get_resolver
try:
    connection.cursor().execute("select count(*) from matching_client")
    denied = False
except DatabaseError:
    denied = True
desk = [str(p.pattern) for p in get_resolver().url_patterns if str(p.pattern).startswith(("desk/", "cms/"))]
print(json.dumps({
    "installed": apps.is_installed("matching"),
    "imported": [name for name in sys.modules if name.split(".")[0] == "matching"],
    "keys": len(settings.SEALING_KEYS),
    "denied": denied,
    "desk": desk,
}))
""",
        tmp_path,
    )
    assert answer == {"installed": False, "imported": [], "keys": 0, "denied": True, "desk": []}
