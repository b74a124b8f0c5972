"""Days that belong together: what opens with which times, and what is closed."""

from typing import Any

from .state import Days, Group, State, merged
from .words import NotUnderstood, Token


class Grouping(State):
    """Gathers the days just named, and puts them down as open or closed."""

    def add(self, token: Token, **pattern: Any) -> None:
        if self.joined in {"join", "comma"}:
            # 8月、第3月曜は休み: the month stands for itself.
            self.months = ()
        if self.months:
            pattern.setdefault("months", self.months)
        self.pending.append(Days(pattern, self.joined, token.text))
        self.joined = "near"
        self.topic = False
        self.time_open = False

    def _group(self) -> Group:
        patterns, topic = self._taken_patterns(), self.topic
        self.topic = False
        return Group(patterns, overrides=topic)

    def _taken_patterns(self) -> list[dict[str, Any]]:
        """The pending days as patterns; months, periods and starts qualify the days beside them."""
        qualifiers: dict[str, Any] = {}
        found: list[dict[str, Any]] = []
        trailing = False
        for days in self.pending:
            pattern = dict(days.pattern)
            if set(pattern) in ({"months"}, {"span"}) or set(pattern) <= {"from_on", "until_on"}:
                if any(qualifiers.get(name, value) != value for name, value in pattern.items()):
                    raise NotUnderstood(days.text)
                qualifiers.update(pattern)
                trailing = bool(found)
                for known in found:
                    for name, value in pattern.items():
                        known.setdefault(name, value)
                continue
            if trailing:
                # 毎月第2土曜（1月は第3土曜）: which months the first days keep is not for us to say.
                raise NotUnderstood(days.text)
            found.append({**qualifiers, **pattern})
        self.pending = []
        if self.starts is not None:
            for pattern in found:
                self._begin(pattern)
        if not found and set(qualifiers) == {"from_on", "until_on"} and not self.groups:
            # 2026年12月12日～14日: each of the days.
            found = [qualifiers]
        elif not found and qualifiers:
            if not self.groups:
                # 4月～9月 9:00～18:00 with no days at all.
                raise NotUnderstood("開く日")
            base = self.groups[-1].patterns
            found = [{**{k: v for k, v in pattern.items() if k not in qualifiers}, **qualifiers} for pattern in base]
        elif "months" in qualifiers and any("months" not in p for group in self.groups for p in group.patterns):
            # 毎週火曜 …、8月は第3土曜 …: whether Tuesdays go on in August is not said.
            raise NotUnderstood("月ごとの決まり")
        return merged(found)

    def _selected(self) -> list[dict[str, Any]]:
        found = [dict(days.pattern) for days in self.pending]
        self.pending, self.topic = [], False
        return found

    def _begin(self, pattern: dict[str, Any]) -> None:
        if pattern.get("every_weeks", 1) > 1:
            self._anchor(pattern)
        elif "dates" in pattern:
            raise NotUnderstood("はじまりの日")
        else:
            pattern.setdefault("from_on", self.starts)

    def _anchor(self, pattern: dict[str, Any]) -> None:
        assert self.starts is not None
        if self.starts.weekday() not in pattern["weekdays"]:
            raise NotUnderstood(f"{self.starts.month}月{self.starts.day}日")
        pattern["anchor"] = self.starts

    def _flush_group(self) -> None:
        if self.pending:
            group = self._group()
            self.groups.append(group)
            self.last = "group"

    def _opens_on(self, weekdays: tuple[int, ...]) -> bool:
        return any(set(weekdays) <= set(p.get("weekdays", ())) for group in self.groups for p in group.patterns)

    def _close(self, token: Token) -> None:
        """The days before the word are closed; days of an earlier clause among them open."""
        cut = 0
        for place, days in enumerate(self.pending):
            if place and days.joined in {"stop", "paren"}:
                cut = place
        opened, shut = self.pending[:cut], self.pending[cut:]
        if opened:
            self.pending = opened
            self._flush_group()
            if token.kind in {"excluded", "except"} and [days.pattern for days in shut] == [{"holidays": "only"}]:
                # 毎週月曜（祝日を除く）: said of these days only.
                self.pending = []
                for pattern in self.groups[-1].patterns:
                    if pattern.get("holidays", "any") == "only":
                        raise NotUnderstood(token.text)
                    pattern["holidays"] = "skip"
                return
        elif not self.groups and not self.leading and any(days.joined in {"comma", "space"} for days in shut[1:]):
            # 月曜、祝日は休み: which of them opens is not said.
            raise NotUnderstood(token.text)
        self.pending = []
        if self.depth and self.groups:
            self.in_brackets.append((len(self.groups), len(self.closures)))
        self._shut_all(shut)
        self.months = ()
        self.nth = None
        self.monthly = False
        self.last = "closure"
        self.topic = False
        self.time_open = False

    def _shut_all(self, named: list[Days]) -> None:
        """Each of the days closes; a month that only says of which month the next days are closes nothing itself."""
        for place, days in enumerate(named):
            follower = named[place + 1] if place + 1 < len(named) else None
            if set(days.pattern) == {"months"} and follower is not None and follower.joined in {"near", "space"}:
                if follower.pattern.get("months") != days.pattern["months"]:
                    raise NotUnderstood(days.text)
                continue
            if set(days.pattern) <= {"from_on", "until_on"} and set(days.pattern) != {"from_on", "until_on"}:
                raise NotUnderstood(days.text)
            self.closures.append(dict(days.pattern))

    def end_clause(self) -> None:
        if self.closing:
            self._shut_all(self.pending)
            if self.pending:
                self.last = "closure"
            self.pending = []
        elif self.pending:
            self._flush_group()
        self.nth = None
        self.monthly = False
        self.every = 1
