"""What kind of place a name speaks of: a proposal that is always marked 要確認."""

from directory.choices import PlaceKind

# The first line with a word of the name counts, so the narrower words come first.
_WORDS: list[tuple[PlaceKind, tuple[str, ...]]] = [
    (PlaceKind.CHILDREN_MEAL, ("子ども食堂", "こども食堂", "子供食堂")),
    (PlaceKind.COMMUNITY_MEAL, ("食堂", "会食")),
    (PlaceKind.DEMENTIA_CAFE, ("認知症カフェ", "オレンジカフェ")),
    (PlaceKind.CAFE, ("カフェ", "喫茶")),
    (PlaceKind.SALON, ("サロン",)),
    (PlaceKind.LIBRARY, ("図書館",)),
    (PlaceKind.CHILDREN, ("児童館", "子育て", "おやこ", "親子", "ひろば", "こども", "子ども")),
    (PlaceKind.EXERCISE, ("体操", "健康ステーション", "体育館")),
    (PlaceKind.FARM, ("農園", "農業", "アグリ")),
    (PlaceKind.MARKET, ("市場", "直売", "朝市")),
    (PlaceKind.LEARNING, ("学習", "教室")),
    (PlaceKind.HOBBY, ("創作",)),
    (PlaceKind.WELFARE, ("包括支援", "福祉", "保健", "相談")),
    (PlaceKind.IBASHO, ("いこいの", "居場所")),
    (PlaceKind.HALL, ("コミュニティ", "会館", "交流", "公民館", "集会所", "ふれあい", "センター")),
]


def proposed_kind(name: str) -> PlaceKind:
    """OTHER when no word of the name says more."""
    return next((kind for kind, words in _WORDS if any(word in name for word in words)), PlaceKind.OTHER)
