"""Loads the fictional clients of 見本町, once: `manage.py load_sample_people`."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from matching.sample.loading import load


class Command(BaseCommand):
    help = "25 fictional people in every stage of the work."

    def handle(self, *args: Any, **options: Any) -> None:
        made = load(today=timezone.localdate())
        if options["verbosity"]:
            self.stdout.write("loaded" if made else "was there already")
