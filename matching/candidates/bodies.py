"""医療上の不可: what a body must not do by doctor's orders. Said as deeds, never as an illness; never relaxable.

A place rarely tells. Where its own words or a role's load suggest that it may come up, the host is asked; where
nothing does, nobody is held up.
"""

import json
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from .facts import UNKNOWN, PersonFacts, PlaceFacts, RoleFacts
from .rules import Rules
from .verdicts import HOST, PERSON, Saying, Verdict

SIGNS: dict[str, tuple[str, ...]] = {
    code: tuple(words)
    for code, words in json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8")).items()
    if code != "about"
}
DEEDS = {
    "lift": "重い物を持つ",
    "stand": "長く立つ",
    "heat": "暑い所・火のそばにいる",
    "food": "食べられない物がある",
    "water": "水にぬれる",
    "dust": "動物・ほこり・花粉にふれる",
    "exertion": "息が上がる運動をする",
}
# What a role's load stands for, whatever the words say.
OF_LOAD = frozenset({"lift", "stand"})


@lru_cache(maxsize=20_000)
def signs_in(text: str) -> frozenset[str]:
    """The deeds that a place's own words suggest."""
    return frozenset(code for code, words in SIGNS.items() if any(word in text for word in words))


def signs_of(place: PlaceFacts) -> frozenset[str]:
    """As kept with a sketch, else read from the words."""
    return signs_in(place.text) if place.body_signs is None else place.body_signs


def _words(codes: Iterable[str]) -> str:
    return "".join(f"「{DEEDS[code]}」" for code in DEEDS if code in set(codes))


def medical(person: PersonFacts, place: PlaceFacts, role: RoleFacts, _rules: Rules) -> Verdict:
    say = Saying("medical_limits", "医療上できないこと")
    limits = person.limit("medical_limits")
    if limits is None:
        return say.met("この条件はありません")
    signs = signs_of(place)
    if limits is UNKNOWN:
        found = signs | (OF_LOAD if role.physical in {"mid", "heavy"} else frozenset())
        if not found:
            return say.met("体に気をつけることは、場の説明に見当たりません")
        return say.ask(PERSON, f"お医者さんに止められていることはありますか（この場では{_words(found)}など）")
    if "lift" in limits and role.physical == "heavy":
        return say.failed("体の負担が「重い」役割です（重い物を持つことは、医療上できません）")
    near = (signs | (frozenset() if role.physical == "light" else OF_LOAD)) & frozenset(limits)
    if near:
        return say.ask(HOST, f"{_words(near)}ことがありますか。なしで参加できますか")
    return say.met("医療上できないことは、場の説明に見当たりません")
