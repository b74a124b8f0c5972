"""The hard conditions: each says 満たす, 満たさない or 不明 for a pair. What is unknown never excludes."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from .bodies import medical
from .facts import UNKNOWN, Answer, PersonFacts, PlaceFacts, RoleFacts
from .reach import longest_overlap, oneway_minutes
from .rules import Rules
from .verdicts import HOST, PERSON, Saying, Verdict

DAYS = "月火水木金土日"
LOADS = ("light", "mid", "heavy")
LOAD_WORDS = {"light": "軽い", "mid": "ふつう", "heavy": "重い"}
CONTACTS = ("none", "low", "mid", "high")
CONTACT_WORDS = {"none": "話さない", "low": "少し", "mid": "ときどき", "high": "よく話す"}
LANGUAGE_WORDS = {
    "en": "英語",
    "es": "スペイン語",
    "id": "インドネシア語",
    "ko": "韓国語",
    "ne": "ネパール語",
    "plain_ja": "やさしい日本語",
    "pt": "ポルトガル語",
    "sign": "手話",
    "tl": "タガログ語",
    "th": "タイ語",
    "my": "ミャンマー語",
    "uk": "ウクライナ語",
    "fr": "フランス語",
    "vi": "ベトナム語",
    "zh": "中国語",
}
# A stay shorter than this is no visit, where a role does not say how long it takes.
SHORTEST_STAY = 30

PlaceRequirement = Callable[[PersonFacts, PlaceFacts, Rules], Verdict]
RoleRequirement = Callable[[PersonFacts, PlaceFacts, RoleFacts, Rules], Verdict]


@dataclass(frozen=True)
class Need:
    """A yes-or-no need of the person, met by one yes-or-no fact of the place."""

    key: str
    fact: str
    label: str
    relax: str
    yes: str
    no: str
    ask_host: str
    ask_person: str

    def judge(self, person: PersonFacts, place: PlaceFacts, _rules: Rules) -> Verdict:
        say = Saying(self.key, self.label, (self.relax,))
        needed, there = person.needs(self.key), getattr(place, self.fact)
        if there is True:
            return say.met(self.yes)
        if needed is False:
            return say.met("この条件はありません")
        if needed is None:
            return say.ask(PERSON, self.ask_person)
        return say.failed(self.no) if there is False else say.ask(HOST, self.ask_host)


NEEDS = [
    Need("needs_step_free", "step_free", "段差", "段差",
         "入口に段差がありません", "入口に段差があります", "入口に段差はありますか", "入口の段差は困りますか"),
    Need("needs_accessible_toilet", "accessible_toilet", "トイレ", "トイレ",
         "広いトイレがあります", "広いトイレがありません", "広いトイレはありますか", "広いトイレがいりますか"),
    Need("needs_quiet_corner", "quiet_corner", "静かな席", "人数・音",
         "静かな席があります", "静かな席がありません", "静かな席はありますか", "静かな席があるほうがよいですか"),
    Need("needs_may_leave_early", "may_leave_early", "途中退席", "途中退席",
         "途中で帰れます", "途中で帰れません", "途中で帰ってもよいですか", "途中で帰れると安心ですか"),
    Need("needs_can_be_silent", "can_be_silent", "話さなくてよい", "話さなくてよい",
         "話さなくても過ごせます", "話さずに過ごすのはむずかしい場です", "話さなくても過ごせますか",
         "話さなくてもよい場がよいですか"),
    Need("needs_escort", "escort_ok", "同行", "同行",
         "付きそいの人と来られます", "今は付きそいの人が入れません", "付きそいの人と来てもよいですか",
         "はじめはだれかと行きたいですか"),
    Need("needs_plain_japanese", "plain_japanese", "やさしい日本語", "言語",
         "やさしい日本語で話せます", "やさしい日本語で話すのはむずかしい場です", "やさしい日本語で話せますか",
         "やさしい日本語だと分かりやすいですか"),
    Need("needs_visit_first", "visit_first_ok", "事前見学", "事前見学",
         "先に見学できます", "先の見学ができません", "先に見学できますか", "先に見学したいですか"),
]  # fmt: skip


def refusal(person: PersonFacts, place: PlaceFacts, _rules: Rules) -> Verdict:
    say = Saying("refused", "本人の気持ち")
    if place.id in person.refused:
        return say.failed("ご本人が「行きたくない」と話した場です")
    if place.id in person.set_aside:
        return Saying("set_aside", "前の見送り").failed("前に見送り、次のプランまで出さないことにした場です")
    return say.met("行きたくないとは聞いていません")


def age(person: PersonFacts, place: PlaceFacts, _rules: Rules) -> Verdict:
    say = Saying("age", "年齢", ("年齢要件",))
    low, high = place.age_min, place.age_max
    if low is None and high is None:
        return say.met("年齢の決まりはありません")
    words = (f"{low}歳から" if low is not None else "") + (f"{high}歳まで" if high is not None else "")
    if person.age is None:
        return say.ask(PERSON, f"{words}の場です。何歳ですか")
    if (low is not None and person.age < low) or (high is not None and person.age > high):
        return say.failed(f"{words}の場です")
    return say.met(f"年齢の決まり（{words}）に合います")


def rule_of_sex(person: PersonFacts, place: PlaceFacts, _rules: Rules) -> Verdict:
    """Only places with a rule read the sex; an answer outside 女性/男性 is talked over with the host."""
    say = Saying("women_only", "性別の決まり")
    if place.women_only is False or person.sex == "female":
        return say.met("性別の決まりはありません" if not place.women_only else "女性だけの場の決まりに合います")
    if place.women_only is None:
        return say.ask(HOST, "女性だけの場ですか")
    if person.sex == "male":
        return say.failed("女性だけの場です")
    if person.sex is None:
        return say.ask(PERSON, "女性だけの場です。入れるかどうか、ご本人に確かめますか")
    return say.ask(HOST, "女性だけの場です。ご本人を迎えられるか、受け入れ先と相談しますか")


def same_sex(person: PersonFacts, place: PlaceFacts, _rules: Rules) -> Verdict:
    say = Saying("same_sex_only", "同じ性別の人だけ")
    wanted = person.needs("same_sex_only")
    if wanted is False or (place.women_only and person.sex == "female"):
        return say.met("この条件はありません" if wanted is False else "女性だけの場です")
    if wanted is None:
        return say.ask(PERSON, "同じ性別の人だけの場がよいですか")
    if place.women_only is None:
        return say.ask(HOST, "同じ性別の人だけの場ですか")
    if place.women_only and person.sex != "male":
        return say.ask(PERSON, "女性だけの場でよいですか")
    return say.failed("同じ性別の人だけの場ではありません")


def cost(person: PersonFacts, place: PlaceFacts, role: RoleFacts, _rules: Rules) -> Verdict:
    say = Saying("max_cost_yen", "費用", ("費用",))
    limit, price = person.limit("max_cost_yen"), place.terms_of(role).cost_yen
    if price == 0:
        return say.met("お金はかかりません")
    if limit is None:
        return say.met("費用の上限はありません")
    if price is None:
        return say.ask(HOST, "1回いくらかかりますか")
    if limit is UNKNOWN:
        return say.ask(PERSON, f"1回{price:,}円かかります。払えますか")
    if price > limit:
        return say.failed(f"1回{price:,}円かかります（上限 {limit:,}円）")
    return say.met(f"1回{price:,}円で、上限の内です")


def people(person: PersonFacts, place: PlaceFacts, _rules: Rules) -> Verdict:
    say = Saying("max_people", "人数", ("人数・音",))
    limit, usual = person.limit("max_people"), place.usual_people
    if limit is None:
        return say.met("人数の上限はありません")
    if usual is None:
        return say.ask(HOST, "ふだん何人くらいですか")
    if limit is UNKNOWN:
        return say.ask(PERSON, f"ふだん{usual}人くらいの場です。大丈夫そうですか")
    if usual > limit:
        return say.failed(f"ふだん{usual}人くらいいます（{limit}人くらいまで）")
    return say.met(f"ふだん{usual}人くらいです")


def travel(person: PersonFacts, place: PlaceFacts, role: RoleFacts, rules: Rules) -> Verdict:
    """A pick-up solves the way for everybody; not knowing of one leaves a long way open, it does not close it."""
    say = Saying("travel", "行き方", ("交通",))
    if place.terms_of(role).comes_to_you:
        return say.met("出かけずに参加できます")
    if place.pickup:
        return say.met("送り迎えがあります")
    is_asked = "max_oneway_minutes" not in person.unasked
    limit = person.max_oneway_minutes if is_asked else None
    own = [means for means in person.means or () if means != "pickup"]
    minutes = oneway_minutes(person, place, rules)
    if minutes is not None and is_asked and (limit is None or minutes <= limit):
        return say.met(f"片道およそ{round(minutes)}分です")
    if own and is_asked and limit is None:
        return say.met("行く時間の上限はありません")
    if person.means is None or not person.means:
        return say.ask(PERSON, "どうやって出かけますか")
    if own and (place.lat is None or place.lon is None):
        return say.ask(HOST, "場所（住所）はどこですか")
    if own and (person.lat is None or person.lon is None):
        return say.ask(PERSON, "どのあたりから出かけますか")
    if own and not is_asked:
        return say.ask(PERSON, f"片道およそ{round(minutes or 0)}分です。通えそうですか")
    if place.pickup is None:
        return say.ask(HOST, "送り迎えはありますか")
    if not own:
        return say.failed("送り迎えがいりますが、この場にはありません")
    return say.failed(f"片道およそ{math.ceil(minutes or 0)}分かかります（{math.floor(limit or 0)}分まで）")


def language(person: PersonFacts, place: PlaceFacts, _rules: Rules) -> Verdict:
    """A language that is not listed is unconfirmed, not refused."""
    say = Saying("needs_language_any", "ことば", ("言語",))
    wanted = person.limit("needs_language_any")
    if not wanted:
        return say.met("この条件はありません")
    if wanted is UNKNOWN:
        return say.ask(PERSON, "どのことばなら通じますか")
    common = place.languages & frozenset(wanted)
    if common or "ja" in wanted or ("plain_ja" in wanted and place.plain_japanese):
        return say.met("通じることばがあります")
    return say.ask(
        HOST,
        "通じることば（"
        + "・".join(LANGUAGE_WORDS.get(code, code) for code in sorted(wanted))
        + "）で話せる人はいますか",
    )


def seats(_person: PersonFacts, place: PlaceFacts, role: RoleFacts, _rules: Rules) -> Verdict:
    say, terms = Saying("seats", "空き", ("満員",)), place.terms_of(role)
    if not terms.is_receiving:
        return say.failed("今は新しい人の受け入れを休んでいます")
    if terms.free_seats is None:
        return say.ask(HOST, "今、空きはありますか")
    return say.met("空きがあります") if terms.free_seats > 0 else say.failed("今は満員です")


def freshness(_person: PersonFacts, place: PlaceFacts, rules: Rules) -> Verdict:
    say = Saying("freshness", "情報の新しさ")
    days = place.confirmed_days_ago
    if days is None:
        return say.ask(HOST, "まだ確かめていない情報です。今もこのとおりですか")
    if days > rules.stale_after_days:
        return say.ask(HOST, f"{days}日前の情報です。今もこのとおりですか")
    return say.met(f"{days}日前に確かめました")


PLACE_REQUIREMENTS: list[PlaceRequirement] = [
    refusal, age, rule_of_sex, same_sex, people, *(need.judge for need in NEEDS), language, freshness,
]  # fmt: skip


def physical(person: PersonFacts, _place: PlaceFacts, role: RoleFacts, _rules: Rules) -> Verdict:
    """The body's limit is never relaxed."""
    say = Saying("max_physical", "体の負担")
    limit, load = person.limit("max_physical"), role.physical
    if limit is None or limit == LOADS[-1] or load == LOADS[0]:
        return say.met("体の負担は大丈夫です" if load is None else f"体の負担は「{LOAD_WORDS[load]}」です")
    if load is None:
        return say.ask(HOST, "体の負担はどのくらいですか")
    if limit is UNKNOWN:
        return say.ask(PERSON, f"体の負担は「{LOAD_WORDS[load]}」です。大丈夫そうですか")
    if LOADS.index(load) > LOADS.index(limit):
        return say.failed(f"体の負担が「{LOAD_WORDS[load]}」です（「{LOAD_WORDS[limit]}」まで）")
    return say.met(f"体の負担は「{LOAD_WORDS[load]}」です")


def contact(person: PersonFacts, _place: PlaceFacts, role: RoleFacts, _rules: Rules) -> Verdict:
    say = Saying("max_contact", "人と話す量", ("対人量",))
    limit, level = person.limit("max_contact"), role.contact
    if limit is None or limit == CONTACTS[-1] or level == CONTACTS[0]:
        return say.met("人と話す量は大丈夫です" if level is None else f"人と話す量は「{CONTACT_WORDS[level]}」です")
    if level is None:
        return say.ask(HOST, "人と話すことはどのくらいありますか")
    if limit is UNKNOWN:
        return say.ask(PERSON, f"人と話す量は「{CONTACT_WORDS[level]}」です。大丈夫そうですか")
    if CONTACTS.index(level) > CONTACTS.index(limit):
        return say.failed(f"人と話す量が「{CONTACT_WORDS[level]}」です（「{CONTACT_WORDS[limit]}」まで）")
    return say.met(f"人と話す量は「{CONTACT_WORDS[level]}」です")


def length(person: PersonFacts, place: PlaceFacts, role: RoleFacts, _rules: Rules) -> Verdict:
    """Met by a short enough role, or by being allowed to leave early."""
    say = Saying("max_minutes", "1回の長さ", ("長さ・頻度", "途中退席"))
    limit, minutes = person.limit("max_minutes"), role.minutes
    if limit is None:
        return say.met("長さの上限はありません")
    if limit is not UNKNOWN and minutes is not None and minutes <= limit:
        return say.met(f"1回{minutes}分です")
    if place.may_leave_early:
        return say.met("途中で帰れるので、長さは調整できます")
    if limit is UNKNOWN:
        return say.ask(
            PERSON, f"1回{minutes}分くらいです。いられそうですか" if minutes else "1回何分くらいいられますか"
        )
    if minutes is None:
        return say.ask(HOST, "1回の長さはどのくらいですか")
    if place.may_leave_early is None:
        return say.ask(HOST, f"1回{minutes}分です。途中で帰ってもよいですか")
    return say.failed(f"1回{minutes}分で、途中で帰れません（{limit}分まで）")


def time(person: PersonFacts, place: PlaceFacts, role: RoleFacts, _rules: Rules) -> Verdict:
    """Free time is time at the place; the overlap must hold the role's shortest stay."""
    say = Saying("free", "曜日と時間", ("曜日・時間",))
    openings = place.terms_of(role).openings
    if not openings:
        return say.ask(HOST, "いつ開いていますか")
    wanted = _stay(role)
    overlap = longest_overlap(person.free, openings)
    if overlap >= wanted:
        return say.met("行ける曜日と時間に開いています")
    unasked = sorted({o.weekday for o in openings if person.free_on(o.weekday) is None})
    if unasked:
        return say.ask(PERSON, "・".join(f"{DAYS[day]}曜" for day in unasked) + "は行けますか")
    if any(person.free_on(o.weekday) and (o.begins is None or o.ends is None) for o in openings):
        return say.ask(HOST, "何時から何時までですか")
    if overlap > 0:
        return say.failed(
            f"行ける時間と重なるのは{overlap}分だけです（{wanted}分の場）", relax=("曜日・時間", "長さ・頻度")
        )
    return say.failed("開いている曜日や時間に行けません")


ROLE_REQUIREMENTS: list[RoleRequirement] = [travel, cost, physical, medical, contact, length, time, seats]


@dataclass(frozen=True)
class RoleJudgement:
    """One role of a place, for one person."""

    role: RoleFacts
    verdicts: tuple[Verdict, ...]

    @property
    def failed(self) -> tuple[Verdict, ...]:
        return tuple(verdict for verdict in self.verdicts if verdict.answer is Answer.FAILED)

    @property
    def order(self) -> tuple[int, int, bool, int]:
        """The best role first: nothing that never moves, nothing failed, at most full, little to ask."""
        is_only_full = {verdict.key for verdict in self.failed} <= {"seats"}
        fixed = sum(not verdict.is_relaxable for verdict in self.failed)
        asked = sum(verdict.answer is Answer.UNKNOWN for verdict in self.verdicts)
        return (fixed, len(self.failed), not is_only_full, asked)


@dataclass(frozen=True)
class Judgement:
    """All hard conditions of one person at one place. One role that fits is enough."""

    place_verdicts: tuple[Verdict, ...]
    roles: tuple[RoleJudgement, ...]  # best first, never empty

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        return self.place_verdicts + self.roles[0].verdicts

    @property
    def failed(self) -> tuple[Verdict, ...]:
        return tuple(verdict for verdict in self.verdicts if verdict.answer is Answer.FAILED)

    @property
    def unknown(self) -> tuple[Verdict, ...]:
        return tuple(verdict for verdict in self.verdicts if verdict.answer is Answer.UNKNOWN)

    @property
    def fitting_roles(self) -> tuple[RoleFacts, ...]:
        """Roles without a 満たさない; all roles where none is free of it."""
        fitting = tuple(each.role for each in self.roles if not each.failed)
        return fitting or tuple(each.role for each in self.roles)


def _stay(role: RoleFacts) -> int:
    return role.minutes or SHORTEST_STAY


def judge(person: PersonFacts, place: PlaceFacts, rules: Rules) -> Judgement:
    """Every hard condition for one pair. A place that names no role is judged as one role of which nothing is known."""
    roles = place.roles or (RoleFacts(name=""),)
    judged = [
        RoleJudgement(role, tuple(ask(person, place, role, rules) for ask in ROLE_REQUIREMENTS)) for role in roles
    ]
    return Judgement(
        place_verdicts=tuple(ask(person, place, rules) for ask in PLACE_REQUIREMENTS),
        # Of roles that stand alike, the kind the person would like comes first.
        roles=tuple(
            sorted(judged, key=lambda each: (*each.order, each.role.kind not in person.wanted_roles, _stay(each.role)))
        ),
    )
