"""How search is: `manage.py search_status [--json]`."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from search.drift import status


class Command(BaseCommand):
    help = "Engine, analysis, places, what waits to be sent, since when, and what differs from the database."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        found = status().as_dict()
        if options["json"]:
            self.stdout.write(json.dumps(found, ensure_ascii=False))
            return
        for name, value in found.items():
            self.stdout.write(f"{name:<12} {value}")
