"""The embedded engine's tables on a SQLite site; elsewhere they live in a file beside the database."""

from django.db import migrations

from search.engines.store import TABLES, make_tables


def make(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        make_tables(schema_editor.connection.connection)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for table in TABLES:
            schema_editor.execute(f"DROP TABLE IF EXISTS {table}")


class Migration(migrations.Migration):

    initial = True

    dependencies = []

    operations = [migrations.RunPython(make, drop)]
