"""Search as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("さがす")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from .receivers import listen

        listen()
