"""What residents type that may be about a person is recognised here, so that it is never written down."""

import re
from itertools import pairwise

from .text import _tokenizer, clean

LONGEST, MOST_WORDS, MOST_DIGITS = 30, 6, 2

# Ordinary words that end like an address to a person.
_ORDINARY = re.compile(
    r"(?:母|父|かあ|とう|婆|爺|ばあ|じい|姉|兄|ねえ|にい|お客|お子|お孫|お隣|おとなり|お医者|奥|皆|みな|ママ|パパ|妊婦|患者"
    r"|利用者|高齢者|障害者|障がい者|お互い|おたがい)(?:さん|さま|様|ちゃん)"
    r"|(?:赤|あか)ちゃん|たくさん|お?さんぽ|さんま|ちゃんと|多様|同様|模様|仕様|様子|御殿"
)
_ADDRESSED = re.compile(
    r"[\w々ー]\s?(?:さん|さま|様|くん|君|ちゃん|氏|殿)|[\w々ー](?:せんせい|先生)(?:$|[\s、。はがのにをへと])"
)
_DIGITS = re.compile(r"\d")
_NUMBER_IN_KANJI = re.compile(r"[〇零一二三四五六七八九]{3,}")
_STREET = re.compile(r"丁目|番地|番丁|号室|\d\s*[-‐‑–—−ーのノ]\s*\d|\d\s*番|[一二三四五六七八九十]番")
_DATE = re.compile(r"(?:昭和|平成|令和|大正|明治)\s*[\d元一二三四五六七八九十]|\d\s*月\s*\d+\s*日|生まれ|生年")
_ONLINE = re.compile(r"@|://|www\.|line\s*id", re.I)


def may_be_about_a_person(text: str) -> bool:
    """Numbers, mail and street addresses, dates of birth, names; also whatever is so long that it tells a story."""
    text = clean(text)
    if len(text) > LONGEST or len(_DIGITS.findall(text)) > MOST_DIGITS:
        return True
    if any(sign.search(text) for sign in (_NUMBER_IN_KANJI, _STREET, _DATE, _ONLINE)):
        return True
    if _ADDRESSED.search(_ORDINARY.sub(" ", text)):
        return True
    return _is_long_or_names_somebody(text)


def _is_long_or_names_somebody(text: str) -> bool:
    """More than six words, or a family name with a given name after it. A family name alone may be a place."""
    words = [word for word in _tokenizer().tokenize(text) if not word.surface().isspace()]
    kinds = [word.part_of_speech()[:4] for word in words]
    names = [kind[3] if kind[2] == "人名" else "" for kind in kinds]
    if any(pair == ("姓", "名") for pair in pairwise(names)):
        return True
    meaning = [kind for kind in kinds if kind[0] not in {"助詞", "助動詞", "補助記号", "接尾辞", "接頭辞"}]
    return len(meaning) > MOST_WORDS
