"""Counts of what residents looked for are kept for about a year: `manage.py forget_searches [--weeks 53]`."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from search.models import SearchTerm

# A year and a week: this year's summer can be compared with the last one's.
KEPT_WEEKS = 53


class Command(BaseCommand):
    help = "Deletes the weekly counts of searched words that are older than so many weeks. Run it once a week."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--weeks", type=int, default=KEPT_WEEKS, help=f"weeks to keep (default {KEPT_WEEKS})")

    def handle(self, *args: Any, **options: Any) -> None:
        weeks: int = options["weeks"]
        if weeks < 1:
            raise CommandError("--weeks: at least one week is kept")
        oldest = timezone.localdate() - timedelta(weeks=weeks)
        deleted, _by_model = SearchTerm.objects.filter(week__lt=oldest).delete()
        self.stdout.write(f"{deleted} weekly counts before {oldest} deleted")
