"""What each PostgreSQL role may do: owner (migrations), staff, and public, which has no grant on casework at all."""

from collections.abc import Iterator

from django.db import connection

READ = "SELECT"
WRITE = "SELECT, INSERT, UPDATE"
ALL = "SELECT, INSERT, UPDATE, DELETE"

# First match wins. The public process never deletes rows that casework may point at, and never reads casework,
# second factors, staff duties or the CMS's own administration.
PUBLIC: list[tuple[str, str | None]] = [
    ("matching_", None),
    ("mfa_", None),
    ("directory_staffrole", None),
    ("directory_placestafffacts", None),
    ("directory_event", "SELECT, INSERT"),
    ("directory_user", READ),
    ("directory_report", "INSERT"),
    ("directory_daychange", WRITE),
    ("directory_submission", WRITE),
    ("directory_confirmation", WRITE),
    ("directory_hostrequest", "SELECT, UPDATE"),
    ("directory_hostreport", WRITE),
    ("directory_place", WRITE),
    ("directory_activity", WRITE),
    ("directory_", READ),
    ("search_vocabulary", READ),
    ("search_", ALL),
    ("django_session", ALL),
    ("django_content_type", READ),
    ("shared_cache", ALL),
    ("account_", ALL),
    ("taggit_", READ),
    ("wagtail", READ),
    ("website_", READ),
    ("django_migrations", READ),
]


def right_of_public(table: str) -> str | None:
    """The verbs the public role has on a table, or None."""
    return next((right for prefix, right in PUBLIC if table.startswith(prefix)), None)


def statements(*, staff: str, public: str) -> Iterator[str]:
    """SQL that gives both roles exactly their rights; run again after each migration, by the owner."""
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
    for role in (staff, public):
        yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {quote(role)}"
        yield f"GRANT USAGE ON SCHEMA public TO {quote(role)}"
        yield f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {quote(role)}"
    for table in tables:
        # Events are only ever added, by whoever it is.
        of_staff = "SELECT, INSERT" if table in {"directory_event", "matching_event"} else ALL
        yield f"GRANT {of_staff} ON {quote(table)} TO {quote(staff)}"
        if right := right_of_public(table):
            yield f"GRANT {right} ON {quote(table)} TO {quote(public)}"
    # Signing in writes the moment of the last sign-in, and nothing else of an account.
    yield f"GRANT UPDATE (last_login) ON directory_user TO {quote(public)}"
    yield "ALTER TABLE directory_user ENABLE ROW LEVEL SECURITY"
    yield "DROP POLICY IF EXISTS public_sees_hosts ON directory_user"
    yield f"CREATE POLICY public_sees_hosts ON directory_user TO {quote(public)} USING (kind = 'host')"
    yield "DROP POLICY IF EXISTS staff_sees_all ON directory_user"
    yield f"CREATE POLICY staff_sees_all ON directory_user TO {quote(staff)} USING (true) WITH CHECK (true)"
