"""Compares index and database: `manage.py search_doctor [--mend]`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.drift import drifts, mend
from search.engines.errors import Unreachable


class Command(BaseCommand):
    help = (
        "Names places that are missing, left over or older in an index; --mend puts that right. Exit code 1: differs."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--mend", action="store_true", help="put right what differs")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = drifts()
            if options["mend"] and any(drift.total for drift in found):
                mend(found)
                found = drifts()
        except Unreachable as error:
            raise CommandError(f"Elasticsearch does not answer ({error})") from None
        for drift in found:
            self.stdout.write(
                f"{drift.index}: missing {len(drift.missing)}, left over {len(drift.left_over)},"
                f" older {len(drift.older)}"
            )
        if any(drift.total for drift in found):
            raise SystemExit(1)
