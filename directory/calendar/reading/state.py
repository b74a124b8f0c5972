"""What the reader keeps in mind between two words."""

from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from ..rules import Session
from .words import NotUnderstood, Token

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


@dataclass
class State:
    """The words, where the reader stands in them, and what was said so far."""

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
    depth: int = 0
    last: str = ""  # what the last clause was: "group" or "closure"
    time_open: bool = False  # a further session may follow
    starts: date | None = None
    replacing: bool = False
    nth_fresh: bool = False
    on_holiday_next: bool = False

    def _peek(self, *kinds: str) -> Token | None:
        token = self.tokens[self.at] if self.at < len(self.tokens) else None
        return token if token is not None and token.kind in kinds else None


def finished(pattern: dict[str, Any]) -> dict[str, Any]:
    if pattern.get("every_weeks", 1) > 1 and "anchor" not in pattern:
        raise NotUnderstood("隔週")
    return pattern


def merged(patterns: list[dict[str, Any]]) -> list[dict[str, Any]]:
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
