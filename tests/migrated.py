"""A database as all migrations leave it, made once and copied: running more than two hundred takes half a minute.

The copy belongs to the migrations it was made by (`fingerprint`); any change of one makes a new one. Django still
asks every copy whether something is missing, so that a migration can never be passed over.
"""

import fcntl
import hashlib
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.apps import apps
from psycopg import sql

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "var" / "migrated"
OUR_IMPORTS = re.compile(r"^\s*(?:from|import) ((?:directory|matching|search|website)[\w.]*)", re.M)
# Any number: which lock of a PostgreSQL server two checkouts share.
LOCK = 2026_11


def fingerprint() -> str:
    """Differs whenever a migration of any installed app does, a module of ours that one imports, or a version."""
    found = hashlib.sha256((ROOT / "constraints.txt").read_bytes() + version("django").encode())
    imported: set[Path] = set()
    for config in apps.get_app_configs():
        for path in sorted((Path(config.path) / "migrations").glob("*.py")):
            text = path.read_text(encoding="utf-8")
            found.update(f"{config.label}/{path.name}{text}".encode())
            imported |= {_file_of(name) for name in OUR_IMPORTS.findall(text)}
    for path in sorted(imported):
        found.update(path.read_bytes())
    return found.hexdigest()[:16]


def _file_of(module: str) -> Path:
    spec = find_spec(module)
    assert spec is not None and spec.origin, module
    return Path(spec.origin)


@contextmanager
def _alone() -> Iterator[None]:
    """Test processes side by side wait for the one that makes it."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _migrate(url: str) -> None:
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTEST_", "DATA_DIR"))}
    environment |= {"DJANGO_SETTINGS_MODULE": "website.settings.test", "DATABASE_URL": url}
    environment["PYTHONPATH"] = os.pathsep.join([str(ROOT), str(ROOT / "site")])
    command = [sys.executable, "manage.py", "migrate", "-v0"]
    made = subprocess.run(command, cwd=ROOT, env=environment, check=False, capture_output=True, text=True)
    assert made.returncode == 0, made.stderr[-3000:]


def sqlite_copy(target: Path) -> None:
    """Put a migrated SQLite database where `target` says, in place of what was there."""
    with _alone():
        template = FOLDER / f"{fingerprint()}.sqlite3"
        if not template.exists():
            for old in FOLDER.glob("*.sqlite3*"):
                old.unlink()
            _migrate(f"sqlite:{FOLDER / 'new.sqlite3'}")
            # One file without a log beside it.
            with closing(sqlite3.connect(FOLDER / "new.sqlite3")) as base:
                base.execute("VACUUM INTO ?", [str(FOLDER / "whole.sqlite3")])
            (FOLDER / "whole.sqlite3").replace(template)
        target.parent.mkdir(parents=True, exist_ok=True)
        remove(target)
        shutil.copyfile(template, target)


def remove(file: Path) -> None:
    """A SQLite database with what stands beside it."""
    for beside in ("", "-wal", "-shm"):
        file.with_name(file.name + beside).unlink(missing_ok=True)


def postgres_template(settings: dict[str, Any]) -> str:
    """The name of a migrated database on this server, for `CREATE DATABASE … TEMPLATE`."""
    name = f"migrated_{fingerprint()}"
    keys = {
        "host": settings["HOST"],
        "port": settings["PORT"],
        "user": settings["USER"],
        "password": settings["PASSWORD"],
    }
    address = {key: value for key, value in keys.items() if value}
    with psycopg.connect(dbname="postgres", autocommit=True, **address) as server:
        server.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            new = f"{name}_new"
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(new)))
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(new)))
            _migrate(urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{new}")))
            rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
            server.execute(rename.format(sql.Identifier(new), sql.Identifier(name)))
    return name
