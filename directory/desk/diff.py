"""Word-level difference of two Japanese texts: what went, what came."""

import difflib
import re
from dataclasses import dataclass
from functools import lru_cache

from sudachipy import Dictionary, SplitMode, Tokenizer


@dataclass(frozen=True)
class Piece:
    """A run of words: kept, gone or new."""

    kind: str
    text: str


@lru_cache(maxsize=1)
def _tokenizer() -> Tokenizer:
    return Dictionary(dict="small").tokenizer()


def words(text: str) -> list[str]:
    """The text cut into words, line breaks and spaces kept; joined again they are the text."""
    return [
        morpheme
        for part in re.split(r"(\s)", text)
        if part
        for morpheme in ([part] if part.isspace() else [m.surface() for m in _tokenizer().tokenize(part, SplitMode.B)])
    ]


def pieces(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    """(what the old text was, what the new text is), each as kept and changed runs."""
    old, new = words(before), words(after)
    left: list[Piece] = []
    right: list[Piece] = []
    for kind, a1, a2, b1, b2 in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            left.append(Piece("kept", "".join(old[a1:a2])))
            right.append(Piece("kept", "".join(new[b1:b2])))
            continue
        if a2 > a1:
            left.append(Piece("gone", "".join(old[a1:a2])))
        if b2 > b1:
            right.append(Piece("new", "".join(new[b1:b2])))
    return left, right
