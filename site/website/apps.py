"""The CMS site as a Django app."""

from django.apps import AppConfig


class WebsiteConfig(AppConfig):
    name = "website"
    verbose_name = "つなぐ場"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import checks, wall

        checks.register()
        wall.stand()
