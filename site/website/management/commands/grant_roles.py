"""Gives the staff and the public database role their rights: `manage.py grant_roles --staff NAME --public NAME`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction

from website.grants import statements


class Command(BaseCommand):
    help = "PostgreSQL only, as the owner, after each migration. The roles must exist (CREATE ROLE … LOGIN)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--staff", required=True, help="database role of the staff process")
        parser.add_argument("--public", required=True, help="database role of the public process")
        parser.add_argument("--print", action="store_true", help="show the statements and change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        if connection.vendor != "postgresql":
            raise CommandError("Roles are PostgreSQL's; on SQLite the public process closes casework by itself.")
        made = list(statements(staff=options["staff"], public=options["public"]))
        if options["print"]:
            self.stdout.write(";\n".join(made) + ";")
            return
        with transaction.atomic(), connection.cursor() as cursor:
            for statement in made:
                cursor.execute(statement)
        self.stdout.write(f"{len(made)} statements done")
