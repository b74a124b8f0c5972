"""Proposes how a name is read aloud; always a proposal, until somebody who knows the place confirms it."""

import re
import unicodedata
from functools import lru_cache

from sudachipy import dictionary, tokenizer

_KATAKANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
_KANA = re.compile(r"[ぁ-ゖァ-ヶー・\s゛゜0-9A-Za-z]+")


@lru_cache(maxsize=1)
def _tokenizer() -> tokenizer.Tokenizer:
    words = dictionary.Dictionary(dict="small")
    # `tokenizer` is the newer name of `create`.
    return words.tokenizer() if hasattr(words, "tokenizer") else words.create()


def hiragana(text: str) -> str:
    """Half-width and full-width katakana as hiragana; everything else as it is, in NFKC."""
    return unicodedata.normalize("NFKC", text).translate(_KATAKANA)


def is_kana(text: str) -> bool:
    """Whether a cell that should hold a reading holds one."""
    return bool(_KANA.fullmatch(unicodedata.normalize("NFKC", text).strip()))


def proposed_reading(name: str) -> str:
    """Sudachi's reading in hiragana; words it does not know, and signs, stay as they are. Never empty for a name."""
    parts = []
    for word in _tokenizer().tokenize(unicodedata.normalize("NFKC", name)):
        reading = word.reading_form()
        # Sudachi reads signs as キゴウ, and letters it does not know as themselves.
        is_sign = word.part_of_speech()[0] in {"補助記号", "空白"}
        parts.append(word.surface() if is_sign or not reading else reading)
    return re.sub(r"\s+", " ", hiragana("".join(parts))).strip() or name.strip()
