"""Django system checks that keep what must hold at every start."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.core import checks


def casework_is_absent_from_the_public_side(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """With SITE_ROLE=public, casework is neither installed nor are its keys in memory."""
    if settings.SITE_ROLE != "public":
        return []
    found: list[checks.CheckMessage] = []
    if apps.is_installed("matching"):
        found.append(checks.Error("matching is installed in a public process", id="website.E001"))
    if settings.SEALING_KEYS:
        found.append(checks.Error("a public process holds the keys of sealed fields", id="website.E002"))
    return found


def nothing_calls_outside(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """Wagtail's version check, news banner, avatars and embeds stay switched off."""
    wrong = [
        name
        for name in ("WAGTAIL_ENABLE_UPDATE_CHECK", "WAGTAIL_ENABLE_WHATS_NEW_BANNER", "WAGTAIL_GRAVATAR_PROVIDER_URL")
        if getattr(settings, name, True)
    ]
    return [checks.Error(f"{name} must be off: nothing calls outside", id="website.E003") for name in wrong]


def register() -> None:
    checks.register(casework_is_absent_from_the_public_side)
    checks.register(nothing_calls_outside)
