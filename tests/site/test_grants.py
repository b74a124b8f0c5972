"""On PostgreSQL the public role cannot read casework, staff accounts or second factors: role × table × verb."""

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from directory.choices import UserKind
from directory.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def roles() -> tuple[str, str]:
    if connection.vendor != "postgresql":
        pytest.skip("roles are PostgreSQL's; dev/check.py runs this file there too")
    with connection.cursor() as cursor:
        for name in ("town_staff", "town_public"):
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name])
            if cursor.fetchone() is None:
                cursor.execute(f"CREATE ROLE {name}")
    call_command("grant_roles", staff="town_staff", public="town_public", verbosity=0)
    return "town_staff", "town_public"


def may(role: str, table: str, verb: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege(%s, %s, %s)", [role, table, verb])
        return bool(cursor.fetchone()[0])


def test_the_public_role_has_no_right_on_any_casework_table(roles: tuple[str, str]) -> None:
    _, public = roles
    closed = [
        name
        for name in connection.introspection.table_names()
        if name.startswith(("matching_", "mfa_")) or name in {"directory_staffrole", "directory_placestafffacts"}
    ]
    assert [name for name in closed if name.startswith("matching_")]
    for table in closed:
        assert not [verb for verb in ("SELECT", "INSERT", "UPDATE", "DELETE") if may(public, table, verb)], table


def test_the_public_role_deletes_nothing_that_casework_may_point_at(roles: tuple[str, str]) -> None:
    _, public = roles
    for table in ("directory_place", "directory_slot", "directory_activity", "directory_hostrequest"):
        assert not may(public, table, "DELETE")
    assert may(public, "directory_place", "SELECT")


def test_nobody_changes_events(roles: tuple[str, str]) -> None:
    for role in roles:
        for table in ("directory_event", "matching_event"):
            assert not may(role, table, "UPDATE") and not may(role, table, "DELETE")


def test_the_public_role_sees_host_accounts_only(roles: tuple[str, str]) -> None:
    User.objects.create_user("hana@example.jp")
    User.objects.create_user("sakura@example.jp", kind=UserKind.STAFF)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE town_public")
        cursor.execute("SELECT email FROM directory_user")
        assert cursor.fetchall() == [("hana@example.jp",)]
        with pytest.raises(DatabaseError), transaction.atomic():
            cursor.execute("SELECT count(*) FROM matching_client")
        cursor.execute("RESET ROLE")


def test_on_sqlite_the_command_says_why_not() -> None:
    if connection.vendor == "postgresql":
        pytest.skip("this is about SQLite")
    with pytest.raises(CommandError, match="PostgreSQL"):
        call_command("grant_roles", staff="a", public="b")
