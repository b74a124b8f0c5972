"""Sends changes to the index: `manage.py search_worker [--once]`."""

import signal
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from search.indexing import Rolled
from search.outbox import drain, note_everything

REST_SECONDS, LONGEST_REST_SECONDS = 1.0, 30.0


class Command(BaseCommand):
    help = "One process: sends what has changed, rolls dated openings on, waits when the cluster does not answer."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="send what is due now, then stop")

    def handle(self, *args: Any, **options: Any) -> None:
        stopping = False

        def stop(*_: Any) -> None:
            nonlocal stopping
            stopping = True

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
        rest = REST_SECONDS
        while not stopping:
            if Rolled.is_due():
                note_everything()
                Rolled.mark()
            done = drain()
            if done.sent or done.failed:
                self.stdout.write(f"sent {done.sent}, to be tried again {done.failed}")
            rest = min(rest * 2, LONGEST_REST_SECONDS) if done.is_down else REST_SECONDS
            if options["once"] and not done.sent:
                return
            if not done.sent:
                time.sleep(rest)
