"""The blocks web editors put together: each has one look and nothing to configure."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

from directory.models import Place


class PlaceBlock(blocks.CharBlock):
    """A place by its six-letter code, shown with its next opening; one that is gone is not shown."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_length=6,
            min_length=6,
            label=_("場（6文字の番号）"),
            help_text=_("場のページの下にある番号です。"),
            **kwargs,
        )

    def clean(self, value: str) -> str:
        """The code as we write it; refuses one that no published place has, since the page would silently lack it."""
        code: str = super().clean(value).upper()
        if not Place.objects.published().filter(code=code).exists():
            raise ValidationError(_("この番号の場が見つかりません。場のページの下にある6文字を書いてください。"))
        return code

    def get_context(self, value: str, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        from directory.openings import with_openings
        from directory.public.page import PlacePage

        context: dict[str, Any] = super().get_context(value, parent_context)
        found = with_openings(Place.objects.published()).filter(code=value.upper()).first()
        context["page"] = PlacePage(found) if found else None
        return context

    class Meta:
        template = "website/blocks/place.html"
        icon = "site"


class PhoneBlock(blocks.StructBlock):
    """Whom to call, with the number large."""

    who = blocks.CharBlock(label=_("だれが出るか"), max_length=80)
    number = blocks.CharBlock(label=_("電話"), max_length=20)
    hours = blocks.CharBlock(label=_("時間"), max_length=80, required=False)

    class Meta:
        template = "website/blocks/phone.html"
        icon = "mobile-alt"
        label = _("電話")


class Story(blocks.StreamBlock):
    """The body of an article or a notice."""

    heading = blocks.CharBlock(label=_("見出し"), max_length=80, template="website/blocks/heading.html", icon="title")
    paragraph = blocks.RichTextBlock(
        label=_("文章"), features=["bold", "link", "ul", "ol"], template="website/blocks/paragraph.html"
    )
    picture = ImageBlock(label=_("写真"), template="website/blocks/picture.html")
    place = PlaceBlock()
    phone = PhoneBlock()
