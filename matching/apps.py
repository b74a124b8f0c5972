"""Casework as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MatchingConfig(AppConfig):
    name = "matching"
    verbose_name = _("参加支援")
    default_auto_field = "django.db.models.BigAutoField"
