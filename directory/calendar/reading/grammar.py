"""Puts words together to a schedule. Every word must find its place; one that does not ends the reading."""

from datetime import date, timedelta

from ..rules import Closure, Schedule, within
from .building import build
from .clock_words import ClockWords
from .closing_words import ClosingWords
from .date_words import DateWords
from .day_words import DayWords
from .holiday_moves import HolidayMoves
from .state import finished, merged
from .words import NotUnderstood, Token


class Reader(DayWords, DateWords, ClockWords, ClosingWords, HolidayMoves):
    """One pass over the words; `read()` gives the schedule, or NotUnderstood is raised."""

    def read(self) -> Schedule:
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            self.at += 1
            getattr(self, f"on_{token.kind}")(token)
        self.end_clause()
        return self.schedule()

    def on_space(self, token: Token) -> None:
        self.joined = self.joined if self.joined in {"stop", "paren", "comma"} else "space"

    def on_comma(self, token: Token) -> None:
        self.joined = "comma"

    def on_join(self, token: Token) -> None:
        self.joined = "join"

    def on_stop(self, token: Token) -> None:
        self.end_clause()
        self.joined = "stop"
        self.closing = False
        self.months = ()
        if "。" in token.text:
            self.time_open = False

    def on_open(self, token: Token) -> None:
        self.depth += 1
        self.joined = "paren"

    def on_shut(self, token: Token) -> None:
        if self.depth == 0:
            raise NotUnderstood(token.text)
        self.depth -= 1
        if self.closing:
            self.end_clause()
            self.closing = self.depth >= self.closing_depth
        self.joined = "paren"

    def on_tilde(self, token: Token) -> None:
        raise NotUnderstood(token.text)

    def on_filler(self, token: Token) -> None:
        return

    def on_topic(self, token: Token) -> None:
        self.topic = bool(self.pending)

    def on_only(self, token: Token) -> None:
        self.topic = bool(self.pending)

    def schedule(self) -> Schedule:
        if self.depth or not self.groups:
            raise NotUnderstood("開く日")
        if self.leading:
            if any(group.sessions for group in self.groups):
                raise NotUnderstood("時間")
            for group in self.groups:
                group.sessions = list(self.leading)
        self._seasons_fill_the_year()
        self._keep_brackets_to_their_days()
        timed = [bool(group.sessions) for group in self.groups]
        if any(timed) and not all(timed):
            raise NotUnderstood("時間")
        closures = tuple(Closure(**finished(pattern)) for pattern in merged(self.closures))
        return build(self.groups, closures, self.untils, self.breaks)

    def _seasons_fill_the_year(self) -> None:
        """4/1～9/30 …、10/1～3/31 …: of every year. A span that leaves days over may be of one year only."""
        patterns = [pattern for group in self.groups for pattern in group.patterns]
        spans = [pattern["span"] for pattern in patterns if "span" in pattern]
        if not spans:
            return
        year = [date(2024, 1, 1) + timedelta(days=day) for day in range(366)]
        if len(spans) != len(patterns) or not all(any(within(day, span) for span in spans) for day in year):
            raise NotUnderstood("日付の年")

    def _keep_brackets_to_their_days(self) -> None:
        """月～金 …（祝日は休み）、土 …: a bracket in the middle speaks of the days before it; at the end, of all."""
        for groups_then, place in reversed(self.in_brackets):
            if groups_then == len(self.groups):
                continue
            pattern = self.closures[place] if place < len(self.closures) else {}
            if set(pattern) == {"span"}:
                continue
            if pattern != {"holidays": "only"} or groups_then > 1:
                raise NotUnderstood("（ ）の中の休み")
            if any(known.get("holidays", "any") == "only" for known in self.groups[0].patterns):
                raise NotUnderstood("（ ）の中の休み")
            for known in self.groups[0].patterns:
                known["holidays"] = "skip"
            del self.closures[place]
