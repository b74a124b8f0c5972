"""The soft criteria: how well a place suits a person's wishes, over what is known of both."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from .affinity import affinity
from .facts import PersonFacts, PlaceFacts, RoleFacts
from .important import BLANK, FACT_CRITERIA, OWN_WORDS, UNPLACED, Extra, important_keys
from .reach import distance, oneway_minutes
from .rules import Rules
from .surroundings import calmness, company, first_visit, predictability, sense

# A strength that a place has no use for takes little away.
UNUSED_STRENGTH = 0.5


class Band(IntEnum):
    """Shown in words, never as a number."""

    GOOD = 3
    FAIR = 2
    PART = 1

    @property
    def words(self) -> str:
        return {Band.GOOD: "よく合う", Band.FAIR: "合う", Band.PART: "一部合う"}[self]


@dataclass(frozen=True)
class Criterion:
    """One soft criterion for one pair: value from 0 to 1, None = not known."""

    key: str
    label: str
    value: float | None
    weight: float
    reason: str


@dataclass(frozen=True)
class Ranking:
    """All soft criteria of one pair. `fit` is None when nothing is known."""

    criteria: tuple[Criterion, ...]
    # What was learned of this kind of place, where the town wants it; within a tenth of 1.
    factor: float = 1.0

    @property
    def known(self) -> tuple[Criterion, ...]:
        return tuple(each for each in self.criteria if each.value is not None)

    @property
    def fit(self) -> float | None:
        weight = sum(each.weight for each in self.known)
        if not weight:
            return None
        return min(1.0, self.factor * sum(each.weight * (each.value or 0.0) for each in self.known) / weight)

    @property
    def coverage(self) -> float:
        """Share of the weight that is known, 0 when nothing was wished."""
        whole = sum(each.weight for each in self.criteria)
        return sum(each.weight for each in self.known) / whole if whole else 0.0

    def band(self, rules: Rules) -> Band:
        if self.fit is None:
            return Band.FAIR
        # Weights may be fractions: a fit of exactly three quarters must not fail by rounding.
        fit = round(self.fit, 9)
        if fit >= rules.good_fit and self.coverage >= rules.good_coverage:
            return Band.GOOD
        return Band.FAIR if fit >= rules.fair_fit else Band.PART


@dataclass(frozen=True)
class Value:
    """What a criterion found: None = not known."""

    value: float | None
    reason: str


Roles = tuple[RoleFacts, ...]
Judge = Callable[[PersonFacts, PlaceFacts, Roles], Value]


def interests(person: PersonFacts, place: PlaceFacts, _roles: Roles) -> Value:
    """One shared pleasure is enough; nothing shared is a plain 0, since a place says what it does."""
    return _words(person.interests, place.text, none=0.0, label="好きなこと")


def strengths(person: PersonFacts, place: PlaceFacts, _roles: Roles) -> Value:
    """A strength that cannot be used takes little away."""
    return _words(person.strengths, place.text, none=UNUSED_STRENGTH, label="得意なこと")


def _words(wishes: tuple[str, ...], text: str, *, none: float, label: str) -> Value:
    if not text:
        return Value(None, f"{label}に合うか、場の説明がまだありません")
    nearness = [(affinity(wish, text), wish) for wish in wishes]
    best = max(near for near, _wish in nearness)
    near = [wish for value, wish in nearness if value > 0]
    if not near:
        return Value(none, f"{label}とつながる言葉が、場の説明に見つかりません")
    return Value(best, f"{label}（{'・'.join(near)}）とつながります")


def wanted_roles(person: PersonFacts, place: PlaceFacts, roles: Roles) -> Value:
    """A role can be talked over: a kind that is missing, or does not fit, is not a plain 0."""
    if not any(role.kind for role in place.roles):
        return Value(None, "役割がまだ分かりません")
    fitting = {role.kind for role in roles} & set(person.wanted_roles)
    if fitting:
        return Value(1.0, "やってみたい役割（" + "・".join(sorted(fitting)) + "）があります")
    if {role.kind for role in place.roles} & set(person.wanted_roles):
        return Value(0.4, "やってみたい役割はありますが、条件に合いにくいです")
    return Value(0.2, "やってみたい役割がありません")


def wanted_offers(person: PersonFacts, place: PlaceFacts, _roles: Roles) -> Value:
    if place.offers is None:
        return Value(None, "始め方（見学・お試しなど）がまだ分かりません")
    common = [offer for offer in person.wanted_offers if offer in place.offers]
    if not common:
        return Value(0.0, "希望する始め方がありません")
    share = len(common) / len(person.wanted_offers)
    return Value(0.5 + share / 2, f"希望する始め方（{'・'.join(common)}）ができます")


def group_size(person: PersonFacts, place: PlaceFacts, _roles: Roles) -> Value:
    """Falls in proportion to how far the usual number lies outside what is wished."""
    usual = place.usual_people
    if usual is None:
        return Value(None, "ふだんの人数がまだ分かりません")
    low, high = person.group_min or 0, person.group_max or math.inf
    if low <= usual <= high:
        return Value(1.0, f"ふだん{usual}人くらいで、ちょうどよい人数です")
    value = usual / low if usual < low else max(0.0, 2 - usual / high) ** 2 if high else 0.0
    # What is only a little off is no reason against a place, and is not to read like one.
    little = "少し" if value >= 0.5 else ""
    return Value(value, f"ふだん{usual}人くらいで、希望より{little}{'少ない' if usual < low else '多い'}です")


def senses(person: PersonFacts, place: PlaceFacts, _roles: Roles) -> Value:
    """The worst known sense decides: one loud machine outweighs good light."""
    found = [(sense(word, place), word) for word in person.sensory_limits]
    known = [(value, word) for value, word in found if value is not None]
    if not known:
        return Value(None, "・".join(person.sensory_limits) + "がどのくらいか、まだ分かりません")
    worst, word = min(known)
    return Value(worst, f"{word}は{'少なそうです' if worst >= 0.5 else '気になりそうです'}")


def first_visits(person: PersonFacts, place: PlaceFacts, _roles: Roles) -> Value:
    found = [(first_visit(word, place), word) for word in person.first_visit_needs]
    known = [(value, word) for value, word in found if value is not None]
    if not known:
        return Value(
            None, "はじめての日の助け（" + "・".join(person.first_visit_needs) + "）ができるか、まだ分かりません"
        )
    value = sum(value for value, _word in known) / len(known)
    return Value(value, "はじめての日の助けが" + ("できます" if value >= 0.5 else "足りません"))


def atmosphere(person: PersonFacts, place: PlaceFacts, _roles: Roles) -> Value:
    """Only for those whose conditions ask for a calm place."""
    value = calmness(place)
    if value is None:
        return Value(None, "落ち着いた場か、まだ分かりません")
    return Value(value, "落ち着いた場です" if value >= 0.5 else "にぎやかな場です")


def predictable(_person: PersonFacts, place: PlaceFacts, _roles: Roles) -> Value:
    value = predictability(place)
    if value is None:
        return Value(None, "することや時間の流れが決まっているか、まだ分かりません")
    return Value(value, "先に分かることが多い場です" if value >= 0.5 else "その日になって決まることが多い場です")


def in_company(person: PersonFacts, place: PlaceFacts, _roles: Roles) -> Value:
    """Any of those wished for is enough."""
    known = [value for code in person.company if (value := company(code, place)) is not None]
    wished = "・".join(COMPANY_WORDS.get(code, code) for code in person.company)
    if not known:
        return Value(None, f"{wished}かどうか、まだ分かりません")
    return Value(max(known), f"{wished}場のようです" if max(known) >= 0.5 else f"{wished}場ではないようです")


def among_strangers(person: PersonFacts, place: PlaceFacts, _roles: Roles) -> Value:
    """Beyond a kilometre and a half one meets few neighbours."""
    km = distance(person, place)
    if km is None:
        return Value(None, "家からの近さが、まだ分かりません")
    value = min(1.0, km / STRANGERS_KM)
    return Value(value, "近所の人に会うことは少なそうです" if value >= 0.5 else "近所の人に会いそうです")


def often_enough(person: PersonFacts, place: PlaceFacts, _roles: Roles) -> Value:
    """Opening more often than wished does no harm."""
    if place.times_a_month is None:
        return Value(None, "月に何回開くか、まだ分かりません")
    wanted = TIMES_A_MONTH.get(person.frequency or "", 1)
    words = f"月に{round(place.times_a_month)}回くらい開きます"
    return Value(min(1.0, place.times_a_month / wanted), words)


STRANGERS_KM = 1.5
TIMES_A_MONTH = {"monthly": 1, "weekly": 4, "more": 8}
COMPANY_WORDS = {
    "older": "年配の人が多い",
    "younger": "若い人が多い",
    "children": "子どもがいる",
    "mixed": "いろいろな年の人がいる",
    "women": "女性が多い",
    "men": "男性が多い",
}
CRITERIA: list[tuple[str, str, Callable[[PersonFacts], bool], Judge]] = [
    ("interests", "好きなこと", lambda person: bool(person.interests), interests),
    ("strengths", "得意なこと", lambda person: bool(person.strengths), strengths),
    ("wanted_roles", "やってみたい役割", lambda person: bool(person.wanted_roles), wanted_roles),
    ("wanted_offers", "始め方", lambda person: bool(person.wanted_offers), wanted_offers),
    ("wanted_group_size", "人数", lambda person: bool(person.group_min or person.group_max), group_size),
    ("sensory_limits", "音・匂い・光・人混み", lambda person: bool(person.sensory_limits), senses),
    ("first_visit_needs", "はじめての日", lambda person: bool(person.first_visit_needs), first_visits),
    ("atmosphere", "雰囲気", lambda person: wants_calm(person), atmosphere),
    # These refine: not having asked them lowers no coverage, so their keys are none of matching/conditions.py.
    ("predictable", "先の見通し", lambda person: person.predictable, predictable),
    ("company", "いっしょになる人", lambda person: bool(person.company), in_company),
    ("strangers", "近所の人", lambda person: person.strangers, among_strangers),
    ("frequency", "開く回数", lambda person: bool(person.frequency), often_enough),
]


def wants_calm(person: PersonFacts) -> bool:
    return bool(
        person.needs("needs_quiet_corner")
        or person.needs("needs_can_be_silent")
        or person.limits.get("max_contact") in {"none", "low"}
    )


def extra_value(extra: Extra, person: PersonFacts, place: PlaceFacts, roles: Roles, rules: Rules) -> float | None:
    """A wish that counts only because the person called it important."""
    match extra.key:
        case "near":
            minutes = oneway_minutes(person, place, rules)
            if place.pickup or any(place.terms_of(role).comes_to_you for role in roles):
                return 1.0
            if minutes is None:
                return None
            return max(0.0, 1 - minutes / (2 * (person.max_oneway_minutes or 60)))
        case "unknown_faces":
            km = distance(person, place)
            return None if km is None else min(1.0, km / STRANGERS_KM)
        case "cost":
            prices = [price for role in roles if (price := place.terms_of(role).cost_yen) is not None]
            return max(0.0, 1 - min(prices) / 1_000) if prices else None
        case "few_words":
            levels = [BLANK[role.contact] for role in roles if role.contact]
            return max(levels, default=None)
        case "useful":
            named = any(role.kind for role in place.roles)
            return float(any(role.kind and role.kind != "お客さん" for role in roles)) if named else None
        case "calm":
            return calmness(place)
        case key if key == OWN_WORDS:
            return affinity(extra.label, place.text) if place.text else None
    fact = getattr(place, FACT_CRITERIA[extra.key])
    return None if fact is None else float(fact)


def rank(person: PersonFacts, place: PlaceFacts, roles: Roles, rules: Rules) -> Ranking:
    """Every criterion the person's wishes call for; `roles` are those that fit the hard conditions."""
    keys, extras = important_keys(person.important)
    found: list[Criterion] = []
    for key, label, applies, judge in CRITERIA:
        weight = rules.weights.get(key, 1.0) * (rules.important_weight if key in keys else 1.0)
        if applies(person):
            value = judge(person, place, roles)
            found.append(Criterion(key, label, value.value, weight, value.reason))
        elif key in person.unasked:
            found.append(Criterion(key, label, None, weight, "まだ聞いていません"))
    for extra in extras:
        if extra.key == UNPLACED:
            # Weight 0: what no machine can weigh speaks neither for one place nor for another.
            found.append(Criterion(UNPLACED, extra.label, None, 0.0, "大切にしたいことです。職員が本人と確かめます"))
            continue
        value_of = extra_value(extra, person, place, roles, rules)
        found.append(Criterion(extra.key, extra.label, value_of, rules.important_weight, extra.reason(value_of)))
    return Ranking(tuple(found), rules.learned_factor(place.kind))
