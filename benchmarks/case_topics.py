"""Tells whether a question that a judge wrote in own words is among those the product asks."""

from collections.abc import Iterable

from matching.candidates.affinity import content_words

# Keys of our questions, and the signs by which a question written in a case file names the same thing. First fit wins.
TOPICS: list[tuple[frozenset[str], tuple[str, ...]]] = [
    (
        frozenset({"free"}),
        (
            "free",
            "曜",
            "土日",
            "平日",
            "時間帯",
            "午前",
            "午後",
            "opening",
            "weekday",
            "いつ開",
            "開いている日",
            "何時なら",
            "参加できる時間",
        ),
    ),
    (
        frozenset({"freshness"}),
        (
            "last_confirmed",
            "confirmed",
            "最終確認",
            "古い",
            "今も",
            "更新",
            "日前",
            "stale",
            "最新",
            "情報の新",
            "現在も",
            "続いて",
        ),
    ),
    (frozenset({"seats"}), ("capacity", "seats", "空き", "満員", "受入枠", "定員", "枠", "募集", "何人入れる")),
    (frozenset({"needs_accessible_toilet"}), ("toilet", "トイレ", "お手洗い")),
    (frozenset({"needs_step_free"}), ("step", "段差", "スロープ", "車いす", "バリア", "階段", "エレベーター")),
    (
        frozenset({"travel"}),
        (
            "pickup",
            "送迎",
            "送り迎え",
            "oneway",
            "travel",
            "means",
            "交通",
            "片道",
            "通え",
            "行き方",
            "移動",
            "手段",
            "距離",
            "どこ",
            "どのあたり",
            "住所",
            "住まい",
            "駅から",
            "バスで",
            "遠",
        ),
    ),
    (frozenset({"max_cost_yen"}), ("cost", "費用", "料金", "円", "払", "お金", "参加費", "いくら", "無料")),
    (
        frozenset({"needs_language_any", "needs_plain_japanese"}),
        ("language", "plain_japanese", "言語", "ことば", "言葉", "日本語", "外国語", "英語", "手話", "通訳", "通じ"),
    ),
    (frozenset({"same_sex_only", "women_only"}), ("sex", "women", "女性", "男性", "性別", "同性")),
    (frozenset({"age"}), ("age_", "年齢", "何歳", "歳")),
    (
        frozenset({"needs_escort"}),
        ("escort", "同行", "付き添", "付きそ", "いっしょ", "一緒", "だれかと", "誰かと", "家族と"),
    ),
    (frozenset({"needs_can_be_silent"}), ("silent", "話さな", "黙", "しゃべら", "無言")),
    (frozenset({"max_contact"}), ("contact", "対人", "話す量", "会話", "話す")),
    (frozenset({"needs_quiet_corner"}), ("quiet", "静かな席", "静か", "休める", "休憩")),
    (frozenset({"needs_may_leave_early", "max_minutes"}), ("leave", "途中", "早退", "帰れ", "帰って")),
    (frozenset({"max_minutes"}), ("minutes", "長さ", "何分", "時間は")),
    (frozenset({"max_people"}), ("people", "人数", "何人", "人くらい", "大人数")),
    (frozenset({"max_physical"}), ("physical", "体の負担", "体力", "重い", "負担", "力仕事")),
    (frozenset({"needs_visit_first"}), ("visit", "見学")),
    (frozenset({"age", "age_min"}), ("age",)),
]


def keys_of(question: str) -> frozenset[str]:
    """Which of our keys a question could be about; empty when no sign is found."""
    text = question.lower()
    for keys, signs in TOPICS:
        if any(sign in text for sign in signs):
            return keys
    return frozenset()


def is_asked(expected: str, asked: Iterable[tuple[str, str]]) -> bool:
    """`asked` holds (key, words) of our questions. Without a known sign, two words in common are wanted."""
    pairs = list(asked)
    if expected in {key for key, _words in pairs}:
        return True
    keys = keys_of(expected)
    if keys:
        return any(key in keys for key, _words in pairs)
    return any(len(content_words(expected) & content_words(words)) >= 2 for _key, words in pairs)
