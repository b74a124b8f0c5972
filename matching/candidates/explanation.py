"""Why a place suits, or not, in lines of plain Japanese: ◎○ 合う, △ 気になる, ？ 確認する, × 合わない."""

from dataclasses import dataclass

from .facts import Answer, PersonFacts, PlaceFacts, is_hidden
from .finding import Candidate, judged
from .near_miss import REMEDIES
from .ranking import UNUSED_STRENGTH
from .rules import DEFAULT, Rules

# The same words for every reason of safety, and for a place that is not in the list at all.
NEUTRAL = "この場は、今回の候補の対象ではありません。"
# From these values on a soft criterion is very good, good; below, something to mind.
VERY_GOOD, GOOD = 0.9, 0.5


@dataclass(frozen=True)
class Line:
    """One mark and one reason."""

    mark: str  # ◎ ○ △ ？ ×
    label: str
    words: str

    def __str__(self) -> str:
        return f"{self.mark} {self.label}：{self.words}" if self.label else self.words


def explain(candidate: Candidate) -> list[Line]:
    """×, then ？, then what suits and what to mind. Of the hard ones met, way, time and freshness are told."""
    lines = [Line("×", verdict.label, verdict.reason) for verdict in candidate.judgement.failed]
    lines += [
        Line("？", verdict.label, f"{verdict.reason}（{verdict.question.whom}に確認）")
        for verdict in candidate.judgement.unknown
        if verdict.question
    ]
    known = [
        (each, each.value)
        for each in candidate.ranking.criteria
        # A strength that finds no use there speaks neither for the place nor against it.
        if each.value is not None and not (each.key == "strengths" and each.value == UNUSED_STRENGTH)
    ]
    for each, value in sorted(known, key=lambda pair: -pair[1]):
        lines.append(Line("◎" if value >= VERY_GOOD else "○" if value >= GOOD else "△", each.label, each.reason))
    if candidate.ranking.factor != 1:
        raised = candidate.ranking.factor > 1
        words = "同じ種類の場で続いた人の割合から、合いかたを少し（1割まで）" + (
            "上げています" if raised else "下げています"
        )
        lines.append(Line("○" if raised else "△", "続きやすさ", words))
    lines += [Line("？", each.label, each.reason) for each in candidate.ranking.criteria if each.value is None]
    lines += [
        Line("○", verdict.label, verdict.reason)
        for verdict in candidate.judgement.verdicts
        if verdict.answer is Answer.MET and verdict.key in {"travel", "free", "freshness"}
    ]
    return lines


def why_not(person: PersonFacts, place: PlaceFacts | None, rules: Rules = DEFAULT) -> list[Line]:
    """Why a place is not proposed, for any pair; one neutral sentence for what may not be told."""
    if place is None or is_hidden(person, place):
        return [Line("", "", NEUTRAL)]
    candidate = judged(person, place, rules)
    if candidate is None:
        return [Line("", "", NEUTRAL)]
    lines = [line for line in explain(candidate) if line.mark in {"×", "？", "△"}]
    if candidate.near_miss:
        for words in candidate.near_miss.sets:
            remedies = "、".join(f"{word}（{REMEDIES[word].words}）" for word in words)
            lines.append(Line("○", "あと一歩", f"次のことができれば候補になります：{remedies}"))
    return lines or [Line("○", "候補", f"この場は候補です（{candidate.band.words}）")]
