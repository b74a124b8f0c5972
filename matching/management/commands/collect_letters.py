"""Reads hosts' new answers and reports out of the letterbox; pages do so too, this is for towns that want it sooner."""

from typing import Any

from django.core.management.base import BaseCommand

from matching.actions.requests import collect_letters


class Command(BaseCommand):
    help = "Read new answers and reports of hosts out of the letterbox. Running it again changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        # A count and nothing else: this line may reach a log.
        self.stdout.write(f"受け入れ先からの返事と報告: {collect_letters()}件")
