"""`manage.py weekly_digest`: once a week, each caseworker is told by mail how much waits for them; nobody is named."""

from typing import Any

from django.core.management.base import BaseCommand

from matching.digest import send_digests


class Command(BaseCommand):
    help = (
        "Mail every member of staff with clients the number of their overdue tasks, signs and people at a standstill."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        # A count and nothing else: this line may reach a log.
        self.stdout.write(f"送った週のまとめ: {send_digests()}通")
