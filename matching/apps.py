"""Casework as a Django app."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class MatchingConfig(AppConfig):
    name = "matching"
    verbose_name = _("参加支援")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        post_migrate.connect(_keep_next_days, sender=self, dispatch_uid="matching.keep_next_days")


def _keep_next_days(**_sent: Any) -> None:
    """A new version may count other rows as waiting: after an upgrade everybody's next day is counted anew."""
    from directory.models import Municipality
    from matching import next_days
    from matching.models import Client

    for town in Municipality.objects.filter(pk__in=Client.objects.values("municipality")):
        next_days.keep_all(town)
