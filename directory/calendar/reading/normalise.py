"""One spelling for many: widths, dashes, numerals of kanji, words for the same thing."""

import re
import unicodedata

_KANJI = {"〇": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_KANJI_NUMBER = re.compile(
    r"[〇一二三四五六七八九十]+(?=\s*(?:年|月|日|時|分|回|週|・|、|土|火|水|木|金|(?:[月日]曜)))"
)
_DASHES = re.compile(r"[〜~∼≈−–—―‐‑⁓]|(?<=\d)ー(?=\d)|(?<=[月火水木金土日曜時分])ー(?=[\d月火水木金土日午第])")


def _number(text: str) -> str:
    """十二 → 12, 二十 → 20, 三 → 3."""
    if "十" not in text:
        return "".join(str(_KANJI[char]) for char in text)
    tens, _, ones = text.partition("十")
    return str((_KANJI[tens] if tens else 1) * 10 + (_KANJI[ones] if ones else 0))


def normalise(text: str) -> str:
    """NFKC, `~` for every dash between two things, digits for kanji numerals, one kind of line break."""
    text = unicodedata.normalize("NFKC", text).replace("\r\n", "\n").replace("\r", "\n")
    text = text.replace("\u3000", " ").replace("\t", " ").replace("･", "・").replace("，", "、").replace("．", ".")
    text = _DASHES.sub("~", text)
    text = re.sub(r"(?<=[\d時分半日月火水木金土曜])\s*-\s*(?=[\d午正第月火水木金土日])", "~", text)
    text = re.sub(r"第\s*([一二三四五])", lambda found: f"第{_number(found[1])}", text)
    # 第2・四土曜 stays odd and is not understood; 第二・四土曜 is carried over.
    text = re.sub(
        r"(第\d(?:[・、,~]\d)*[・、,~])([一二三四五])(?=[・、,~月火水木金土日])",
        lambda found: found[1] + _number(found[2]),
        text,
    )
    text = _KANJI_NUMBER.sub(lambda found: _number(found[0]), text)
    text = text.replace("元年", "1年")
    text = re.sub(
        r"国民の祝日に関する法律(?:\(.*?\))?(?:第\d条)?に(?:規定する|定める)(?:国民の)?(?:祝日|休日)", "祝日", text
    )
    return re.sub(r"国民の祝日|祝祭日|祝休日|祝日・休日|祝日及び休日", "祝日", text)
