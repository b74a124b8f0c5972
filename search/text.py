# ruff: noqa: E501 (the table of kana is read across)
"""One analysis of Japanese text for index and question alike: normalised words and their readings."""

import hashlib
import re
import threading
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from sudachipy import Dictionary, SplitMode, Tokenizer

# Words that carry meaning; particles, auxiliaries and signs do not.
_CONTENT = {"名詞", "動詞", "形容詞", "形状詞", "副詞", "接頭辞", "接尾辞", "連体詞", "感動詞"}
_EMPTY_NOUNS = {"助動詞語幹"}
_local = threading.local()
TERMS = Path(__file__).resolve().parent / "vocabulary" / "terms.txt"


@dataclass(frozen=True)
class Word:
    """One word: as written, normalised (引きこもり for ひきこもり), and how it is read in hiragana."""

    surface: str
    norm: str
    reading: str
    content: bool
    # Nouns and what belongs to them; verbs and adjectives change their meaning with what follows.
    noun: bool = True
    # The same stretch cut finer, where the dictionary knows a finer cut: 野菜市 → 野菜, 市.
    parts: tuple[str, ...] = ()


def clean(text: str) -> str:
    """NFKC, lower case, no control characters; lone surrogates and NUL become spaces."""
    text = unicodedata.normalize("NFKC", re.sub("[\ud800-\udfff]", " ", text))
    return re.sub(r"[\x00-\x1f\x7f\ufffd]+", " ", text).lower().strip()


def _tokenizer() -> Tokenizer:
    # A tokenizer is not safe to share between threads; the dictionary behind it is.
    if not hasattr(_local, "tokenizer"):
        _local.tokenizer = _dictionary().tokenizer()
    return _local.tokenizer


@lru_cache(maxsize=1)
def _dictionary() -> Dictionary:
    return Dictionary(dict="small")


def hiragana(text: str) -> str:
    """Katakana to hiragana; long vowel marks stay."""
    return "".join(chr(ord(char) - 0x60) if "ァ" <= char <= "ヶ" else char for char in text)


def analyse(text: str) -> list[Word]:
    """The words of a text, in order, in the coarse cut (mode C) with the finer cut (mode A) beside."""
    words: list[Word] = []
    # Sudachi takes at most 49,149 bytes at a time.
    for part in re.findall(r".{1,2000}", clean(text), re.S):
        for morpheme in _tokenizer().tokenize(part, SplitMode.C):
            surface = morpheme.surface()
            if surface.isspace():
                continue
            pos = morpheme.part_of_speech()
            content = pos[0] in _CONTENT and not (pos[0] == "接尾辞" and len(surface) == 1 and not surface.isalpha())
            finer = morpheme.split(SplitMode.A)
            parts = tuple(p.normalized_form().lower() for p in finer) if len(finer) > 1 else ()
            reading = hiragana(morpheme.reading_form()) or hiragana(surface)
            noun = pos[0] in {"名詞", "接頭辞", "接尾辞", "形状詞"}
            words.append(Word(surface, morpheme.normalized_form().lower(), reading, content, noun, parts))
    return _with_terms(words)


@lru_cache(maxsize=1)
def _terms() -> dict[str, tuple[str, str]]:
    """{as written, or as typed in kana: (word, reading)} of the words of the field that the dictionary cuts apart."""
    made: dict[str, tuple[str, str]] = {}
    for line in TERMS.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            word, reading = line.split()
            made[word] = made[reading] = (word, reading)
    return made


def _with_terms(words: list[Word]) -> list[Word]:
    """居 + 場所 → 居場所, い + ば + しょ → 居場所."""
    terms, found, at = _terms(), [], 0
    while at < len(words):
        for length in range(min(6, len(words) - at), 1, -1):
            joined = "".join(word.surface for word in words[at : at + length])
            if joined in terms:
                norm, reading = terms[joined]
                found.append(Word(joined, norm, reading, True))
                at += length
                break
        else:
            found.append(words[at])
            at += 1
    return found


def index_tokens(text: str) -> list[str]:
    """What is indexed for a text: normalised content words, and the parts of compound ones."""
    found: list[str] = []
    for word in analyse(text):
        if word.content and _worth(word.norm):
            found.append(word.norm)
            found += [part for part in word.parts if _worth(part)]
    return found


def index_readings(text: str) -> list[str]:
    """How the content words of a text are read."""
    return [word.reading for word in analyse(text) if word.content and _worth(word.reading)]


def _worth(token: str) -> bool:
    return any(char.isalnum() for char in token)


def squeezed(text: str) -> str:
    """Hiragana without long marks and signs, for comparing sounds: サロン → さろん, さーくる → さくる."""
    return re.sub(r"[^0-9a-zぁ-ゖ\u4e00-\u9fff]", "", hiragana(clean(text)).replace("ー", ""))


def bigrams(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)} or ({text} if text else set())


_ROMAJI = {
    "kya": "きゃ", "kyu": "きゅ", "kyo": "きょ", "sha": "しゃ", "shu": "しゅ", "sho": "しょ", "sya": "しゃ", "syu": "しゅ",
    "syo": "しょ", "cha": "ちゃ", "chu": "ちゅ", "cho": "ちょ", "tya": "ちゃ", "tyu": "ちゅ", "tyo": "ちょ", "nya": "にゃ",
    "nyu": "にゅ", "nyo": "にょ", "hya": "ひゃ", "hyu": "ひゅ", "hyo": "ひょ", "mya": "みゃ", "myu": "みゅ", "myo": "みょ",
    "rya": "りゃ", "ryu": "りゅ", "ryo": "りょ", "gya": "ぎゃ", "gyu": "ぎゅ", "gyo": "ぎょ", "ja": "じゃ", "ju": "じゅ",
    "jo": "じょ", "jya": "じゃ", "jyu": "じゅ", "jyo": "じょ", "bya": "びゃ", "byu": "びゅ", "byo": "びょ", "pya": "ぴゃ",
    "pyu": "ぴゅ", "pyo": "ぴょ", "shi": "し", "chi": "ち", "tsu": "つ", "fu": "ふ", "ji": "じ", "si": "し", "ti": "ち",
    "tu": "つ", "hu": "ふ", "zi": "じ", "du": "づ", "di": "ぢ", "fa": "ふぁ", "fi": "ふぃ", "fe": "ふぇ", "fo": "ふぉ",
    "va": "ば", "vi": "び", "vu": "ぶ", "ve": "べ", "vo": "ぼ", "la": "ら", "li": "り", "lu": "る", "le": "れ", "lo": "ろ",
}  # fmt: skip
_ROWS = {
    "": "あいうえお", "k": "かきくけこ", "s": "さしすせそ", "t": "たちつてと", "n": "なにぬねの", "h": "はひふへほ",
    "m": "まみむめも", "r": "らりるれろ", "g": "がぎぐげご", "z": "ざじずぜぞ", "d": "だぢづでど", "b": "ばびぶべぼ",
    "p": "ぱぴぷぺぽ",
}  # fmt: skip
for _head, _row in _ROWS.items():
    for _vowel, _kana in zip("aiueo", _row, strict=True):
        _ROMAJI.setdefault(_head + _vowel, _kana)
_ROMAJI |= {"ya": "や", "yu": "ゆ", "yo": "よ", "wa": "わ", "wo": "を"}


def romaji_to_kana(text: str) -> str | None:
    """saron → さろん, kodomo shokudou → こどもしょくどう; None when it is not romaji throughout."""
    text = text.translate(str.maketrans("āīūēōâîûêô", "aiueoaiueo")).replace("-", "").replace("'", "").replace(" ", "")
    if not text.isascii() or not text.isalpha():
        return None
    out, at = [], 0
    while at < len(text):
        for length in (3, 2, 1):
            if (kana := _ROMAJI.get(text[at : at + length])) is not None:
                out.append(kana)
                at += length
                break
        else:
            char, follows = text[at], text[at + 1 : at + 2]
            if char in "nm" and follows not in tuple("aiueoy"):
                out.append("ん")
            elif char == follows or (char == "t" and follows == "c"):
                out.append("っ")
            else:
                return None
            at += 1
    return "".join(out)


@lru_cache(maxsize=1)
def analysis_version() -> str:
    """Changes when the dictionary or this code changes: then an index must be built anew. Not the vocabulary."""
    code = hashlib.sha256(Path(__file__).read_bytes() + TERMS.read_bytes()).hexdigest()[:12]
    return f"sudachidict-small {version('sudachidict-small')} sudachipy {version('sudachipy')} {code}"
