"""Counts of searched words go after a year, the younger ones stay."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from directory.models import Municipality
from search.choices import Answered
from search.models import SearchTerm

pytestmark = pytest.mark.django_db


def test_old_counts_go_and_young_ones_stay() -> None:
    town = Municipality.objects.create(code="999991", name="見本町", yomi="みほんちょう", prefecture="見本県")
    monday = timezone.localdate() - timedelta(days=timezone.localdate().weekday())
    for weeks in (0, 52, 54, 90):
        week = monday - timedelta(weeks=weeks)
        SearchTerm.objects.create(municipality=town, week=week, terms=f"将棋{weeks}", kind=Answered.values[0])
    said = StringIO()
    call_command("forget_searches", stdout=said)
    assert set(SearchTerm.objects.values_list("terms", flat=True)) == {"将棋0", "将棋52"}
    assert said.getvalue().startswith("2 weekly counts")


def test_something_is_always_kept() -> None:
    with pytest.raises(CommandError):
        call_command("forget_searches", weeks=0)
