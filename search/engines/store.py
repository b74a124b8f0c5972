"""The SQLite file behind the embedded engine: the site's own, in the same transaction, or one beside it."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, Protocol

SCHEMA = """
CREATE TABLE IF NOT EXISTS search_place (
  id INTEGER PRIMARY KEY, version INTEGER NOT NULL, towns TEXT NOT NULL, bits INTEGER NOT NULL,
  no_bits INTEGER NOT NULL, district INTEGER NOT NULL, weekdays INTEGER NOT NULL, latitude REAL, longitude REAL,
  confirmed TEXT NOT NULL, name TEXT NOT NULL, yomi TEXT NOT NULL, district_words TEXT NOT NULL,
  sounds TEXT NOT NULL, activities TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS search_place_where ON search_place (latitude, longitude);
CREATE VIRTUAL TABLE IF NOT EXISTS search_words USING fts5(
  name, kind, activity, tags, wants, lead, body, district, pairs,
  detail = column, tokenize = "unicode61 remove_diacritics 0"
);
CREATE VIRTUAL TABLE IF NOT EXISTS search_instance USING fts5vocab(search_words, instance);
CREATE VIRTUAL TABLE IF NOT EXISTS search_sound USING fts5(name, others, tokenize = "trigram");
CREATE TABLE IF NOT EXISTS search_time (
  token TEXT NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (token, place)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS search_time_place ON search_time (place);
CREATE TABLE IF NOT EXISTS search_span (place INTEGER NOT NULL, starts INTEGER NOT NULL, until INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS search_span_place ON search_span (place, until, starts);
CREATE TABLE IF NOT EXISTS search_window (
  id INTEGER PRIMARY KEY, version INTEGER NOT NULL, municipality INTEGER NOT NULL, name TEXT NOT NULL,
  fields TEXT NOT NULL, sound TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS search_window_town ON search_window (municipality);
CREATE TABLE IF NOT EXISTS search_meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""
# Virtual tables that only show another one are dropped with the rest, and hold nothing to be emptied.
FILLED = ("search_place", "search_words", "search_sound", "search_time", "search_span", "search_window", "search_meta")
TABLES = ("search_instance", *FILLED)


class Store(Protocol):
    """Gives a connection on which the tables stand."""

    def connection(self) -> sqlite3.Connection: ...

    def writing(self) -> AbstractContextManager[sqlite3.Connection]:
        """A connection on which a batch is written wholly or not at all."""
        ...


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

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        from django.db import connection, transaction

        if connection.vendor == "sqlite":
            with transaction.atomic():
                yield self.connection()
            return
        with _transaction(self._sidecar()) as file:
            yield file

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

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        with _transaction(self._connection) as connection:
            yield connection


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """One transaction; one inside another is part of it."""
    if connection.in_transaction:
        yield connection
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


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
