"""Counts of what residents look for, as staff see them: small ones only as few."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, F, IntegerField, QuerySet, Value, When
from django.utils.translation import gettext as _

from search.choices import Answered
from search.models import SearchTerm

from .forms import MissForm

# What one or two people looked for could be somebody's.
FEWEST_SHOWN = 3
MOST_WEEKS = 53


def weeks_of(found: QuerySet[SearchTerm]) -> list[tuple[date, str]]:
    """Weeks in which anything was looked for, the latest first: (Monday, words)."""
    weeks = found.order_by("-week").values_list("week", flat=True).distinct()[:MOST_WEEKS]
    return [(week, week_words(week)) for week in weeks]


def week_words(week: date) -> str:
    """2026年11月23日〜29日."""
    end = week + timedelta(days=6)
    month = f"{end.month}月" if end.month != week.month else ""
    return _("{year}年{month}月{day}日〜{until}日").format(
        year=week.year, month=week.month, day=week.day, until=f"{month}{end.day}"
    )


def found_in(allowed: QuerySet[SearchTerm], form: MissForm, weeks: list[tuple[date, str]]) -> QuerySet[SearchTerm]:
    """One week, the latest when none is chosen. Among small counts the order says nothing."""
    asked: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    week = date.fromisoformat(asked["week"]) if asked.get("week") else (weeks[0][0] if weeks else None)
    found = allowed.filter(week=week) if week else allowed.none()
    kind = asked.get("kind", MissForm.MISSES)
    if kind == MissForm.MISSES:
        found = found.exclude(kind=Answered.FOUND)
    elif kind != MissForm.EVERYTHING:
        found = found.filter(kind=kind)
    shown = Case(When(count__gte=FEWEST_SHOWN, then=F("count")), default=Value(0), output_field=IntegerField())
    return found.annotate(shown=shown).order_by("-shown", "terms", "pk")


def csv_rows(found: Any) -> Iterator[list[Any]]:
    yield [_("週（月曜日）"), _("ことば"), _("結果"), _("回数"), _("市区町村"), _("地区")]
    for row in found:
        yield [
            row.week.isoformat(),
            row.terms,
            row.get_kind_display(),
            row.shown or _("少ない"),
            row.municipality.name,
            row.district.name if row.district else "",
        ]
