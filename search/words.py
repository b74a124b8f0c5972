"""The vocabulary: residents' words, what else they mean, what says nothing, what names a condition.

A vocabulary is made of lines. The shipped ones stand in the files of search/vocabulary/; what staff add or switch off
stands in the database and is put together with them in search/editions.py. Nothing here asks a database.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from .choices import EntryKind
from .text import analyse, clean, hiragana, squeezed

FOLDER = Path(__file__).resolve().parent / "vocabulary"
SAME, RELATED = 0.8, 0.4
# A shorter reading stands inside too many other words.
SHORTEST_READING = 3
# What may follow a name written in kana; before it no kana may stand.
_AFTER_A_NAME = r"(?=$|[^ぁ-ゖー]|の|で|に|へ|は|が|を|と|も|や|から|まで|あたり|ちかく)"


@dataclass(frozen=True)
class Term:
    """One entry as words to look for: all of them must stand in a field."""

    norms: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """One line of the vocabulary. `means`: of a condition its name, of a reading the kana, else more of the same."""

    kind: EntryKind
    words: tuple[str, ...]
    means: tuple[str, ...] = ()
    related: tuple[str, ...] = ()

    @property
    def head(self) -> str:
        """What a shipped line is called; no two of a kind are called the same."""
        return self.means[0] if self.kind == EntryKind.CONDITION else self.words[0]


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """Made once per edition; used for questions only, so an edit needs no new index."""

    # The entry's content words in order → {other entry: weight}
    meanings: dict[tuple[str, ...], dict[Term, float]]
    # The same entries as people type them in kana, for words the dictionary cuts oddly.
    sounds: dict[str, tuple[str, ...]]
    stop: frozenset[str]
    conditions: tuple[tuple[str, str], ...]
    longest: int
    # Local names: kana → as it is written, and the entry's content words → kana.
    spellings: dict[str, str]
    readings: dict[tuple[str, ...], str]

    def spelled(self, text: str) -> str:
        """The text with local names that were typed in kana as they are written: みたらいの体操 → 御手洗の体操."""
        return self._names.sub(lambda found: self.spellings[found.group()], text) if self.spellings else text

    @cached_property
    def _names(self) -> re.Pattern[str]:
        longest_first = sorted(self.spellings, key=len, reverse=True)
        return re.compile(f"(?<![ぁ-ゖー])(?:{'|'.join(map(re.escape, longest_first))}){_AFTER_A_NAME}")


@dataclass(frozen=True)
class _Entry:
    """One entry, analysed: its content words, how it sounds, and what is needed to say whether texts are searched."""

    key: tuple[str, ...]
    kana: str
    norms: tuple[str, ...]
    nouns_only: bool

    def is_a_name(self, stop: frozenset[str]) -> bool:
        """Whether texts are searched for it. 話さなくてよい is asked for, but its words alone mean the opposite."""
        if len(self.norms) == 1:
            return self.norms[0] not in stop
        return self.nouns_only and not all(norm in stop for norm in self.norms)


@lru_cache(maxsize=8192)
def _entry(text: str) -> _Entry:
    # Kept over editions: reading the words is nearly all of the work of putting a vocabulary together.
    words = analyse(text)
    shown = [word for word in words if word.surface.strip()]
    return _Entry(
        key=tuple(word.norm for word in words if word.content),
        kana=squeezed("".join(word.reading for word in words)),
        norms=tuple(word.norm for word in shown),
        nouns_only=all(word.noun for word in shown),
    )


def key_of(text: str) -> tuple[str, ...]:
    """The content words of an entry, normalised."""
    return _entry(text).key


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The shipped files alone; what is in force on a site is search.editions.in_force."""
    return build(shipped())


@lru_cache(maxsize=1)
def shipped() -> tuple[Line, ...]:
    """The lines of the files, in their order."""
    made = []
    for line in _lines("words.txt"):
        same, _arrow, related = line.partition(">")
        made.append(Line(EntryKind.SYNONYM, _split(same), related=_split(related)))
    for line in _lines("attributes.txt"):
        name, _equals, phrases = line.partition("=")
        made.append(Line(EntryKind.CONDITION, _split(phrases), means=(name.strip(),)))
    stop = dict.fromkeys(word for line in _lines("stop.txt") for word in line.split())
    return (*made, *[Line(EntryKind.STOP, (word,)) for word in stop])


def is_kana(text: str) -> bool:
    return re.fullmatch(r"[ぁ-ゖー]+", text) is not None


def shipped_line(kind: str, head: str) -> Line | None:
    """One line of the files by what it is called."""
    return next((line for line in shipped() if (line.kind.value, line.head) == (kind, head)), None)


def build(lines: Iterable[Line]) -> Vocabulary:
    """Put lines together; where two say how a sound is written, the earlier one is believed."""
    given = tuple(lines)
    stop = frozenset(word for line in given if line.kind == EntryKind.STOP for word in line.words)
    meanings: dict[tuple[str, ...], dict[Term, float]] = {}
    sounds: dict[str, tuple[str, ...]] = {}
    spellings: dict[str, str] = {}
    readings: dict[tuple[str, ...], str] = {}
    conditions = []
    for line in given:
        match line.kind:
            case EntryKind.SYNONYM:
                _add_synonyms(line, stop, meanings, sounds)
            case EntryKind.READING:
                _add_reading(line, meanings, spellings, readings)
            case EntryKind.CONDITION:
                conditions += [(clean(phrase), line.head) for phrase in line.words]
            case EntryKind.STOP:
                pass
    # Long phrases first: ひとりで行ける before ひとり.
    conditions.sort(key=lambda pair: -len(pair[0]))
    longest = max((len(key) for key in meanings), default=1)
    return Vocabulary(meanings, sounds, stop, tuple(conditions), longest, spellings, readings)


def _add_synonyms(
    line: Line,
    stop: frozenset[str],
    meanings: dict[tuple[str, ...], dict[Term, float]],
    sounds: dict[str, tuple[str, ...]],
) -> None:
    same = [_entry(text) for text in (*line.words, *line.means)]
    related = [key_of(text) for text in line.related]
    names = [entry.key for entry in same if entry.is_a_name(stop)]
    for entry in same:
        if not entry.key:
            continue
        if len(entry.kana) > 2:
            sounds.setdefault(entry.kana, entry.key)
        known = meanings.setdefault(entry.key, {})
        for weight, keys in ((SAME, names), (RELATED, related)):
            for other in keys:
                if other and other != entry.key:
                    known[Term(other)] = max(weight, known.get(Term(other), 0))


def _add_reading(
    line: Line,
    meanings: dict[tuple[str, ...], dict[Term, float]],
    spellings: dict[str, str],
    readings: dict[tuple[str, ...], str],
) -> None:
    """Typed in kana it is looked for as it is written; written, also as it sounds and in its other spellings."""
    typed = hiragana(clean(line.means[0]))
    kana = squeezed(typed)
    if len(kana) >= SHORTEST_READING:
        spellings.setdefault(typed, line.words[0])
    in_kana = key_of(typed)
    # み, たら, い apart stand in many texts; they are no name.
    names = [in_kana] if in_kana and all(len(norm) > 1 for norm in in_kana) else []
    names += [key for word in line.words if (key := key_of(word))]
    for key in names:
        known = meanings.setdefault(key, {})
        for other in names:
            if other != key:
                known[Term(other)] = max(SAME, known.get(Term(other), 0))
        readings.setdefault(key, kana)


def _lines(name: str) -> list[str]:
    text = (FOLDER / name).read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]


def _split(text: str) -> tuple[str, ...]:
    return tuple(entry.strip() for entry in text.split(",") if entry.strip())
