"""Sounds, smells, light, crowds and the help of a first day, read from what a place says about itself."""

import json
from pathlib import Path

from .facts import PlaceFacts

WORDS = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))
CALM, LIVELY, SMELL, BRIGHT, DIM, ANIMALS = (
    tuple(WORDS[key]) for key in ("calm", "lively", "smell", "bright", "dim", "animals")
)
LOUD = LIVELY + tuple(WORDS["loud"])
# Numbers of people at which a place is surely not, or surely, a crowd.
FEW, CROWD = 8, 25


def _says(words: tuple[str, ...], place: PlaceFacts) -> bool:
    text = place.text
    return any(word in text and f"{word}は少" not in text and f"{word}はな" not in text for word in words)


def crowd(place: PlaceFacts) -> float | None:
    """1 for few people, 0 for a crowd, None when the number is unknown."""
    if place.usual_people is None:
        return None
    return min(1.0, max(0.0, (CROWD - place.usual_people) / (CROWD - FEW)))


def calmness(place: PlaceFacts) -> float | None:
    """What the place says of itself first; then a quiet corner and the number of people."""
    calm, lively = _says(CALM, place), _says(LIVELY, place)
    if calm != lively:
        return 1.0 if calm else 0.4 if place.quiet_corner else 0.0
    signs = [value for value in (crowd(place), _yes(place.quiet_corner)) if value is not None]
    return sum(signs) / len(signs) if signs else None


def _yes(fact: bool | None) -> float | None:
    return None if fact is None else float(fact)


def sense(word: str, place: PlaceFacts) -> float | None:
    """1 when what troubles is not to be expected, 0 when it is, None when nothing tells."""
    if "人混み" in word or "人ごみ" in word or "混雑" in word or "大勢" in word or "人が多" in word:
        return crowd(place)
    if "音" in word or "声" in word or "騒" in word:
        loud, calm = _says(LOUD, place), _says(CALM, place)
        if loud:
            return 0.4 if place.quiet_corner or calm else 0.0
        if calm or place.quiet_corner:
            return 1.0
        return None if place.quiet_corner is None else crowd(place)
    if "匂" in word or "におい" in word or "臭" in word or "香" in word:
        return 0.0 if _says(SMELL, place) else 0.8
    if "光" in word or "まぶし" in word or "照明" in word:
        return 0.0 if _says(BRIGHT, place) else 1.0 if _says(DIM, place) else None
    if "動物" in word or "犬" in word or "猫" in word:
        return 0.0 if _says(ANIMALS, place) else 1.0
    return 0.0 if len(word) > 1 and word in place.text else None


FIRST_VISIT_FACTS: list[tuple[tuple[str, ...], str]] = [
    (("同行", "付き添", "付きそ", "いっしょ", "一緒", "だれかと", "誰かと", "家族と"), "escort_ok"),
    (("見学", "下見", "先に見"), "visit_first_ok"),
    (("途中", "帰り", "退席", "抜け"), "may_leave_early"),
    (("送迎", "送り迎え", "迎えに"), "pickup"),
    (("静か", "休める", "ひとりになれる"), "quiet_corner"),
    (("話さ", "黙", "しゃべ"), "can_be_silent"),
    (("段差", "車いす"), "step_free"),
    (("やさしい日本語", "ふりがな", "やさしいことば"), "plain_japanese"),
]


def first_visit(word: str, place: PlaceFacts) -> float | None:
    """Whether a help of the first day is possible. Photos, maps and someone at the door are arranged by staff."""
    for signs, fact in FIRST_VISIT_FACTS:
        if any(sign in word for sign in signs):
            return _yes(getattr(place, fact))
    return None


def predictability(place: PlaceFacts) -> float | None:
    """1 when the place says that each time is alike; a first look and known days help too."""
    alike, unforeseen = _says(tuple(WORDS["predictable"]), place), _says(tuple(WORDS["unforeseen"]), place)
    if alike != unforeseen:
        return 1.0 if alike else 0.2
    if place.visit_first_ok is None and not place.openings:
        return None
    return 0.4 + 0.2 * bool(place.visit_first_ok) + 0.1 * bool(place.openings)


def company(code: str, place: PlaceFacts) -> float | None:
    """Whether people of this kind are there, as far as the place tells of any kind."""
    told = {each for each, words in WORDS["company"].items() if any(word in place.text for word in words)}
    if code == "women" and place.women_only:
        return 1.0
    if code in told:
        return 1.0
    # 多世代 holds somebody of every age; of women and men it says nothing.
    of_age = told - {"women", "men"}
    if code in {"women", "men"}:
        return 0.2 if told & {"women", "men"} else None
    return 0.6 if "mixed" in told else 0.2 if of_age else None
