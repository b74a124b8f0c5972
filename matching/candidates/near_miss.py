"""あと一歩: the smallest sets of conditions which, if something were arranged, would open a place."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import product

from .requirements import Judgement


class Cost(StrEnum):
    """What a remedy takes, roughly."""

    NOTHING = "工夫でできる"
    SOME = "少しの費用や人手"
    BUDGET = "予算がいる"


@dataclass(frozen=True)
class Remedy:
    """What would lift one condition, and who can act."""

    relax: str
    words: str
    who: str
    cost: Cost


REMEDIES = {
    remedy.relax: remedy
    for remedy in [
        Remedy("交通", "送迎・同乗を頼む、オンラインで参加する", "参加支援員と受け入れ先", Cost.BUDGET),
        Remedy("人数・音", "開店前や人の少ない時間、静かな席を用意する", "受け入れ先", Cost.NOTHING),
        Remedy("同行", "支援者やボランティアがいっしょに行く、入口で出迎える", "参加支援員と受け入れ先", Cost.SOME),
        Remedy("年齢要件", "例外として迎えられるか相談する", "受け入れ先", Cost.NOTHING),
        Remedy("段差", "簡易スロープを置く、段差のない会場を使う", "受け入れ先と町", Cost.SOME),
        Remedy("満員", "空きを待つ、別の枠を相談する", "参加支援員", Cost.NOTHING),
        Remedy("費用", "減免や回数の相談をする", "受け入れ先と町", Cost.SOME),
        Remedy("長さ・頻度", "30分・月2回などから始める", "受け入れ先", Cost.NOTHING),
        Remedy("トイレ", "近くの広いトイレを使えるようにする", "受け入れ先と町", Cost.SOME),
        Remedy("事前見学", "見学の時間を特別につくる", "受け入れ先", Cost.NOTHING),
        Remedy("対人量", "話すことの少ない役割をつくる", "受け入れ先と参加支援員", Cost.NOTHING),
        Remedy("曜日・時間", "別の曜日や時間を相談する", "受け入れ先と本人", Cost.NOTHING),
        Remedy("言語", "通訳や翻訳アプリ、やさしい日本語の説明を用意する", "町と受け入れ先", Cost.SOME),
        Remedy("話さなくてよい", "話さずにできることを用意する", "受け入れ先", Cost.NOTHING),
        Remedy("途中退席", "途中で帰るときの合図を決める", "受け入れ先", Cost.NOTHING),
    ]
}
MOST = 2


@dataclass(frozen=True)
class NearMiss:
    """One place, the smallest sets of remedies that would open it, and how the first set is arranged."""

    place_id: str
    sets: tuple[tuple[str, ...], ...]  # words, sorted; sets of one before sets of two

    @property
    def remedies(self) -> tuple[Remedy, ...]:
        return tuple(REMEDIES[word] for word in self.sets[0])


def smallest_sets(judgement: Judgement) -> tuple[tuple[str, ...], ...]:
    """Minimal sets of at most two remedies; none when anything that never moves stands in the way of every role."""
    fixed = [verdict for verdict in judgement.place_verdicts if verdict in judgement.failed]
    found: set[frozenset[str]] = set()
    for role in judgement.roles:
        failed = [*fixed, *role.failed]
        if failed and all(verdict.is_relaxable for verdict in failed):
            found |= {frozenset(words) for words in product(*(verdict.relax for verdict in failed))}
    small = {words for words in found if len(words) <= MOST}
    minimal = [words for words in small if not any(other < words for other in small)]
    return tuple(sorted((tuple(sorted(words)) for words in minimal), key=lambda words: (len(words), words)))


def near_miss(place_id: str, judgement: Judgement) -> NearMiss | None:
    """The あと一歩 of one pair, None when there is none."""
    sets = smallest_sets(judgement) if judgement.failed else ()
    return NearMiss(place_id, sets) if sets else None


@dataclass(frozen=True)
class Opened:
    """What one remedy alone would open, over many people."""

    remedy: Remedy
    people: int
    places: int
    pairs: int


def summed(by_person: Iterable[Iterable[NearMiss]]) -> list[Opened]:
    """「送迎があれば5人に9か所が開く」, the most people first. Only remedies that suffice alone are summed."""
    people: dict[str, set[int]] = {}
    places: dict[str, set[str]] = {}
    pairs: dict[str, int] = {}
    for number, misses in enumerate(by_person):
        for miss in misses:
            for word in {words[0] for words in miss.sets if len(words) == 1}:
                people.setdefault(word, set()).add(number)
                places.setdefault(word, set()).add(miss.place_id)
                pairs[word] = pairs.get(word, 0) + 1
    opened = [Opened(REMEDIES[word], len(people[word]), len(places[word]), pairs[word]) for word in people]
    return sorted(opened, key=lambda each: (-each.people, -each.places, each.remedy.relax))
