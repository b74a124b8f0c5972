"""Builds the search index anew from the database: `manage.py rebuild_index`."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from search.indexing import rebuild


class Command(BaseCommand):
    help = "All published places and windows; the old index serves until the new one is complete."

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            written = rebuild()
        self.stdout.write(f"{written} places indexed")
