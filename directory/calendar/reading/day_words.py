"""Words for days that come again: weekdays, the n-th of a month, days of the month, holidays."""

from typing import Any

from ..rules import LAST
from .grouping import Grouping
from .state import EVERY_DAY
from .words import NotUnderstood, Token


class DayWords(Grouping):
    """毎週, 隔週, 第2火曜日, 平日, 祝日, 毎日, 5のつく日, 末日."""

    def on_every_month(self, token: Token) -> None:
        self.monthly = True
        self.months = ()
        self.nth = None

    def on_every_week(self, token: Token) -> None:
        self.nth = ()
        self.monthly = False
        self.every = 1

    def on_biweekly(self, token: Token) -> None:
        self.every = token.value
        self.nth = None
        ahead = [
            word.kind for word in self.tokens[self.at : self.at + 3] if word.kind not in {"space", "filler", "open"}
        ]
        if not ahead or ahead[0] != "weekdays":
            # 土曜日隔週: which days are meant would have to be guessed.
            raise NotUnderstood(token.text)

    def on_nth(self, token: Token) -> None:
        self.nth = token.value
        follows = self.tokens[self.at] if self.at < len(self.tokens) else None
        if follows is not None and follows.kind == "shut":
            self._nth_of_days_before(token)
            return
        ahead = [word for word in self.tokens[self.at : self.at + 3] if word.kind != "space" and word.text != "の"]
        follows = ahead[0] if ahead else None
        if follows is None or follows.kind not in {"weekdays", "plain_days"}:
            raise NotUnderstood(token.text)
        if follows.kind == "plain_days":
            # The first weekday of a month is another thing than the first Monday.
            raise NotUnderstood(token.text + follows.text)
        self.nth_fresh = True

    def _nth_of_days_before(self, token: Token) -> None:
        """木曜日（第1・3）: the bracket says which Thursdays; 毎週木曜日（第1・3） contradicts itself."""
        named = self.pending[-1] if self.pending else None
        if (
            named is None
            or set(named.pattern) != {"weekdays"}
            or named.is_weekly
            or self.monthly
            or len(self.pending) > 1
        ):
            raise NotUnderstood(token.text)
        named.pattern["weeks"] = token.value
        self.nth = None

    def on_weekdays(self, token: Token) -> None:
        weeks = self.nth
        if weeks and not self.nth_fresh:
            # 第2火曜・木曜: whether the second is every week or not is not said.
            raise NotUnderstood(token.text)
        if self.monthly and weeks is None and self.joined in {"start", "near", "stop"} and not self.pending:
            # 毎月火曜日: which of them is not said.
            raise NotUnderstood(f"毎月{token.text}")
        self.nth_fresh = False
        if weeks and "~" in token.text:
            # 第3水～金曜日: the third Friday, or the one after the third Wednesday?
            raise NotUnderstood(token.text)
        pattern: dict[str, Any] = {"weekdays": token.value}
        if weeks:
            pattern["weeks"] = weeks
        if self.every > 1:
            pattern["every_weeks"] = self.every
        if self.on_holiday_next:
            pattern["holidays"] = "only"
            self.on_holiday_next = False
        self.add(token, **pattern)
        self.pending[-1].is_weekly = weeks == ()
        if weeks == ():
            self.nth = None

    def on_plain_days(self, token: Token) -> None:
        self.nth = None
        self.add(token, weekdays=(0, 1, 2, 3, 4), holidays="skip")

    def on_holiday(self, token: Token) -> None:
        self.nth = None
        self.add(token, holidays="only")

    def on_holiday_too(self, token: Token) -> None:
        """祝日も開催: nothing new, unless the text says 平日 or 祝日を除く beside it."""
        if self.pending:
            self._flush_group()
        shown = [pattern for group in self.groups for pattern in group.patterns]
        if not shown or any(pattern.get("holidays", "any") != "any" for pattern in shown):
            raise NotUnderstood(token.text)
        named = {day for pattern in shown for day in pattern.get("weekdays", EVERY_DAY)}
        if "土" in token.text and not {5, 6} <= named:
            raise NotUnderstood(token.text)

    def on_holiday_on(self, token: Token) -> None:
        self.on_holiday_next = True

    def on_everyday(self, token: Token) -> None:
        self.nth = None
        if token.value == "無休" and (self.groups or self.pending):
            shown = [pattern for group in self.groups for pattern in group.patterns] + [d.pattern for d in self.pending]
            if not any(tuple(p.get("weekdays", EVERY_DAY)) == EVERY_DAY and "weeks" not in p for p in shown):
                raise NotUnderstood(token.text)
            return
        if (
            self.groups
            and not self.pending
            and all(p == {"weekdays": EVERY_DAY} for g in self.groups for p in g.patterns)
        ):
            return
        self.add(token, weekdays=EVERY_DAY)

    def on_month_end(self, token: Token) -> None:
        self.add(token, monthdays=(LAST,))

    def on_fives(self, token: Token) -> None:
        self.add(token, monthdays=token.value)

    def on_days(self, token: Token) -> None:
        if not self.monthly or not all(1 <= number <= 31 for number in token.value):
            raise NotUnderstood(token.text)
        self.add(token, monthdays=token.value)
