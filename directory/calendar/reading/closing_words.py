"""Words that close days."""

from .grouping import Grouping
from .state import EVERY_DAY, Days
from .words import NotUnderstood, Token


class ClosingWords(Grouping):
    """休館日：, は休み, を除く, 以外."""

    def on_close_label(self, token: Token) -> None:
        if self.pending:
            self._flush_group()
        self.closing, self.closing_depth = True, self.depth

    def on_close(self, token: Token) -> None:
        if self.closing:
            self.end_clause()
            return
        if not self.pending:
            if self.breaks and not self.groups:
                raise NotUnderstood(token.text)
            if token.text.endswith("日") and self._days_follow():
                self.closing, self.closing_depth = True, self.depth
                return
            raise NotUnderstood(token.text)
        self._close(token)

    def _days_follow(self) -> bool:
        ahead = [
            word for word in self.tokens[self.at : self.at + 3] if word.kind not in {"space", "open", "every_week"}
        ]
        return bool(ahead) and ahead[0].kind in {
            "weekdays",
            "nth",
            "holiday",
            "year_end",
            "date",
            "every_month",
            "months",
        }

    def on_excluded(self, token: Token) -> None:
        if not self.pending:
            raise NotUnderstood(token.text)
        self._close(token)

    def on_except(self, token: Token) -> None:
        """月曜以外: every other day; in a bracket behind days, or said of holidays, the same as を除く."""
        in_bracket = any(place and days.joined == "paren" for place, days in enumerate(self.pending))
        is_holiday_only = [days.pattern for days in self.pending[-1:]] == [{"holidays": "only"}]
        if in_bracket or (is_holiday_only and len(self.pending) == 1):
            self._close(token)
            return
        shut = {day for days in self.pending for day in days.pattern.get("weekdays", ())}
        if not shut or len(shut) == 7 or any(set(days.pattern) != {"weekdays"} for days in self.pending):
            raise NotUnderstood(token.text)
        self.pending = [Days({"weekdays": tuple(day for day in EVERY_DAY if day not in shut)}, "start", token.text)]
