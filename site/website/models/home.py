"""The first page: one sentence, three choices, what opens this week, notices, the telephone."""

from collections import Counter
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from directory.choices import PlaceState
from directory.models import Place
from directory.openings import Opening, openings_between, with_openings

SHOWN = 7


def picked(ahead: list[Opening]) -> list[Opening]:
    """The next opening of a few activities, the rare ones first: nobody must be told daily that the library opens."""
    times = Counter(opening.activity.pk for opening in ahead)
    firsts = {opening.activity.pk: opening for opening in reversed(ahead)}.values()
    rare = sorted(firsts, key=lambda opening: (times[opening.activity.pk], opening.on, opening.starts_at))
    return sorted(rare[:SHOWN], key=lambda opening: (opening.on, opening.starts_at))


def by_day(openings: list[Opening]) -> list[tuple[date, list[Opening]]]:
    """Each day once, with what opens on it."""
    return [(day, list(listed)) for day, listed in groupby(openings, key=lambda opening: opening.on)]


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
        found = openings_between(with_openings(places), first=today, last=today + timedelta(days=6), cancelled=True)
        ahead = [opening for opening in found if not opening.is_over(at=now)]
        context["week"] = by_day(picked(ahead))
        context["total"] = sum(not opening.cancelled for opening in ahead)
        context["notices"] = Notice.objects.live().public().child_of_site(self).order_by("-published_on")[:3]
        return context
