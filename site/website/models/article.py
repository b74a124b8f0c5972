"""Articles: what a place is like, how to begin, who helps."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from website.blocks import Story


class ArticleIndex(Page):
    """The list of articles."""

    parent_page_types = ["website.HomePage"]
    subpage_types = ["website.Article"]
    max_count_per_parent = 1
    template = "website/article_index.html"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["articles"] = Article.objects.live().public().child_of(self).order_by("-first_published_at")
        return context


class Article(Page):
    """One article; drafts, workflow and revisions are Wagtail's own."""

    lead = models.CharField(_("はじめの一文"), max_length=200, blank=True)
    body = StreamField(Story(), verbose_name=_("本文"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("lead"), FieldPanel("body")]
    parent_page_types = ["website.ArticleIndex"]
    subpage_types: list[str] = []
    template = "website/article.html"
