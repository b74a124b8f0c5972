"""Proposes how a name is read aloud; always a proposal, until somebody who knows the place confirms it."""

import re
import unicodedata
from functools import lru_cache

from sudachipy import dictionary, tokenizer

_KATAKANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
_DAYS = {"月": "げつ", "火": "か", "水": "すい", "木": "もく", "金": "きん", "土": "ど", "日": "にち"}
_WEEKDAY = re.compile("([月火水木金土日])曜日")
_KANJI = re.compile(r"[\u3400-\u9fff々〆ヶ]")
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


def furigana(text: str) -> list[tuple[str, str]]:
    """(as written, reading) piece by piece; the reading is empty where nothing needs one.

    Kana at the end of a word stay outside: 待ち合わせ has its reading over 待ち合, not over わせ.
    """
    found: list[tuple[str, str]] = []
    # The dictionary reads 曜日 as よう and ひ.
    *pieces, last = _WEEKDAY.split(text)
    for before, day in zip(pieces[::2], pieces[1::2], strict=True):
        found += [*_read(before), (f"{day}曜日", f"{_DAYS[day]}ようび")]
    return found + _read(last)


def _read(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for word in _tokenizer().tokenize(text):
        written, reading = word.surface(), hiragana(word.reading_form())
        if not _KANJI.search(written) or not reading or not is_kana(reading):
            found.append((written, ""))
            continue
        stem, read = written, reading
        while len(stem) > 1 and len(read) > 1 and stem[-1] == read[-1] and not _KANJI.match(stem[-1]):
            stem, read = stem[:-1], read[:-1]
        found.append((stem, read))
        if stem != written:
            found.append((written[len(stem) :], ""))
    return found


def proposed_reading(name: str) -> str:
    """Sudachi's reading in hiragana; words it does not know, and signs, stay as they are. Never empty for a name."""
    parts = []
    for word in _tokenizer().tokenize(unicodedata.normalize("NFKC", name)):
        reading = word.reading_form()
        # Sudachi reads signs as キゴウ, and letters it does not know as themselves.
        is_sign = word.part_of_speech()[0] in {"補助記号", "空白"}
        parts.append(word.surface() if is_sign or not reading else reading)
    return re.sub(r"\s+", " ", hiragana("".join(parts))).strip() or name.strip()
