"""What one hard condition says about one person and one place, and the shorthands to say it."""

from dataclasses import dataclass

from .facts import Answer

PERSON, HOST = "本人", "受け入れ先"


@dataclass(frozen=True)
class Question:
    """What has to be asked, and of whom."""

    key: str
    whom: str  # PERSON or HOST
    words: str


@dataclass(frozen=True)
class Verdict:
    """The answer of one requirement, with its reason in plain words."""

    key: str
    label: str
    answer: Answer
    reason: str
    question: Question | None = None
    # Words of remedies that would each lift a 満たさない by itself; empty = never relaxable.
    relax: tuple[str, ...] = ()

    @property
    def is_relaxable(self) -> bool:
        return bool(self.relax)


@dataclass(frozen=True)
class Saying:
    """The key, the label and the remedies of a requirement: makes its verdicts."""

    key: str
    label: str
    relax: tuple[str, ...] = ()

    def met(self, reason: str) -> Verdict:
        return Verdict(self.key, self.label, Answer.MET, reason)

    def failed(self, reason: str, *, relax: tuple[str, ...] | None = None) -> Verdict:
        return Verdict(self.key, self.label, Answer.FAILED, reason, relax=self.relax if relax is None else relax)

    def ask(self, whom: str, words: str) -> Verdict:
        return Verdict(self.key, self.label, Answer.UNKNOWN, words, Question(self.key, whom, words))
