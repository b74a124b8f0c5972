"""How near a person's own words (好き、得意) are to what a place says it does. The only reader of Japanese here."""

import functools
import json
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from sudachipy import Dictionary, SplitMode, Tokenizer

KINDRED = Path(__file__).with_name("kindred.json")
CONTENT = {"名詞", "動詞", "形容詞", "形状詞"}
SAME_WORD, KINDRED_WORD = 1.0, 0.85


@functools.cache
def _tokenizer() -> Tokenizer:
    return Dictionary(dict="small").tokenizer()


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


@functools.cache
def _lists() -> dict[str, list]:
    return json.loads(KINDRED.read_text(encoding="utf-8"))


@functools.cache
def _empty() -> frozenset[str]:
    """Words that stand in nearly every wish or place and tell nothing."""
    words = _lists()["empty"]
    return frozenset(words) | {word.normalized_form() for each in words for word in _tokenizer().tokenize(each)}


# Texts whose words were found before and kept (matching/sketches.py): reading a text anew costs a millisecond.
_read_before: dict[str, tuple[frozenset[str], frozenset[int]]] = {}
MOST_REMEMBERED = 5_000


def remember(text: str, words: Iterable[str], found: Iterable[int]) -> None:
    """What `content_words` and `pleasures` say of a text, as they said when it was read."""
    if len(_read_before) >= MOST_REMEMBERED:
        _read_before.clear()
    _read_before[text] = (frozenset(words), frozenset(found))


def content_words(text: str) -> frozenset[str]:
    """Normalised nouns, verbs and adjectives, in short and long units, without empty words."""
    known = _read_before.get(text)
    return known[0] if known else _content_words(text)


@functools.lru_cache(maxsize=4_000)
def _content_words(text: str) -> frozenset[str]:
    plain = _plain(text)[:2_000]
    found = set()
    for mode in (SplitMode.A, SplitMode.C):
        for word in _tokenizer().tokenize(plain, mode):
            parts = word.part_of_speech()
            if parts[0] in CONTENT and parts[1] not in {"数詞", "非自立可能"}:
                found.add(word.normalized_form())
    # One kana says nothing; one kanji (花, 本, 犬) may say everything.
    return frozenset(w for w in found - _empty() if len(w) > 1 or re.fullmatch(r"[\u4e00-\u9fff]", w))


def _whole_words(word: str) -> frozenset[str]:
    """A word of the list as the dictionary spells it; nothing for a phrase of several words."""
    words = content_words(word) | ({word} if len(word) <= 2 else frozenset())
    return words if len(words) == 1 or len(word) <= 2 else frozenset()


@functools.cache
def _groups() -> tuple[tuple[frozenset[str], tuple[str, ...]], ...]:
    """Per pleasure: short words, compared as whole words, and long ones, looked for inside the text."""
    return tuple(
        (
            frozenset(word for each in group for word in _whole_words(each)),
            tuple(_plain(word) for word in group if len(word) > 2),
        )
        for group in _lists()["groups"]
    )


def pleasures(text: str) -> frozenset[int]:
    """Which groups of kindred words a text touches."""
    known = _read_before.get(text)
    return known[1] if known else _pleasures(text)


@functools.lru_cache(maxsize=4_000)
def _pleasures(text: str) -> frozenset[int]:
    plain, words = _plain(text), content_words(text)
    return frozenset(
        number for number, (short, long) in enumerate(_groups()) if words & short or any(word in plain for word in long)
    )


@functools.lru_cache(maxsize=20_000)
def affinity(wish: str, text: str) -> float:
    """1.0 when the same word stands in both, 0.85 when a kindred one does, else 0."""
    words = content_words(wish)
    # A whole wish that stands in the text counts, whatever the dictionary makes of it.
    if words & content_words(text) or (words and len(wish) > 2 and _plain(wish) in _plain(text)):
        return SAME_WORD
    return KINDRED_WORD if pleasures(wish) & pleasures(text) else 0.0
