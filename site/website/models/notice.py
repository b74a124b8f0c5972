"""Notices: short news with a day."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet

from website.blocks import Story


class NoticeQuerySet(PageQuerySet):
    def child_of_site(self, home: Page) -> "NoticeQuerySet":
        """Notices below the front page of one site."""
        return self.descendant_of(home)


class NoticeIndex(Page):
    """The list of notices, the newest first."""

    parent_page_types = ["website.HomePage"]
    subpage_types = ["website.Notice"]
    max_count_per_parent = 1
    template = "website/notice_index.html"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["notices"] = Notice.objects.live().public().child_of(self).order_by("-published_on")
        return context


class Notice(Page):
    """One notice."""

    published_on = models.DateField(_("日付"), default=timezone.localdate)
    body = StreamField(Story(), verbose_name=_("本文"), blank=True)

    objects = PageManager.from_queryset(NoticeQuerySet)()
    content_panels = [*Page.content_panels, FieldPanel("published_on"), FieldPanel("body")]
    parent_page_types = ["website.NoticeIndex"]
    subpage_types: list[str] = []
    template = "website/notice.html"
