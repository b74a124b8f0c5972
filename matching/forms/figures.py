"""The period of a figure."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from matching.actions.clients import fiscal_year
from matching.models.client import REIWA_BEGAN

YEARS_BACK = 5


class PeriodForm(forms.Form):
    """One fiscal year, or all of them."""

    year = forms.TypedChoiceField(label=_("年度"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, today: date, otherwise: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.this_year = fiscal_year(today)
        years = range(self.this_year, self.this_year - YEARS_BACK, -1)
        choices: list[tuple[Any, Any]] = [("", otherwise or _("これまでぜんぶ"))]
        choices += [(year, _("令和%(number)s年度") % {"number": year - REIWA_BEGAN + 1}) for year in years]
        field = self.fields["year"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = choices

    def period(self) -> tuple[date, date] | None:
        """First and last day of the chosen year; None for all time, also where nonsense was asked."""
        year = self.cleaned_data.get("year") if self.is_valid() else None
        return (date(year, 4, 1), date(year + 1, 3, 31)) if year else None
