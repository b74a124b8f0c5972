"""Compares index and database: `manage.py search_doctor [--mend]`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from directory.models import Place
from search.engines import engine
from search.indexing import drift, put


class Command(BaseCommand):
    help = "Names places that are missing, left over or older in the index; --mend puts that right."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--mend", action="store_true", help="put right what differs")

    def handle(self, *args: Any, **options: Any) -> None:
        found = drift()
        if options["mend"]:
            with transaction.atomic():
                engine().remove(found["orphans"])
                for place in Place.objects.filter(pk__in=[*found["missing"], *found["older"]]):
                    put(place)
            found = drift()
        for name, ids in found.items():
            self.stdout.write(f"{name}: {len(ids)}")
        if any(found.values()):
            raise SystemExit(1)
