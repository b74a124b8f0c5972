"""What happens when a day that opens or closes is a holiday: 祝日の場合は翌日."""

from .grouping import Grouping
from .words import NotUnderstood, Token


class HolidayMoves(Grouping):
    """One sentence about holidays, said of the days before it."""

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
