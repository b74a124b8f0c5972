"""Builds the search index anew from the database: `manage.py rebuild_index [--back]`."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.engines import elasticsearch, uses_elasticsearch
from search.engines.errors import Refused, Unreachable
from search.rebuilding import rebuild, roll_back


class Command(BaseCommand):
    help = "All published places and windows; the old index answers until the new one is whole. Broken off: run again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--back", action="store_true", help="let the index before answer again (Elasticsearch)")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["back"]:
                if not uses_elasticsearch():
                    raise CommandError("Only an index on Elasticsearch is kept for going back.")
                self.stdout.write(f"{roll_back(elasticsearch(writes=True))} answers again")
                return
            written = rebuild(self._progress)
        except (Refused, Unreachable) as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"{written} places indexed")

    def _progress(self, done: int, total: int) -> None:
        if sys.stderr.isatty():
            width = 30 * done // max(total, 1)
            end = "\n" if done >= total else ""
            self.stderr.write(f"\r{'█' * width}{'░' * (30 - width)} {done}/{total}", ending=end)
