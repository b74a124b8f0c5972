"""The SQLite file behind the embedded engine: the site's own, in the same transaction, or one beside it."""

import sqlite3
import threading
from pathlib import Path
from typing import Any, Protocol

SCHEMA = """
CREATE TABLE IF NOT EXISTS search_place (
  id INTEGER PRIMARY KEY, version INTEGER NOT NULL, municipality INTEGER NOT NULL, shared TEXT NOT NULL,
  bits INTEGER NOT NULL, no_bits INTEGER NOT NULL, district INTEGER NOT NULL, weekdays INTEGER NOT NULL,
  latitude REAL, longitude REAL, confirmed TEXT NOT NULL, name TEXT NOT NULL, yomi TEXT NOT NULL,
  sound TEXT NOT NULL, district_words TEXT NOT NULL, fields TEXT NOT NULL, activities TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS search_place_where ON search_place (latitude, longitude);
CREATE INDEX IF NOT EXISTS search_place_town ON search_place (municipality);
CREATE VIRTUAL TABLE IF NOT EXISTS search_words USING fts5(
  name, kind, text, tokenize = "unicode61 remove_diacritics 0"
);
CREATE TABLE IF NOT EXISTS search_opening (
  place INTEGER NOT NULL, activity INTEGER NOT NULL, day TEXT NOT NULL, starts INTEGER NOT NULL,
  begins INTEGER, ends INTEGER
);
CREATE INDEX IF NOT EXISTS search_opening_place ON search_opening (place, starts);
CREATE INDEX IF NOT EXISTS search_opening_day ON search_opening (day, place, begins, ends);
CREATE TABLE IF NOT EXISTS search_window (
  id INTEGER PRIMARY KEY, municipality INTEGER NOT NULL, name TEXT NOT NULL, fields TEXT NOT NULL, sound TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS search_meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""
TABLES = ("search_place", "search_words", "search_opening", "search_window", "search_meta")


class Store(Protocol):
    """Gives a connection on which the tables stand."""

    def connection(self) -> sqlite3.Connection: ...


class DjangoStore:
    """On a SQLite site the site's own connection, so that an index row stands or falls with its place; else a file."""

    def __init__(self) -> None:
        self._local = threading.local()

    def connection(self) -> sqlite3.Connection:
        from django.db import connection

        if connection.vendor == "sqlite":
            connection.ensure_connection()
            raw: sqlite3.Connection = connection.connection
            return raw
        return self._sidecar()

    def _sidecar(self) -> sqlite3.Connection:
        from django.conf import settings

        if not hasattr(self._local, "file"):
            path = Path(settings.DATA_DIR) / "search.sqlite3"
            path.parent.mkdir(parents=True, exist_ok=True)
            self._local.file = open_file(str(path))
        file: sqlite3.Connection = self._local.file
        return file


class FileStore:
    """A file (or memory) of its own, for measurements and judged examples."""

    def __init__(self, path: str = ":memory:") -> None:
        self._connection = open_file(path)

    def connection(self) -> sqlite3.Connection:
        return self._connection


def open_file(path: str) -> sqlite3.Connection:
    made = sqlite3.connect(path, isolation_level=None, timeout=20, check_same_thread=False)
    made.execute("PRAGMA journal_mode=WAL")
    made.execute("PRAGMA synchronous=NORMAL")
    make_tables(made)
    return made


def make_tables(connection: Any) -> None:
    """All tables of the embedded engine; harmless where they stand already."""
    for statement in SCHEMA.split(";"):
        if statement.strip():
            connection.execute(statement)
