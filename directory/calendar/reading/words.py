"""One word of a text, and what is raised where there is none."""

from dataclasses import dataclass
from typing import Any


class NotUnderstood(Exception):
    """A part of the text that the reader does not know; `str()` is that part, for staff."""


@dataclass(frozen=True)
class Token:
    """One word: its kind, what it means, and the text it came from."""

    kind: str
    value: Any
    text: str
