"""From a resident's words to what is looked for: concepts with their other names, and conditions said in passing."""

import re
from dataclasses import dataclass

from .text import Word, analyse, clean, romaji_to_kana, squeezed
from .words import RELATED, Term, Vocabulary, vocabulary

LONGEST = 120
# Conditions whose words also name a thing that is looked for.
KEPT = ("with_children", "can_be_silent", "plain_japanese", "online", "pickup")


@dataclass(frozen=True)
class Concept:
    """One thing asked for: its own words first, then other names with less weight."""

    said: str
    alternatives: tuple[tuple[Term, float], ...]
    sound: str

    @property
    def close(self) -> tuple[tuple[Term, float], ...]:
        """What may count as an answer; what is merely related only ranks."""
        return tuple((term, weight) for term, weight in self.alternatives if weight > RELATED)


@dataclass(frozen=True)
class Understood:
    """The question as the engine asks it. `conditions` are names of query.HOW, weekday:N, day:…, when:…"""

    text: str
    concepts: tuple[Concept, ...]
    conditions: tuple[str, ...]
    sound: str


def understand(text: str, known: Vocabulary | None = None) -> Understood:
    """Never fails; nonsense has no concepts. `known` is the vocabulary in force, the shipped one when none is given."""
    text = clean(text)[:LONGEST]
    known = known or vocabulary()
    kana = romaji_to_kana(text) if re.fullmatch(r"[a-zāīūēō\s'-]{3,}", text) else None
    heard = kana or text
    asked = known.spelled(heard)
    conditions, rest = _conditions(asked, known)
    concepts = _concepts(rest, known)
    if not concepts and any(condition == "wheelchair" for condition in conditions):
        concepts = _concepts(asked, known)
    if not concepts and not conditions and asked.strip():
        # Only words that usually say little: then they are what is asked for.
        concepts = _concepts(asked, known, keep_all=True)
    if kana is None and re.search(r"[a-z]{3,}", text):
        concepts += [
            c for word in re.findall(r"[a-z]{3,}", text) if (k := romaji_to_kana(word)) for c in _concepts(k, known)
        ]
    return Understood(text, tuple(concepts[:8]), tuple(dict.fromkeys(conditions)), squeezed(heard))


def _conditions(text: str, known: Vocabulary) -> tuple[list[str], str]:
    """Conditions said in words, and the text without the phrases that say nothing else."""
    found: list[str] = []
    rest = text
    for phrase, name in known.conditions:
        if phrase in rest:
            if _inside_a_word(rest, phrase):
                continue
            found += [other for same, other in known.conditions if same == phrase]
            if not name.startswith(KEPT):
                rest = rest.replace(phrase, " ")
    return found, rest


def _inside_a_word(text: str, phrase: str) -> bool:
    """朝 inside 朝市, 只 inside 只今, 夜 inside 今夜の: short phrases count only as words of their own."""
    if len(phrase) > 2:
        return False
    surfaces = [word.surface for word in analyse(text)]
    return not any(
        surface == phrase or (surface.startswith(phrase) and surface[len(phrase) :] in {"曜", "曜日", "日"})
        for surface in surfaces
    )


def _concepts(text: str, known: Vocabulary, *, keep_all: bool = False) -> list[Concept]:
    """Longest entries of the vocabulary first, then single words."""
    words = [word for word in analyse(text) if word.content]
    found: list[Concept] = []
    at = 0
    while at < len(words):
        for length in range(min(known.longest, len(words) - at), 0, -1):
            run = words[at : at + length]
            key = tuple(word.norm for word in run)
            if key in known.meanings:
                found.append(_concept(run, key, known))
                break
        else:
            length = 1
            word = words[at]
            if _sound_entry(words, at, known) is not None:
                key, length = _sound_entry(words, at, known)  # type: ignore[misc]
                found.append(_concept(words[at : at + length], key, known))
            elif keep_all or (word.norm not in known.stop and word.surface not in known.stop and _says_something(word)):
                found.append(_concept([word], (word.norm,), known))
        at += length
    # Two words that mean the same are one wish: ごはん 食べたい.
    unique: dict[frozenset[Term], Concept] = {}
    for concept in found:
        unique.setdefault(frozenset(term for term, _ in concept.alternatives), concept)
    return list(unique.values())


def _says_something(word: Word) -> bool:
    if len(word.norm) == 1 and re.match(r"[ぁ-ゖァ-ヶー0-9a-z]", word.norm):
        return False
    return any(char.isalnum() for char in word.norm)


def _sound_entry(words: list[Word], at: int, known: Vocabulary) -> tuple[tuple[str, ...], int] | None:
    """An entry typed in kana that the dictionary cut oddly: いば しょ → 居場所."""
    for length in range(min(5, len(words) - at), 0, -1):
        sound = squeezed("".join(word.reading for word in words[at : at + length]))
        if (
            len(sound) > 2
            and sound in known.sounds
            and re.fullmatch(r"[ぁ-ゖァ-ヶー]+", "".join(w.surface for w in words[at : at + length]))
        ):
            return known.sounds[sound], length
    return None


def _concept(run: list[Word], key: tuple[str, ...], known: Vocabulary) -> Concept:
    alternatives: dict[Term, float] = {Term(key): 1.0}
    for other, weight in known.meanings.get(key, {}).items():
        alternatives[other] = max(weight, alternatives.get(other, 0))
    for word in run:
        if len(run) == 1 and len(word.parts) > 1:
            alternatives.setdefault(Term(word.parts), 0.9)
    said = "".join(word.surface for word in run)
    sound = known.readings.get(key) or squeezed("".join(word.reading for word in run))
    return Concept(said, tuple(sorted(alternatives.items(), key=lambda pair: -pair[1])), sound)
