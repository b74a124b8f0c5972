"""Any person and any place, with holes, for the properties that must always hold."""

from types import MappingProxyType
from typing import Any

from hypothesis import strategies as st

from matching.candidates.bodies import DEEDS
from matching.candidates.facts import PersonFacts, PlaceFacts, RoleFacts, Terms, Window

TRUTH = st.sampled_from([True, False, None])
CONTACT = st.sampled_from(["none", "low", "mid", "high"])
LOAD = st.sampled_from(["light", "mid", "heavy"])
WORDS = st.sampled_from(["本", "花", "料理", "将棋", "猫", "パソコン", "おしゃべり", "静かな場所", "…"])
SHORT = st.integers(0, 3)
PLACE_IDS = ["p1", "p2", "p3"]
FACTS = [
    "quiet_corner",
    "may_leave_early",
    "can_be_silent",
    "step_free",
    "accessible_toilet",
    "pickup",
    "women_only",
    "plain_japanese",
    "escort_ok",
    "visit_first_ok",
    "pays_honorarium",
]
NEEDS = [
    "needs_step_free",
    "needs_accessible_toilet",
    "needs_quiet_corner",
    "needs_may_leave_early",
    "needs_can_be_silent",
    "needs_escort",
    "needs_plain_japanese",
    "same_sex_only",
]


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


@st.composite
def windows(draw: st.DrawFn) -> Window:
    # Mostly by day; some evenings reach past midnight, and some begin after it.
    begins = draw(st.one_of(st.integers(8, 18), st.sampled_from([0, 1, 22]))) * 60
    return Window(draw(st.integers(0, 6)), begins, begins + draw(st.sampled_from([30, 60, 120, 240])))


TERMS = st.builds(
    Terms,
    openings=maybe(st.lists(windows(), max_size=2).map(tuple)),
    cost_yen=maybe(st.sampled_from([0, 100, 500])),
    free_seats=maybe(st.integers(0, 1)),
    is_receiving=st.booleans(),
    comes_to_you=st.booleans(),
)
ROLES = st.builds(
    RoleFacts,
    id=st.sampled_from(["", "r1", "r2"]),
    name=WORDS,
    kind=st.sampled_from(["お客さん", "手伝い", "裏方", ""]),
    contact=maybe(CONTACT),
    minutes=maybe(st.sampled_from([30, 60, 120])),
    physical=maybe(LOAD),
    terms=maybe(TERMS),
)


def places(place_id: str) -> st.SearchStrategy[PlaceFacts]:
    return st.builds(
        PlaceFacts,
        id=st.just(place_id),
        name=st.just(f"場{place_id}"),
        kind=WORDS,
        roles=st.lists(ROLES, max_size=3).map(tuple),
        offers=maybe(st.lists(st.sampled_from(["見学", "お試し"]), unique=True).map(tuple)),
        openings=maybe(st.lists(windows(), max_size=3).map(tuple)),
        usual_people=maybe(st.integers(1, 40)),
        lat=maybe(st.floats(35.0, 35.1)),
        lon=st.just(137.0),
        cost_yen=maybe(st.sampled_from([0, 100, 500])),
        age_min=maybe(st.sampled_from([15, 60])),
        age_max=maybe(st.sampled_from([39, 80])),
        languages=st.frozensets(st.sampled_from(["ja", "vi"])),
        free_seats=maybe(SHORT),
        atmosphere=st.sampled_from(["", "静か", "にぎやか", "畑で荷物を運ぶ", "体操", "子どもが多い"]),
        times_a_month=maybe(st.sampled_from([1.0, 4.0, 12.0])),
        confirmed_days_ago=maybe(st.sampled_from([1, 400])),
        dangerous_for=st.frozensets(st.sampled_from(["aoki", "someone"])),
        **dict.fromkeys(FACTS, TRUTH),
    )


PLACES = st.tuples(*(places(place_id) for place_id in PLACE_IDS))
LIMITS = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(NEEDS, TRUTH),
        "max_cost_yen": maybe(st.sampled_from([0, 200])),
        "medical_limits": maybe(st.lists(st.sampled_from(sorted(DEEDS)), min_size=1, unique=True).map(tuple)),
        "max_physical": maybe(LOAD),
        "max_contact": maybe(CONTACT),
        "max_people": maybe(st.integers(1, 20)),
        "max_minutes": maybe(st.sampled_from([20, 45, 90])),
        "needs_language_any": maybe(st.just(frozenset({"vi"}))),
    },
).map(MappingProxyType)
PEOPLE = st.builds(
    PersonFacts,
    id=st.just("aoki"),
    age=maybe(st.integers(10, 90)),
    sex=st.sampled_from(["female", "male", "other", None]),
    lat=maybe(st.floats(35.0, 35.1)),
    lon=st.just(137.0),
    means=maybe(st.lists(st.sampled_from(["walk", "bicycle", "bus", "car", "pickup"]), unique=True).map(tuple)),
    max_oneway_minutes=maybe(st.sampled_from([10, 30, 60])),
    free=st.lists(windows(), max_size=4).map(tuple),
    limits=LIMITS,
    unasked=st.frozensets(
        st.sampled_from(["free:6", "max_cost_yen", "max_oneway_minutes", "interests", "medical_limits", *NEEDS])
    ),
    refused=st.frozensets(st.sampled_from(PLACE_IDS)),
    set_aside=st.frozensets(st.sampled_from(PLACE_IDS), max_size=1),
    refused_roles=st.frozensets(st.just("r1")),
    roles_set_aside=st.frozensets(st.just("r2")),
    avoided=st.frozensets(st.sampled_from(PLACE_IDS)),
    interests=st.lists(WORDS, max_size=2).map(tuple),
    strengths=st.lists(WORDS, max_size=2).map(tuple),
    wanted_roles=st.lists(st.sampled_from(["お客さん", "裏方"]), max_size=2).map(tuple),
    wanted_offers=st.lists(st.sampled_from(["見学", "お試し"]), max_size=2).map(tuple),
    group_min=maybe(st.integers(1, 5)),
    group_max=maybe(st.integers(5, 20)),
    sensory_limits=st.lists(st.sampled_from(["大きな音", "人混み", "匂い", "光", "ざらざら"]), max_size=2).map(tuple),
    first_visit_needs=st.lists(st.sampled_from(["同行", "写真", "送迎"]), max_size=2).map(tuple),
    predictable=st.booleans(),
    company=st.lists(st.sampled_from(["older", "children", "women"]), max_size=2).map(tuple),
    strangers=st.booleans(),
    frequency=st.sampled_from([None, "monthly", "weekly", "more"]),
    important=st.lists(st.sampled_from(["静か", "近さ", "収入", "猫に会える", "好きなこと", "ふつう"]), max_size=3).map(
        tuple
    ),
)
