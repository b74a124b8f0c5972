"""Reads opening times from free text, and says plainly when it does not understand. It never guesses."""

import re
from dataclasses import dataclass, field

from ..rules import NotASchedule, Schedule
from .grammar import Reader
from .normalise import normalise
from .tokens import tokenise
from .words import NotUnderstood

TOO_LONG = 600


@dataclass(frozen=True)
class Reading:
    """`schedule` only when the text was understood as a whole; else the parts that were not.

    `proposal` is what the rest would mean: shown to staff for one-tap confirmation, never published by itself.
    """

    text: str
    schedule: Schedule | None = None
    unresolved: tuple[str, ...] = field(default=())
    proposal: Schedule | None = None

    @property
    def understood(self) -> bool:
        return self.schedule is not None


def parse(text: str) -> Reading:
    """Read one free text, in whatever state; never raises."""
    if not text.strip():
        return Reading(text, unresolved=("（何も書かれていません）",))
    if len(text) > TOO_LONG:
        return Reading(text, unresolved=("長すぎる文",))
    try:
        return Reading(text, schedule=_read(text))
    except NotUnderstood as problem:
        proposal, left = _proposal(text)
        return Reading(text, unresolved=left if proposal else (str(problem) or text,), proposal=proposal)


def _read(text: str) -> Schedule:
    try:
        return Reader(tokenise(normalise(text))).read()
    except NotASchedule as problem:
        raise NotUnderstood(text[:20]) from problem


def _proposal(text: str) -> tuple[Schedule | None, tuple[str, ...]]:
    """What the clauses say that can be read together, and the clauses that are left over."""
    kept, proposal, left = "", None, []
    for clause in re.split(r"(?<=[。\n])|(?=[(（※])|(?<=[)）])", text):
        try:
            proposal = _read(kept + clause)
        except NotUnderstood:
            if said := clause.strip(" 　。、\n"):
                left.append(said)
        else:
            kept += clause
    return proposal, tuple(left)


def read_columns(*, days: str, begins: str = "", ends: str = "", note: str = "") -> Reading:
    """Open data gives weekdays, begin, end and a note in four cells; the note is part of the whole.

    `days` as 月火木 or 月;火;木; times as 9:00 or 10：00. A time cell that is no time makes the whole not understood.
    """
    times = f" {begins.strip()}~{ends.strip()}" if begins.strip() and ends.strip() else ""
    if bool(begins.strip()) != bool(ends.strip()):
        times = f" {begins.strip()}~" if begins.strip() else f" {ends.strip()}まで"
    listed = days.strip().replace(";", "・").replace("；", "・")
    text = "\n".join(part for part in (f"{listed}{times}".strip(), note.strip()) if part)
    if not listed:
        return Reading(text, unresolved=("開く曜日",)) if text else parse("")
    return parse(text)
