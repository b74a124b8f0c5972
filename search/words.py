"""The vocabulary: residents' words, what else they mean, what says nothing, what names a condition."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from .text import analyse, clean, squeezed

FOLDER = Path(__file__).resolve().parent / "vocabulary"
SAME, RELATED = 0.8, 0.4


@dataclass(frozen=True)
class Term:
    """One entry as words to look for: all of them must stand in a field."""

    norms: tuple[str, ...]


@dataclass(frozen=True)
class Vocabulary:
    """Read once; questions only, so an edit acts at once."""

    # The entry's content words in order → {other entry: weight}
    meanings: dict[tuple[str, ...], dict[Term, float]]
    # The same entries as people type them in kana, for words the dictionary cuts oddly.
    sounds: dict[str, tuple[str, ...]]
    stop: frozenset[str]
    conditions: tuple[tuple[str, str], ...]
    longest: int


def key_of(text: str) -> tuple[str, ...]:
    """The content words of an entry, normalised."""
    return tuple(word.norm for word in analyse(text) if word.content)


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    stop = frozenset(word for line in _lines("stop.txt") for word in line.split())
    meanings: dict[tuple[str, ...], dict[Term, float]] = {}
    sounds: dict[str, tuple[str, ...]] = {}
    for line in _lines("words.txt"):
        same_text, _arrow, related_text = line.partition(">")
        same = [(entry, key_of(entry)) for entry in _split(same_text)]
        related = [key_of(entry) for entry in _split(related_text)]
        names = [key for entry, key in same if _is_a_name(entry, stop)]
        for entry, key in same:
            if not key:
                continue
            kana = squeezed("".join(word.reading for word in analyse(entry)))
            if len(kana) > 2:
                sounds.setdefault(kana, key)
            known = meanings.setdefault(key, {})
            for weight, keys in ((SAME, names), (RELATED, related)):
                for other in keys:
                    if other and other != key:
                        known[Term(other)] = max(weight, known.get(Term(other), 0))
    conditions = []
    for line in _lines("attributes.txt"):
        name, _equals, phrases = line.partition("=")
        conditions += [(clean(phrase), name.strip()) for phrase in _split(phrases)]
    # Long phrases first: ひとりで行ける before ひとり.
    conditions.sort(key=lambda pair: -len(pair[0]))
    return Vocabulary(meanings, sounds, stop, tuple(conditions), max(len(key) for key in meanings))


def _is_a_name(entry: str, stop: frozenset[str]) -> bool:
    """Whether texts are searched for the entry. 話さなくてよい is asked for, but its words alone mean the opposite."""
    words = [word for word in analyse(entry) if word.surface.strip()]
    if len(words) == 1:
        return words[0].norm not in stop
    return all(word.noun for word in words) and not all(word.norm in stop for word in words)


def _lines(name: str) -> list[str]:
    text = (FOLDER / name).read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]


def _split(text: str) -> list[str]:
    return [entry.strip() for entry in text.split(",") if entry.strip()]
