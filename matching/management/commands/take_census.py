"""`manage.py take_census`: once a day, keep how many people stand where, for 人の流れ. And who, for the
lists behind the numbers."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from directory.models import Municipality
from matching.flow import take_census
from matching.models import Client


class Command(BaseCommand):
    help = "Keep how many people stand where today, in every town with people. A second run of the day changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        towns = Municipality.objects.filter(pk__in=Client.objects.values("municipality")).order_by("pk")
        for town in towns:
            take_census(town, on=timezone.localdate())
        self.stdout.write(f"その日の人数を数えた町: {len(towns)}")
