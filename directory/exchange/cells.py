"""What single cells mean: telephone numbers, coordinates, amounts, yes and no. What is unclear is never repaired."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email

# Numbers as the 総務省 plan has them: ten digits, eleven for mobile and IP telephones.
_PHONE = re.compile(r"(?<!\d)0\d{1,4}[-(]\d{1,4}[-)]\d{3,4}(?!\d)|(?<!\d)0\d{9,10}(?!\d)")
_LABEL = re.compile(r"[（(]([^（）()]*)[）)]\s*$")
_URL = re.compile(r"https?://[^\s　（）<>「」、]+", re.IGNORECASE)
_YES = {"可", "可能", "有", "有り", "あり", "○", "〇", "1", "true", "yes", "はい", "対応", "対応可"}
_NO = {"不可", "無", "無し", "なし", "×", "✕", "0", "false", "no", "いいえ", "非対応"}
NOTHING = {"", "-", "ー", "―", "—", "－", "なし", "無し", "無", "未定", "不明", "/", "／"}
JAPAN = ((20.0, 46.0), (122.0, 154.0))


@dataclass(frozen=True)
class Phone:
    """A number with hyphens, and who answers it as the cell says."""

    number: str
    label: str = ""

    @property
    def is_mobile(self) -> bool:
        return self.number.startswith(("070", "080", "090"))


def plain(text: str) -> str:
    """NFKC, one blank where there were several or a line break."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).strip()


def is_nothing(text: str) -> bool:
    return plain(text) in NOTHING


def phones(text: str) -> list[Phone]:
    """Every number of a cell with the （label） before it. Raises ValueError when anything else remains in the cell."""
    clean = re.sub(r"[‐‑‒–—―−ｰー]", "-", plain(text))
    found: list[Phone] = []
    at = 0
    for match in _PHONE.finditer(clean):
        between = clean[at : match.start()]
        label = _LABEL.search(between)
        if _leftover(between[: label.start()] if label else between):
            raise ValueError(text)
        digits = re.sub(r"\D", "", match[0])
        if len(digits) != (11 if digits.startswith(("070", "080", "090", "050")) else 10):
            raise ValueError(text)
        number = re.sub(r"[()]", "-", match[0]) if "-" in match[0] or "(" in match[0] else digits
        found.append(Phone(number, label[1].strip() if label else ""))
        at = match.end()
    if not found or _leftover(clean[at:]):
        raise ValueError(text)
    return found


def _leftover(text: str) -> str:
    """What remains of the cell around the numbers, without what only joins or announces them."""
    return re.sub(r"(?:TEL|Tel|tel|電話|代表|[\s、,・/;:()（）.])+", "", text)


def coordinate(text: str, *, latitude: bool) -> float:
    """Degrees; raises ValueError for what is no number or does not lie in Japan."""
    value = float(plain(text).rstrip("°"))
    low, high = JAPAN[0 if latitude else 1]
    if not low <= value <= high:
        raise ValueError(text)
    return value


def yen(text: str) -> int:
    """300円, 1,000, 無料 → 300, 1000, 0. Raises ValueError for anything that says more."""
    clean = plain(text).replace(",", "")
    if clean in {"無料", "0円", "0"}:
        return 0
    if match := re.fullmatch(r"[¥\\]?(\d{1,6})円?", clean):
        return int(match[1])
    raise ValueError(text)


def yes_no(text: str) -> bool | None:
    """True, False, or None for an empty cell. Raises ValueError for a word that is neither."""
    clean = plain(text).lower()
    if not clean:
        return None
    if clean in _YES:
        return True
    if clean in _NO:
        return False
    raise ValueError(text)


def urls(text: str) -> list[str]:
    """Every http address of a cell. Raises ValueError when there is none, or one is broken."""
    found = _URL.findall(text)
    check = URLValidator(schemes=["http", "https"])
    for url in found:
        try:
            check(url)
        except ValidationError as error:
            raise ValueError(url) from error
    if not found or any(len(url) > 254 for url in found):
        raise ValueError(text)
    return found


def mail(text: str) -> str:
    clean = plain(text)
    try:
        validate_email(clean)
    except ValidationError as error:
        raise ValueError(text) from error
    return clean


def name_key(name: str, town: str = "") -> str:
    """A name without what varies from file to file: width, blanks, signs, case, and the town in front."""
    key = re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", name)).casefold()
    return key.removeprefix(town) if town and key != town else key


def address_key(address: str, prefecture: str = "", town: str = "") -> str:
    """An address in one spelling: 一丁目２番３号 and 1-2-3 are the same."""
    key = re.sub(r"\s+", "", unicodedata.normalize("NFKC", address))
    key = key.removeprefix(prefecture).removeprefix(town)
    key = re.sub(r"([一二三四五六七八九十]+)(?=丁目)", lambda found: str(_kanji_number(found[1])), key)
    key = re.sub(r"丁目|番地の?|番(?=\d)|[‐‑‒–—―−ー]", "-", key)
    return re.sub(r"(?:番|号)(?=\D|$)", "", key).strip("-")


def _kanji_number(text: str) -> int:
    digits = "一二三四五六七八九"
    tens, _, ones = text.rpartition("十")
    if "十" not in text:
        return digits.index(text) + 1 if text in digits else 0
    return (digits.index(tens) + 1 if tens else 1) * 10 + (digits.index(ones) + 1 if ones else 0)


def row_key(name: str, address: str) -> str:
    """The key of a row without a number: normalised name and address, at most 120 characters."""
    key = f"{name_key(name)}|{address_key(address)}"
    return key if len(key) <= 120 else f"{key[:80]}#{hashlib.sha256(key.encode()).hexdigest()[:32]}"
