"""Filters and tags that put dates, times, answers and form fields into Japanese words and our mark-up."""

import datetime as dt
import re
from typing import Any

from django import forms, template
from django.core.paginator import Page
from django.forms import BoundField
from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

register = template.Library()
WEEKDAYS = "月火水木金土日"
TIMES = re.compile(r"(?:午前|午後)\d+時(?:\d+分)?[〜～]?")


@register.filter
def tel(value: str) -> str:
    """A telephone number as `tel:` wants it: digits, and a leading +."""
    return re.sub(r"[^\d+]", "", str(value or ""))


@register.filter
def web_address(value: str) -> str:
    """The address if a browser may be sent there, else nothing: hosts write contacts, and `javascript:` is one too."""
    return value if value.startswith(("https://", "http://")) else ""


@register.filter
def date_words(value: dt.date | dt.datetime | None) -> str:
    """11月26日（木）; with the year when it is not this year's."""
    if value is None:
        return ""
    day = timezone.localtime(value).date() if isinstance(value, dt.datetime) else value
    words = f"{day.month}月{day.day}日（{WEEKDAYS[day.weekday()]}）"
    return words if day.year == timezone.localdate().year else f"{day.year}年{words}"


@register.filter
def near_words(value: dt.date | None) -> str:
    """今日, あした, あさって, else empty: the word that stands beside a date."""
    if value is None:
        return ""
    return {0: _("今日"), 1: _("あした"), 2: _("あさって")}.get((value - timezone.localdate()).days, "")


@register.filter
def time_words(value: dt.time | dt.datetime | None) -> str:
    """午前11時30分, 正午, 午後1時: times as they are read aloud."""
    if value is None:
        return ""
    time = timezone.localtime(value).time() if isinstance(value, dt.datetime) else value
    if (time.hour, time.minute) == (12, 0):
        return _("正午")
    half, hour = (_("午前"), time.hour) if time.hour < 12 else (_("午後"), time.hour - 12)
    return f"{half}{hour}時{time.minute}分" if time.minute else f"{half}{hour}時"


@register.filter
def moment_words(value: dt.datetime | None) -> str:
    """11月23日（月） 午後1時5分."""
    return f"{date_words(value)} {time_words(value)}" if value else ""


@register.filter
def yes_no(value: bool | None) -> str:
    """はい, いいえ, まだ分からない."""
    if value is None:
        return _("まだ分からない")
    return _("はい") if value else _("いいえ")


@register.filter
def yen(value: int | None) -> str:
    """無料, 300円; empty when not known."""
    if value is None:
        return ""
    return _("無料") if value == 0 else f"{value:,}円"


@register.filter
def anchor(field: BoundField) -> str:
    """The id an error link leads to: the control, or its group."""
    return field.auto_id if _is_group(field) else field.id_for_label


def _is_group(field: BoundField) -> bool:
    return isinstance(field.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, kind: str = "") -> dict[str, Any]:
    """One form field with its label, help and errors, wired for screen readers. `kind`: "short", "whole" or "tri"."""
    described = []
    if bound.help_text:
        described.append(f"{bound.auto_id}_help")
    if bound.errors:
        described.append(f"{bound.auto_id}_error")
    group, single = _is_group(bound), isinstance(bound.field.widget, forms.CheckboxInput)
    attributes: dict[str, Any] = {"aria-describedby": " ".join(described)} if described else {}
    if bound.errors:
        attributes["aria-invalid"] = "true"
    if not group and not single:
        attributes["class"] = " ".join(filter(None, ["input", f"input--{kind}" if kind else ""]))
    return {
        "field": bound,
        "group": group,
        "single": single,
        "group_class": "tri" if kind == "tri" else "options",
        "described": " ".join(described),
        "control": "" if group else bound.as_widget(attrs=attributes),
    }


@register.inclusion_tag("components/pager.html", takes_context=True)
def pager(context: template.Context, page: Page[Any]) -> dict[str, Any]:
    """Links to the other pages of a list, keeping every other part of the question.

    A list that says in `after` where this page ends gives that along to the next one.
    """
    query = context["request"].GET.copy()
    query.pop("page", None)
    query.pop("after", None)
    kept = query.urlencode()
    return {
        "page": page,
        "page_numbers": list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)),
        "after": context.get("after", ""),
        "page_url": f"?{kept}&page=" if kept else "?page=",
    }


@register.filter
def weekday_words(value: dt.date | None) -> str:
    """木曜日."""
    return f"{WEEKDAYS[value.weekday()]}曜日" if value else ""


@register.filter
def kept(text: str) -> SafeString:
    """The text with each time of day kept on one line: 午後1時30分 must not break after 午後1時."""
    return mark_safe(TIMES.sub(r'<span class="keep">\g<0></span>', escape(text)))


@register.filter
def ruby(text: str) -> SafeString:
    """The text with readings over its kanji, for people who read kana more easily."""
    from directory.readings import furigana

    def piece(written: str, reading: str) -> str:
        if not reading:
            return escape(written)
        return format_html("<ruby>{}<rp>（</rp><rt>{}</rt><rp>）</rp></ruby>", written, reading)

    return mark_safe("".join(piece(*each) for each in furigana(str(text))))


@register.filter
def amount(yen: int) -> str:
    """6000 → 6,000円, 0 → 0円."""
    return f"{yen:,}円"


@register.filter
def percent(share: float) -> str:
    """0.416 → 42%."""
    return f"{share * 100:.0f}%"


@register.filter
def field_label(name: str) -> str:
    """The words hosts and reviewers see for a field of a listing."""
    from directory.fields import FIELDS

    return FIELDS[name].label if name in FIELDS else name
