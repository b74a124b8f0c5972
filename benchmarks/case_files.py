"""Reads a judged matching file (case files of other towns too) into facts, forgiving about its spelling."""

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from matching.candidates.facts import PersonFacts, PlaceFacts, RoleFacts, Window

Row = Mapping[str, Any]
LANGUAGES = {
    "日本語": "ja",
    "英語": "en",
    "中国語": "zh",
    "韓国語": "ko",
    "ベトナム語": "vi",
    "ポルトガル語": "pt",
    "タガログ語": "tl",
    "フィリピノ語": "tl",
    "ネパール語": "ne",
    "インドネシア語": "id",
    "スペイン語": "es",
    "タイ語": "th",
    "ミャンマー語": "my",
    "ウクライナ語": "uk",
    "フランス語": "fr",
    "手話": "sign",
    "日本手話": "sign",
    "やさしい日本語": "plain_ja",
}
SEXES = {
    "female": "female",
    "f": "female",
    "woman": "female",
    "女": "female",
    "女性": "female",
    "male": "male",
    "m": "male",
    "man": "male",
    "男": "male",
    "男性": "male",
}
MEANS = {
    "徒歩": "walk",
    "歩き": "walk",
    "自転車": "bicycle",
    "bike": "bicycle",
    "バス": "bus",
    "電車": "bus",
    "train": "bus",
    "車": "car",
    "送迎": "pickup",
    "送り迎え": "pickup",
}
LEVELS = {
    "軽い": "light",
    "軽": "light",
    "ふつう": "mid",
    "普通": "mid",
    "中": "mid",
    "medium": "mid",
    "middle": "mid",
    "重い": "heavy",
    "重": "heavy",
    "なし": "none",
    "少し": "low",
    "低": "low",
    "多い": "high",
    "高": "high",
}
DAYS = "月火水木金土日"
KINDS = ("お客さん", "手伝い", "得意を生かす", "教える", "裏方")
# Keys of the person that are no hard limits but may stand in `unknown` under several names.
UNKNOWN_NAMES = {
    "travel": "max_oneway_minutes",
    "cost": "max_cost_yen",
    "people": "max_people",
    "group_size": "wanted_group_size",
    "physical": "max_physical",
    "contact": "max_contact",
    "step_free": "needs_step_free",
    "escort": "needs_escort",
    "same_sex": "same_sex_only",
    "language": "needs_language_any",
    "languages": "needs_language_any",
    "quiet_corner": "needs_quiet_corner",
    "can_be_silent": "needs_can_be_silent",
    "plain_japanese": "needs_plain_japanese",
    "may_leave_early": "needs_may_leave_early",
    "accessible_toilet": "needs_accessible_toilet",
    "minutes": "max_minutes",
}


def words(value: Any) -> tuple[str, ...]:
    """A list of words, one word, {word: true} or nothing."""
    if value is None or value is False or value is True:
        return ()
    if isinstance(value, str):
        return tuple(part for part in re.split(r"[、,，;；]\s*", value) if part)
    if isinstance(value, Mapping):
        return tuple(str(key) for key, wanted in value.items() if wanted)
    return tuple(str(each) for each in value if each is not None)


def minutes(value: Any) -> int | None:
    """`13:30`, `25:00`, `9時半`, 13.5 (hours) as minutes after midnight; None for what is no time."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return round(value * 60)
    found = re.search(r"(\d{1,2})(?:[:：時](\d{1,2}|半)?)?", str(value or ""))
    if found is None:
        return None
    return int(found[1]) * 60 + (30 if found[2] == "半" else int(found[2] or 0))


def number(value: Any) -> int | None:
    """12, 12.0 or `12歳`; None for what holds no number."""
    found = re.search(r"\d+", str(value)) if value is not None and not isinstance(value, bool) else None
    return int(found[0]) if found else None


def weekdays(value: Any) -> tuple[int, ...]:
    """0 … 6, `火`, `火曜`, or a list of them; what is no weekday is left out."""
    found = []
    for day in value if isinstance(value, list) else [value]:
        if isinstance(day, str) and day[:1] in DAYS:
            found.append(DAYS.index(day[:1]))
        elif (known := number(day)) is not None and known < len(DAYS):
            found.append(known)
    return tuple(found)


def windows(value: Any) -> tuple[Window, ...]:
    found = []
    for row in value or ():
        begins, ends = minutes(row.get("start")), minutes(row.get("end"))
        if begins is not None and ends is not None and ends <= begins:
            ends += 24 * 60
        found += [Window(day, begins, ends) for day in weekdays(row.get("weekday"))]
    return tuple(found)


def truth(value: Any) -> bool | None:
    """Anything that is not clearly yes or no is not known."""
    return value if isinstance(value, bool) else {1: True, 0: False, "true": True, "false": False}.get(value)


def languages(value: Any) -> frozenset[str]:
    return frozenset(LANGUAGES.get(word, word.lower()) for word in words(value))


def role(row: Row | str) -> RoleFacts:
    row = {"name": row} if isinstance(row, str) else row
    name = str(row.get("name") or "")
    inside = re.findall(r"[（(]([^）)]*)[）)]", name)
    kind = row.get("kind") or next((kind for kind in KINDS if any(kind in each for each in inside)), "")
    return RoleFacts(
        name=name,
        kind=str(kind),
        contact=LEVELS.get(str(row.get("contact_level")), row.get("contact_level")),
        minutes=number(row.get("minutes")),
        physical=LEVELS.get(str(row.get("physical")), row.get("physical")),
    )


def place(row: Row, people: Iterable[str]) -> PlaceFacts:
    """One place. A key the file does not know at all (seats, freshness) is taken as in order; null is not known."""
    straight = ("lat", "lon")
    whole = ("usual_people", "cost_yen", "age_min", "age_max")
    yes_no = (
        "quiet_corner", "may_leave_early", "can_be_silent", "step_free", "accessible_toilet", "pickup", "women_only",
        "plain_japanese", "escort_ok", "visit_first_ok", "pays_honorarium",
    )  # fmt: skip
    facts: dict[str, Any] = {key: row.get(key) for key in straight} | {key: number(row.get(key)) for key in whole}
    facts |= {key: truth(row.get(key)) for key in yes_no}
    return PlaceFacts(
        id=str(row["id"]),
        name=str(row.get("name") or row["id"]),
        kind=str(row.get("kind") or ""),
        roles=tuple(role(each) for each in row.get("roles") or ()),
        offers=None if row.get("offers") is None else words(row["offers"]),
        openings=windows(row.get("openings")) or None,
        languages=languages(row.get("languages")),
        free_seats=number(row.get("capacity_free", 1)),
        atmosphere="、".join(words(row.get("atmosphere"))),
        description=str(row.get("description") or ""),
        confirmed_days_ago=number(row.get("last_confirmed_days_ago", 0)),
        dangerous_for=endangered(row.get("known_people_risk"), people),
        **facts,
    )


def endangered(value: Any, people: Iterable[str]) -> frozenset[str]:
    """Which people a `known_people_risk` names: by id, alone or inside a sentence or an object."""
    if not value:
        return frozenset()
    entries = [value] if isinstance(value, str | Mapping) else value
    texts = [" ".join(map(str, each.values())) if isinstance(each, Mapping) else str(each) for each in entries]
    return frozenset(
        person
        for person in people
        if any(re.search(rf"(?<![0-9A-Za-z]){re.escape(person)}(?![0-9A-Za-z])", text) for text in texts)
    )


def avoided(row: Row, places: Iterable[Row]) -> tuple[frozenset[str], frozenset[str]]:
    """(refused places, places avoided for safety). An unknown kind is taken as the safer one."""
    places = list(places)
    refused: set[str] = set()
    hidden: set[str] = set()
    for each in row.get("avoid") or ():
        each = {"place": each} if isinstance(each, str) else each
        target = hidden if each.get("kind") != "ng" else refused
        named = set(words(each.get("place")))
        target |= {str(other["id"]) for other in places if str(other["id"]) in named or other.get("name") in named}
        someone = [str(value) for key, value in each.items() if key not in {"place", "kind", "reason"} and value]
        for other in places:
            risks = " ".join(map(str, other.get("known_people_risk") or ()))
            if any(who in risks for who in someone):
                hidden.add(str(other["id"]))
    return frozenset(refused), frozenset(hidden)


def person(row: Row, places: Iterable[Row]) -> PersonFacts:
    """One client. The sketch and everything under `sensitive_not_for_matching` is not read."""
    refused, hidden = avoided(row, places)
    size = row.get("wanted_group_size") or {}
    if isinstance(size, list):
        size = dict(zip(("min", "max"), size, strict=False))
    size = size if isinstance(size, Mapping) else {"max": size}
    limits = {key: _limit(key, value) for key, value in (row.get("hard_limits") or {}).items()}
    unasked = {UNKNOWN_NAMES.get(name, name) for name in words(row.get("unknown"))}
    if "max_oneway_minutes" in row and row["max_oneway_minutes"] is None:
        unasked.add("max_oneway_minutes")
    free, way = windows(row.get("free")), row.get("max_oneway_minutes")
    if not free:
        # A file that names no time at all has not asked.
        unasked.add("free")
    means = tuple(MEANS.get(word, word) for word in words(row.get("means")))
    return PersonFacts(
        id=str(row["id"]),
        age=number(row.get("age")),
        sex=SEXES.get(str(row.get("sex_for_rules_only")).lower(), "other") if row.get("sex_for_rules_only") else None,
        lat=row.get("lat"),
        lon=row.get("lon"),
        means=None if not means or "means" in unasked else means,
        max_oneway_minutes=way if isinstance(way, int | float) else number(way),
        free=free,
        limits=MappingProxyType(limits),
        unasked=frozenset(unasked),
        refused=refused,
        avoided=hidden,
        group_min=number(size.get("min")),
        group_max=number(size.get("max")),
        **{
            key: words(row.get(key))
            for key in (
                "interests", "strengths", "wanted_roles", "wanted_offers", "sensory_limits", "first_visit_needs",
                "important",
            )
        },
    )  # fmt: skip


def _limit(key: str, value: Any) -> Any:
    if key in {"max_physical", "max_contact"} and value is not None:
        return LEVELS.get(str(value), value)
    if key == "needs_language_any" and value is not None:
        return languages(value)
    return number(value) if key in {"max_cost_yen", "max_people", "max_minutes"} else value
