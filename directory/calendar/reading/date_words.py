"""Words for dates, months and periods, of one year or of every year."""

from datetime import date, timedelta
from typing import Any

from ..holidays import is_holiday
from ..rules import MonthDay
from .grouping import Grouping
from .tokens import real_date
from .words import NotUnderstood, Token


class DateWords(Grouping):
    """2026年12月5日, 12日, 8月, 12/29～1/3, 2027年1月から."""

    def on_day(self, token: Token) -> None:
        number, mark = token.value["day"], token.value["mark"]
        if self.year and self.month and self._lists_dates():
            self.add(token, dates=(real_date(self.year, self.month, number, mark),))
        elif (
            (self.monthly or (self.pending and "monthdays" in self.pending[-1].pattern))
            and not mark
            and 1 <= number <= 31
        ):
            self.add(token, monthdays=(number,))
        elif self.year and self.months and len(self.months) == 1 and not self.pending:
            self.month = self.months[0]
            self.months = ()
            self.add(token, dates=(real_date(self.year, self.month, number, mark),))
        else:
            raise NotUnderstood(token.text)

    def on_date(self, token: Token) -> None:
        value = token.value
        year = value["year"]
        if year is None and self.year is not None and self._lists_dates():
            # One year carried over a list; a month that falls back means that the list went into the next year.
            if self.month is not None and value["month"] < self.month:
                raise NotUnderstood(token.text)
            year = self.year
        until = self._range_end(value["month"])
        if until is not None:
            self._span(token, year, value, until)
            return
        if year is None:
            here = self._check_month_day(token, value)
            # One day without a year is of every year only around New Year and お盆.
            if value["mark"] or not (here >= (12, 25) or here <= (1, 7) or (8, 10) <= here <= (8, 17)):
                raise NotUnderstood(token.text)
            self.add(token, span=(here, here))
            return
        self.year, self.month, self.months = year, value["month"], ()
        day = real_date(year, value["month"], value["day"], value["mark"])
        if "祝" in value["mark"] and not is_holiday(day):
            raise NotUnderstood(token.text)
        if self._from_follows():
            self.starts = day
            self._apply_start(token)
            return
        if (word := self._peek("filler")) and word.text == "まで":
            self.at += 1
            self.add(token, until_on=day)
            return
        self.add(token, dates=(day,))

    def _lists_dates(self) -> bool:
        """Whether dates were named last, so that their year and month carry over."""
        if self.pending:
            return "dates" in self.pending[-1].pattern
        return self.last == "group" and bool(self.groups) and "dates" in self.groups[-1].patterns[-1]

    def _range_end(self, month: int) -> Token | None:
        """The date after ~ or から, when one follows."""
        start = self.at
        if self._peek("tilde", "kara"):
            self.at += 1
            while self._peek("space", "next_year"):
                self.at += 1
            if token := self._peek("date"):
                self.at += 1
                return token
            if token := self._peek("day"):
                # 12月12日～14日: the month carries over.
                self.at += 1
                return Token("date", {"year": None, "month": month, **token.value}, token.text)
        self.at = start
        return None

    def _from_follows(self) -> bool:
        if self._peek("kara", "tilde"):
            self.at += 1
            while self._peek("filler"):
                self.at += 1
            return True
        return False

    def _apply_start(self, token: Token) -> None:
        """A start belongs to the days just named, else to those that follow."""
        if self.pending:
            named = [days.pattern for days in self.pending]
            in_turn = [pattern for pattern in named if pattern.get("every_weeks", 1) > 1]
            if in_turn and len(in_turn) < len(named):
                # 毎週金曜、隔週火曜（12月1日から）: the start is that of the last one named.
                if in_turn != named[-1:]:
                    raise NotUnderstood(token.text)
                named = in_turn
        elif self.depth and self.last == "group" and self.groups:
            named = self.groups[-1].patterns
        else:
            return
        for pattern in named:
            self._begin(pattern)
        self.starts = None

    def _check_month_day(self, token: Token, value: dict[str, Any]) -> MonthDay:
        try:
            date(2024, value["month"], value["day"])
        except ValueError as error:
            raise NotUnderstood(token.text) from error
        return value["month"], value["day"]

    def _span(self, token: Token, year: int | None, value: dict[str, Any], until: Token) -> None:
        first, last = self._check_month_day(token, value), self._check_month_day(until, until.value)
        end_year = until.value["year"]
        if year is None and end_year is None:
            if value["mark"] or until.value["mark"]:
                raise NotUnderstood(token.text)
            self.add(token, span=(first, last))
            return
        if year is None:
            raise NotUnderstood(token.text)
        begin = real_date(year, *first, value["mark"])
        end = real_date(end_year or (year if last >= first else year + 1), *last, until.value["mark"])
        if end < begin:
            raise NotUnderstood(token.text)
        self.year = None
        self.add(token, from_on=begin, until_on=end)

    def on_months(self, token: Token) -> None:
        if self.pending and set(self.pending[-1].pattern) == {"months"} and self.joined in {"join", "comma"}:
            self.pending[-1].pattern["months"] = (*self.pending[-1].pattern["months"], *token.value)
            self.joined = "near"
        else:
            self.months = ()
            self.add(token, months=token.value)
        self.months = self.pending[-1].pattern["months"]

    def on_year_month(self, token: Token) -> None:
        """2026年12月の毎週土曜日: a month of one year only."""
        year, month = token.value
        first = date(year, month, 1)
        last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        self.months = ()
        self.add(token, from_on=first, until_on=last)

    def on_month_from(self, token: Token) -> None:
        year, month = token.value
        if year is None:
            raise NotUnderstood(token.text)
        self.starts = date(year, month, 1)
        self.add(token, from_on=self.starts)

    def on_kara(self, token: Token) -> None:
        raise NotUnderstood(token.text)

    def on_next_year(self, token: Token) -> None:
        raise NotUnderstood(token.text)

    def on_year_end(self, token: Token) -> None:
        """年末年始 and お盆 say when only if dates stand beside them."""
        ahead = self.tokens[self.at : self.at + 3]
        if self.pending and "span" in self.pending[-1].pattern and self.joined in {"near", "paren"}:
            return
        if not any(word.kind in {"date", "months"} for word in ahead):
            raise NotUnderstood(token.text)
        if self._peek("open"):
            # 祝日・年末年始（12/29～1/3）: the bracket explains the word, it does not begin anything.
            self.at += 1
            self.depth += 1
