"""The first page: one sentence, three choices, what opens this week, notices, the telephone."""

from datetime import timedelta
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from directory.choices import PlaceState
from directory.models import Place
from directory.openings import openings_between, with_openings

SHOWN = 6


class HomePage(Page):
    """The front door of a town's site."""

    sentence = models.CharField(_("ひとこと"), max_length=120, default=_("あなたを待っている場が、近くにあります。"))

    content_panels = [*Page.content_panels, FieldPanel("sentence")]
    max_count_per_parent = 1
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["website.ArticleIndex", "website.NoticeIndex"]
    template = "website/home.html"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from .notice import Notice

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        now = timezone.now()
        today = timezone.localdate()
        places = Place.objects.published().visible_in(getattr(request, "town", None))
        places = places.filter(state=PlaceState.PUBLISHED).select_related("district")
        found = openings_between(with_openings(places), first=today, last=today + timedelta(days=6))
        # The next day of each place once: seven lines of the same salon help nobody.
        seen: set[int] = set()
        coming = [o for o in found if not o.is_over(at=now) and not (o.place.pk in seen or seen.add(o.place.pk))]  # type: ignore[func-returns-value]
        context["coming"] = coming[:SHOWN]
        context["notices"] = Notice.objects.live().public().child_of_site(self).order_by("-published_on")[:3]
        return context
