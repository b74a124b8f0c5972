"""What is asked about a person's way of taking part: one key per question, its words and the shape of its value.

The keys are those of the case files (hard limits and wishes), so that a judged file and a real person are judged alike.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from directory.choices import ContactLevel, Offer, PhysicalLoad, RoleKind


class Shape(StrEnum):
    """What a "yes" needs besides the yes."""

    YES = "yes"  # nothing
    NUMBER = "number"  # one whole number
    CHOICE = "choice"  # one of the choices
    CHOICES = "choices"  # some of the choices
    RANGE = "range"  # {"min": number or null, "max": number or null}


@dataclass(frozen=True)
class Question:
    """One key. `label` reads as a statement that はい affirms; `ask` is how to ask the person."""

    key: str
    label: Promise
    ask: Promise
    shape: Shape = Shape.YES
    unit: Promise | str = ""
    choices: list[tuple[str, Any]] = field(default_factory=list)
    is_hard: bool = True


MEANS = [
    ("walk", _("歩き")),
    ("bicycle", _("自転車")),
    ("bus", _("バス・電車")),
    ("car", _("車（自分・家族）")),
    ("pickup", _("送り迎えがいる")),
]
SENSES = [
    ("大きな音", _("大きな音")),
    ("人混み", _("人混み")),
    ("匂い", _("匂い")),
    ("光", _("強い光")),
    ("動物", _("犬や猫")),
]
FIRST_VISIT = [
    ("同行", _("だれかがいっしょに行く")),
    ("事前見学", _("先に見学する")),
    ("写真", _("写真や地図で先に知る")),
    ("入口", _("入口で待っていてもらう")),
    ("途中退席", _("帰りたいときの合図を決める")),
    ("送迎", _("送り迎え")),
]
LANGUAGES = [
    ("ja", _("日本語")),
    ("plain_ja", _("やさしい日本語")),
    ("en", _("英語")),
    ("zh", _("中国語")),
    ("ko", _("韓国語")),
    ("vi", _("ベトナム語")),
    ("pt", _("ポルトガル語")),
    ("es", _("スペイン語")),
    ("tl", _("タガログ語")),
    ("ne", _("ネパール語")),
    ("id", _("インドネシア語")),
    ("th", _("タイ語")),
    ("my", _("ミャンマー語")),
    ("uk", _("ウクライナ語")),
    ("fr", _("フランス語")),
    ("sign", _("手話")),
]

# Said as deeds: the name of an illness is no condition, and stands nowhere here.
MEDICAL = [
    ("lift", _("重い物を持つ")),
    ("stand", _("長く立つ")),
    ("heat", _("暑い所・火のそばにいる")),
    ("food", _("食べられない物がある")),
    ("water", _("水にぬれる")),
    ("dust", _("動物・ほこり・花粉")),
    ("exertion", _("息が上がる運動")),
]
COMPANY = [
    ("older", _("年配の人が多い")),
    ("younger", _("若い人が多い")),
    ("children", _("子どもがいる")),
    ("mixed", _("いろいろな年の人がいる")),
    ("women", _("女性が多い")),
    ("men", _("男性が多い")),
]
FREQUENCIES = [
    ("monthly", _("月に1、2回")),
    ("weekly", _("週に1回くらい")),
    ("more", _("週に何度も")),
]

QUESTIONS: dict[str, Question] = {
    question.key: question
    for question in [
        Question(
            "means",
            _("行く手段"),
            _("どうやって出かけますか"),
            Shape.CHOICES,
            choices=MEANS,
        ),
        Question(
            "max_oneway_minutes",
            _("片道にかけられる時間に限りがある"),
            _("片道何分までなら行けますか"),
            Shape.NUMBER,
            _("分まで"),
        ),
        Question(
            "max_cost_yen",
            _("1回に払える額に限りがある"),
            _("1回いくらまでなら払えますか"),
            Shape.NUMBER,
            _("円まで"),
        ),
        Question("needs_step_free", _("段差がない所がいる"), _("入口の段差は困りますか")),
        Question("needs_accessible_toilet", _("広いトイレがいる"), _("車いす用などの広いトイレがいりますか")),
        Question(
            "max_physical",
            _("体の負担に限りがある"),
            _("どのくらいの体の負担まで平気ですか"),
            Shape.CHOICE,
            _("まで"),
            PhysicalLoad.choices,
        ),
        Question(
            "medical_limits",
            _("医療上できないことがある"),
            _("お医者さんに止められていることはありますか"),
            Shape.CHOICES,
            choices=MEDICAL,
        ),
        Question(
            "max_contact",
            _("人と話す量に限りがある"),
            _("人と話すのはどのくらいまで平気ですか"),
            Shape.CHOICE,
            _("まで"),
            ContactLevel.choices,
        ),
        Question(
            "max_people",
            _("人数に限りがある"),
            _("何人くらいまでなら入れますか"),
            Shape.NUMBER,
            _("人まで"),
        ),
        Question(
            "max_minutes",
            _("1回の長さに限りがある"),
            _("1回何分くらいまでいられますか"),
            Shape.NUMBER,
            _("分まで"),
        ),
        Question("needs_quiet_corner", _("静かな席がいる"), _("静かな席があるほうがよいですか")),
        Question("needs_may_leave_early", _("途中で帰れることがいる"), _("途中で帰れると安心ですか")),
        Question("needs_can_be_silent", _("話さなくてもよい場がいい"), _("話さなくてもよい場がよいですか")),
        Question("needs_escort", _("はじめは同行がいる"), _("はじめはだれかと行きたいですか")),
        Question("needs_visit_first", _("先に見学がいる"), _("始める前に、先に見学したいですか")),
        Question("needs_plain_japanese", _("やさしい日本語がいる"), _("やさしい日本語だと分かりやすいですか")),
        Question(
            "needs_language_any",
            _("通じることばがいる"),
            _("どのことばなら通じますか"),
            Shape.CHOICES,
            choices=LANGUAGES,
        ),
        Question("same_sex_only", _("同じ性別の人だけの場がいい"), _("同じ性別の人だけの場がよいですか")),
        Question(
            "wanted_group_size",
            _("ちょうどよい人数がある"),
            _("何人くらいの集まりがちょうどよいですか"),
            Shape.RANGE,
            _("人"),
            is_hard=False,
        ),
        Question(
            "wanted_roles",
            _("やってみたい役割がある"),
            _("どんな役割ならやってみたいですか"),
            Shape.CHOICES,
            choices=RoleKind.choices,
            is_hard=False,
        ),
        Question(
            "wanted_offers",
            _("始め方の希望がある"),
            _("どんな始め方がよいですか"),
            Shape.CHOICES,
            choices=Offer.choices,
            is_hard=False,
        ),
        Question(
            "sensory_limits",
            _("苦手な音・匂いなどがある"),
            _("苦手な音や匂い、光はありますか"),
            Shape.CHOICES,
            choices=SENSES,
            is_hard=False,
        ),
        Question(
            "wants_predictable",
            _("先が読める場がいい"),
            _("することや時間が、先に決まっているほうがよいですか"),
            is_hard=False,
        ),
        Question(
            "wanted_company",
            _("いっしょになる人の希望がある"),
            _("どんな人がいる場がよいですか"),
            Shape.CHOICES,
            choices=COMPANY,
            is_hard=False,
        ),
        Question(
            "prefers_strangers",
            _("近所の人に会わない場がいい"),
            _("近所の人に会わないほうがよいですか"),
            is_hard=False,
        ),
        Question(
            "wanted_frequency",
            _("通う回数の希望がある"),
            _("月に何回くらい行きたいですか"),
            Shape.CHOICE,
            choices=FREQUENCIES,
            is_hard=False,
        ),
        Question(
            "first_visit_needs",
            _("はじめての日にほしい助けがある"),
            _("はじめて行く日に、何があると安心ですか"),
            Shape.CHOICES,
            choices=FIRST_VISIT,
            is_hard=False,
        ),
    ]
}
KEY_CHOICES = [(key, question.label) for key, question in QUESTIONS.items()]


def value_words(key: str, value: Any) -> str:
    """A value in words: `300円まで`, `歩き・バス・電車`."""
    question = QUESTIONS[key]
    labels = {code: str(label) for code, label in question.choices}
    match question.shape:
        case Shape.YES:
            return ""
        case Shape.NUMBER:
            return f"{value}{question.unit}"
        case Shape.CHOICE:
            return f"{labels.get(value, value)}{question.unit}"
        case Shape.CHOICES:
            return "・".join(labels.get(code, code) for code in value)
        case Shape.RANGE:
            low, high = value.get("min"), value.get("max")
            return f"{low or ''}～{high or ''}{question.unit}"
