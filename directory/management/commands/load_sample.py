"""Loads the sample towns, once: `manage.py load_sample`."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from directory.sample.loading import load


class Command(BaseCommand):
    help = "Five real towns' published facts and the fictional 見本町."

    def handle(self, *args: Any, **options: Any) -> None:
        made = load(today=timezone.localdate())
        if options["verbosity"]:
            self.stdout.write("loaded" if made else "was there already")
