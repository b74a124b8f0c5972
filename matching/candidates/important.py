"""大切にしたいこと in free words: which criterion each names."""

from dataclasses import dataclass

from .affinity import pleasures

# How much talking a role needs, as a value for someone who wants little.
BLANK = {"none": 1.0, "low": 0.8, "mid": 0.35, "high": 0.0}
# The key of a wish that is looked for in what the place says.
OWN_WORDS = "own_words"
# The key of a wish that no criterion and no word of a place can answer: staff read it.
UNPLACED = "unplaced"
# Stars on these conditions already stand in the way where they must: nothing is weighed besides.
HARD_ONLY = frozenset({"medical_limits", "same_sex_only"})
FACT_CRITERIA = {
    "silent": "can_be_silent",
    "leave_early": "may_leave_early",
    "step_free": "step_free",
    "toilet": "accessible_toilet",
    "plain_japanese": "plain_japanese",
    "escort": "escort_ok",
    "visit_first": "visit_first_ok",
    "pickup": "pickup",
    "honorarium": "pays_honorarium",
}


@dataclass(frozen=True)
class Extra:
    """A criterion that exists only because the person called it important."""

    key: str
    label: str

    def reason(self, value: float | None) -> str:
        if value is None:
            return f"大切にしたいこと「{self.label}」は、まだ分かりません"
        return f"大切にしたいこと「{self.label}」に" + ("合います" if value >= 0.5 else "合いにくいです")


# First the names of criteria and conditions, then words people say. The first line that fits decides.
NAMED: list[tuple[str, str, tuple[str, ...]]] = [
    ("wanted_group_size", "", ("wanted_group_size", "max_people", "少人数", "人数", "大勢", "人が少ない")),
    ("wanted_offers", "", ("wanted_offers", "始め方", "体験", "お試し", "継続")),
    ("visit_first", "先に見学", ("visit_first", "needs_visit_first", "見学")),
    (
        "escort",
        "いっしょに行ける",
        ("needs_escort", "escort", "同行", "付きそい", "付き添い", "いっしょに行", "一緒に行"),
    ),
    ("pickup", "送り迎え", ("pickup", "送迎", "送り迎え")),
    ("first_visit_needs", "", ("first_visit_needs", "はじめて", "初めて", "初回", "入口", "写真")),
    ("sensory_limits", "", ("sensory_limits", "sensory", "音", "匂い", "におい", "人混み", "光", "感覚")),
    (
        "silent",
        "話さなくてよい",
        ("needs_can_be_silent", "can_be_silent", "話さなく", "黙って", "しゃべらなく", "無理に話"),
    ),
    ("few_words", "話す量が少ない", ("max_contact", "contact", "対人", "人と話す量", "人付き合いが少")),
    (
        "calm",
        "静かさ",
        ("needs_quiet_corner", "quiet_corner", "quiet", "静か", "落ち着", "穏やか", "atmosphere", "雰囲気"),
    ),
    (
        "leave_early",
        "途中で帰れる",
        ("needs_may_leave_early", "leave_early", "途中", "早く帰", "max_minutes", "短時間", "短い"),
    ),
    ("predictable", "", ("wants_predictable", "先が読め", "見通し", "毎回同じ", "予定が分か")),
    ("company", "", ("wanted_company", "同じ年", "同年代", "年が近い", "若い人", "年配の人")),
    ("strangers", "", ("prefers_strangers",)),
    ("frequency", "", ("wanted_frequency", "回数", "頻度", "月に", "週に")),
    ("step_free", "段差がない", ("needs_step_free", "step_free", "段差", "車いす", "バリア")),
    ("toilet", "広いトイレ", ("accessible_toilet", "トイレ")),
    ("plain_japanese", "やさしい日本語", ("plain_japanese", "やさしい日本語", "language", "ことば", "言葉", "言語")),
    ("honorarium", "お金になる", ("honorarium", "謝金", "工賃", "収入", "お金になる", "稼")),
    ("cost", "お金がかからない", ("cost", "費用", "無料", "安い", "お金")),
    (
        "unknown_faces",
        "知り合いに会わない",
        ("知り合いに会", "近所を避", "知られ", "匿名", "anonym", "顔見知りのいない"),
    ),
    (
        "near",
        "近さ",
        ("travel", "oneway", "distance", "near", "近さ", "近い", "近く", "通いやす", "歩いて", "交通", "means"),
    ),
    ("strengths", "", ("strengths", "得意", "強み", "特技", "経験を生か", "腕")),
    ("wanted_roles", "", ("wanted_roles", "role", "役割", "担い手")),
    ("useful", "人の役に立つ", ("役に立", "役立", "必要とされ", "手伝", "貢献", "感謝")),
    ("interests", "", ("interests", "interest", "好き", "興味", "趣味", "関心")),
]


def important_keys(words: tuple[str, ...]) -> tuple[frozenset[str], tuple[Extra, ...]]:
    """(keys of ordinary criteria that count double, extra criteria).

    A pleasure of its own (猫に会える) is looked for at the place; words nobody can place are left to the reader, who is
    told so.
    """
    keys: set[str] = set()
    extras: dict[str, Extra] = {}
    for word in words[:3]:
        for key, label, signs in NAMED:
            if any(sign in word for sign in signs):
                if label:
                    extras[key] = Extra(key, label)
                else:
                    keys.add(key)
                break
        else:
            if word not in HARD_ONLY:
                extras[word] = Extra(OWN_WORDS if pleasures(word) else UNPLACED, word)
    return frozenset(keys), tuple(extras.values())
