"""Puts words together to a schedule. Every word must find its place; one that does not ends the reading."""

from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any

from ..holidays import is_holiday
from ..rules import LAST, Closure, MonthDay, Schedule, Session
from ..rules import within as _within
from .tokens import NotUnderstood, Token, real_date

EVERY_DAY = tuple(range(7))


@dataclass
class Days:
    """Some days as the text names them, and how they were joined to what stood before them."""

    pattern: dict[str, Any]
    joined: str = "start"  # start, join, comma, space, stop, paren
    text: str = ""
    is_weekly: bool = False


@dataclass
class Group:
    """Days that open, with the sessions that belong to them."""

    patterns: list[dict[str, Any]]
    sessions: list[Session] = field(default_factory=list)
    overrides: bool = False
    from_time: bool = False


@dataclass
class Reader:
    """One pass over the words; `schedule()` is the result, or NotUnderstood is raised."""

    tokens: list[Token]
    at: int = 0
    groups: list[Group] = field(default_factory=list)
    closures: list[dict[str, Any]] = field(default_factory=list)
    untils: list[tuple[list[dict[str, Any]], time]] = field(default_factory=list)
    breaks: list[Session] = field(default_factory=list)
    # (groups so far, closures before it) of each closure in a bracket.
    in_brackets: list[tuple[int, int]] = field(default_factory=list)
    leading: list[Session] = field(default_factory=list)
    pending: list[Days] = field(default_factory=list)
    joined: str = "start"
    nth: tuple[int, ...] | None = None
    months: tuple[int, ...] = ()
    every: int = 1
    monthly: bool = False
    year: int | None = None
    month: int | None = None
    closing: bool = False
    closing_depth: int = 0
    topic: bool = False
    excluding: bool = False
    depth: int = 0
    last: str = ""  # what the last clause was: "group" or "closure"
    time_open: bool = False  # a further session may follow
    starts: date | None = None
    replacing: bool = False
    nth_fresh: bool = False
    on_holiday_next: bool = False

    def read(self) -> Schedule:
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            self.at += 1
            getattr(self, f"on_{token.kind}")(token)
        self.end_clause()
        return self.schedule()

    # ── separators ──────────────────────────────────────────────────────────

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

    def on_next_year(self, token: Token) -> None:
        raise NotUnderstood(token.text)

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

    # ── days ────────────────────────────────────────────────────────────────

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

    def on_holiday(self, token: Token) -> None:
        self.nth = None
        self.add(token, holidays="only")

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

    def _peek(self, *kinds: str) -> Token | None:
        token = self.tokens[self.at] if self.at < len(self.tokens) else None
        return token if token is not None and token.kind in kinds else None

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

    # ── times ───────────────────────────────────────────────────────────────

    def on_range(self, token: Token) -> None:
        if self._peek("break") or (self._peek("topic") and self._after_topic("break")):
            self.breaks.append(token.value)
            return
        if self._peek("excluded"):
            # 8:30～17:15（12:00～13:00を除く）
            self.at += 1
            self.breaks.append(token.value)
            return
        self._session(token.value, token)

    def _after_topic(self, kind: str) -> bool:
        follows = self.tokens[self.at + 1] if self.at + 1 < len(self.tokens) else None
        return follows is not None and follows.kind == kind

    def on_break(self, token: Token) -> None:
        while self._peek("space", "topic") or ((word := self._peek("filler")) and word.text == ":"):
            self.at += 1
        if following := self._peek("range"):
            self.at += 1
            self.breaks.append(following.value)
        elif not self.breaks:
            raise NotUnderstood(token.text)

    def on_from(self, token: Token) -> None:
        self._session((token.value, None), token)

    def _session(self, session: Session, token: Token) -> None:
        if self.closing:
            raise NotUnderstood(token.text)
        if self.pending:
            group = self._group()
            group.sessions.append(session)
            self.groups.append(group)
            self.last = "group"
        elif self.replacing:
            self._replace(session, token)
        elif (self.time_open and self.groups and self.groups[-1].sessions) or (
            self.groups and not self.groups[-1].sessions and self.last == "group"
        ):
            self.groups[-1].sessions.append(session)
        elif not self.groups:
            self.leading.append(session)
        elif all(not group.sessions for group in self.groups) and len(self.groups) == 1:
            self.groups[-1].sessions.append(session)
        else:
            raise NotUnderstood(token.text)
        self.time_open = True
        self.joined = "near"
        self.nth = None
        self.monthly = False
        self.every = 1

    def _replace(self, session: Session, token: Token) -> None:
        """利用可能時間は10:00～12:00、13:00～16:00: finer times inside those that were given."""
        self.replacing = False
        if len(self.groups) != 1 or len(self.groups[0].sessions) != 1:
            raise NotUnderstood(token.text)
        begins, ends = self.groups[0].sessions[0]
        if ends is None or session[1] is None or not begins <= session[0] < session[1] <= ends:
            raise NotUnderstood(token.text)
        self.groups[0].sessions = [session]

    def on_times_label(self, token: Token) -> None:
        self.replacing = bool(self.groups and self.groups[-1].sessions) and not self.pending

    def on_kara(self, token: Token) -> None:
        raise NotUnderstood(token.text)

    def on_holiday_on(self, token: Token) -> None:
        self.on_holiday_next = True

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
        return _merged(found)

    def on_until(self, token: Token) -> None:
        if not self.pending:
            raise NotUnderstood(token.text)
        if self.leading and not self.groups:
            raise NotUnderstood(token.text)
        self.untils.append((self._selected(), token.value))
        self.time_open = False

    def _selected(self) -> list[dict[str, Any]]:
        found = [dict(days.pattern) for days in self.pending]
        self.pending, self.topic = [], False
        return found

    # ── closing ─────────────────────────────────────────────────────────────

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
        self.excluding = True

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
        for days, follower in zip(named, [*named[1:], None], strict=False):
            is_qualifier = set(days.pattern) == {"months"} and follower is not None
            if is_qualifier and follower.joined in {"near", "space"}:
                if follower.pattern.get("months") != days.pattern["months"]:
                    raise NotUnderstood(days.text)
                continue
            if set(days.pattern) <= {"from_on", "until_on"} and set(days.pattern) != {"from_on", "until_on"}:
                raise NotUnderstood(days.text)
            self.closures.append(dict(days.pattern))

    def _flush_group(self) -> None:
        if self.pending:
            group = self._group()
            self.groups.append(group)
            self.last = "group"

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

    # ── holidays that move things ───────────────────────────────────────────

    def on_move(self, token: Token) -> None:
        value = token.value
        if self.pending:
            if self.closing:
                self.end_clause()
            elif self._close_follows():
                self._close(token)
            else:
                self._flush_group()
        who, to = value["who"], value["to"]
        if value["opened"] and (to or value["other"]) and value["shut"]:
            self._closing_moves(token, who, to or self._next_of(token, who, value["other"]))
        elif value["opened"]:
            self._open_on_holidays(who, token)
        elif to:
            self._moves(token, who, to, shut=value["shut"])
        elif value["shut"]:
            self._shut_on_holidays(token, who)

    def _close_follows(self) -> bool:
        """月曜日（祝日の場合は翌日）休館: the word that closes stands behind the bracket."""
        place = self.at
        while place < len(self.tokens) and self.tokens[place].kind in {"shut", "space", "topic"}:
            place += 1
        if place < len(self.tokens) and self.tokens[place].kind == "close" and place > self.at:
            self.tokens = [*self.tokens[:place], *self.tokens[place + 1 :]]
            return True
        return False

    def _next_of(self, token: Token, who: tuple[int, ...], other: tuple[int, ...]) -> str:
        if len(who) == 1 and other == ((who[0] + 1) % 7,):
            return "next_day"
        raise NotUnderstood(token.text)

    def _closing_moves(self, token: Token, who: tuple[int, ...], to: str) -> None:
        """火曜日が祝日の場合は開館し翌日休館: the closed weekday opens, another day closes instead."""
        regular = [c for c in self.closures if set(c) == {"weekdays"} and (not who or c["weekdays"] == who)]
        if regular:
            regular[-1]["if_holiday"] = to
            if not self._opens_on(regular[-1]["weekdays"]):
                self._open_weekday(token, regular[-1]["weekdays"])
            return
        if not who or not self.groups:
            raise NotUnderstood(token.text)
        self._open_weekday(token, who)
        self.closures.append({"weekdays": who, "if_holiday": to})

    def _opens_on(self, weekdays: tuple[int, ...]) -> bool:
        return any(set(weekdays) <= set(p.get("weekdays", ())) for group in self.groups for p in group.patterns)

    def _open_weekday(self, token: Token, who: tuple[int, ...]) -> None:
        """The weekday joins the rule of the others; only when there is one set of times to join."""
        rules = [group for group in self.groups if any("weekdays" in p for p in group.patterns) and not group.overrides]
        if len(rules) != 1 or len(rules[0].patterns) != 1 or set(rules[0].patterns[0]) != {"weekdays"}:
            raise NotUnderstood(token.text)
        pattern = rules[0].patterns[0]
        if set(who) & set(pattern["weekdays"]):
            raise NotUnderstood(token.text)
        pattern["weekdays"] = (*pattern["weekdays"], *who)

    def _open_on_holidays(self, who: tuple[int, ...], token: Token) -> None:
        if self.last == "closure" and self.closures and "weekdays" in self.closures[-1]:
            if (who and self.closures[-1]["weekdays"] != who) or not self._opens_on(self.closures[-1]["weekdays"]):
                raise NotUnderstood(token.text)
            self.closures[-1]["if_holiday"] = "open"
        elif who and not any(set(who) <= set(p.get("weekdays", ())) for g in self.groups for p in g.patterns):
            raise NotUnderstood(token.text)

    def _moves(self, token: Token, who: tuple[int, ...], to: str, *, shut: bool) -> None:
        if self.last == "closure" and self.closures and "weekdays" in self.closures[-1]:
            shut_days = self.closures[-1]["weekdays"]
            if (who and shut_days != who) or not self._opens_on(shut_days):
                # 火～日 …、月曜休館（祝日の場合は翌日）: whether the Monday then opens is not said.
                raise NotUnderstood(token.text)
            self.closures[-1]["if_holiday"] = to
            return
        if shut or self.last != "group" or not self.groups:
            raise NotUnderstood(token.text)
        group = self.groups[-1]
        if len(self.groups) > 1 and self.depth == 0 and not who:
            raise NotUnderstood(token.text)
        wanted = [p for p in group.patterns if "weekdays" in p and (not who or tuple(p["weekdays"]) == who)]
        if not wanted or len(wanted) != len(group.patterns):
            raise NotUnderstood(token.text)
        for pattern in wanted:
            if pattern.get("holidays", "any") != "any" or len(pattern["weekdays"]) > 2:
                raise NotUnderstood(token.text)
            pattern["if_holiday"] = to

    def _shut_on_holidays(self, token: Token, who: tuple[int, ...]) -> None:
        if self.last == "closure" and not self.groups:
            raise NotUnderstood(token.text)
        if who:
            self.closures.append({"weekdays": who, "holidays": "only"})
        elif self.depth and self.last == "group" and len(self.groups) > 1:
            for pattern in self.groups[-1].patterns:
                if pattern.get("holidays") == "only":
                    raise NotUnderstood(token.text)
                pattern["holidays"] = "skip"
        else:
            self.closures.append({"holidays": "only"})

    # ── the result ──────────────────────────────────────────────────────────

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
        from .building import build

        closures = tuple(Closure(**_finished(pattern)) for pattern in _merged(self.closures))
        return build(self.groups, closures, self.untils, self.breaks)

    def _seasons_fill_the_year(self) -> None:
        """4/1～9/30 …、10/1～3/31 …: of every year. A span that leaves days over may be of one year only."""
        patterns = [pattern for group in self.groups for pattern in group.patterns]
        spans = [pattern["span"] for pattern in patterns if "span" in pattern]
        if not spans:
            return
        year = [date(2024, 1, 1) + timedelta(days=day) for day in range(366)]
        if len(spans) != len(patterns) or not all(any(_within(day, span) for span in spans) for day in year):
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


def _finished(pattern: dict[str, Any]) -> dict[str, Any]:
    if pattern.get("every_weeks", 1) > 1 and "anchor" not in pattern:
        raise NotUnderstood("隔週")
    return pattern


def _merged(patterns: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Neighbours that differ in one list only become one pattern: 月 and 水 → 月水."""
    found: list[dict[str, Any]] = []
    for pattern in patterns:
        for name in ("weekdays", "dates", "monthdays"):
            rest = {key: value for key, value in pattern.items() if key != name}
            if name in pattern and found and name in found[-1]:
                other = {key: value for key, value in found[-1].items() if key != name}
                if rest == other and (name != "weekdays" or "if_holiday" not in rest):
                    found[-1] = {**rest, name: tuple(sorted({*found[-1][name], *pattern[name]}))}
                    break
        else:
            found.append(pattern)
    return found
