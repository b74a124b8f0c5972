"""The privacy wall on SQLite: a public process cannot read casework, not even through an injected statement."""

import sqlite3
from typing import Any

from django.conf import settings
from django.db.backends.signals import connection_created

CLOSED = ("matching_", "mfa_")
_TOUCHES_A_TABLE = {
    sqlite3.SQLITE_READ,
    sqlite3.SQLITE_INSERT,
    sqlite3.SQLITE_UPDATE,
    sqlite3.SQLITE_DELETE,
    sqlite3.SQLITE_DROP_TABLE,
    sqlite3.SQLITE_ALTER_TABLE,
}


def authorize(action: int, first: str | None, second: str | None, *rest: Any) -> int:
    """SQLite's question before each statement: deny every casework table, and every second database file."""
    if action == sqlite3.SQLITE_ATTACH:
        return sqlite3.SQLITE_DENY
    # ALTER TABLE names the database first and the table second.
    names = (first, second) if action == sqlite3.SQLITE_ALTER_TABLE else (first,)
    if action in _TOUCHES_A_TABLE and any(name and name.lower().startswith(CLOSED) for name in names):
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK


def close_casework(sender: Any, connection: Any, **kwargs: Any) -> None:
    """On PostgreSQL the same is done by grants, see deploy/README.md."""
    if connection.vendor == "sqlite" and settings.SITE_ROLE == "public":
        connection.connection.set_authorizer(authorize)


def stand() -> None:
    """Called once at the start of every process."""
    connection_created.connect(close_casework, dispatch_uid="website.wall")
