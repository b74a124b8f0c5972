"""Words for times of day, and the breaks between them."""

from ..rules import Session
from .grouping import Grouping
from .words import NotUnderstood, Token


class ClockWords(Grouping):
    """10:00～12:00, 10時から, 17時まで, 昼休み."""

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

    def on_until(self, token: Token) -> None:
        if not self.pending:
            raise NotUnderstood(token.text)
        if self.leading and not self.groups:
            raise NotUnderstood(token.text)
        self.untils.append((self._selected(), token.value))
        self.time_open = False

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
