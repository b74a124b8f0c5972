"""The vocabulary in force: the shipped files and what staff made of them, in every process within a second."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q, QuerySet

from .choices import EntryState
from .models import VocabularyChange, VocabularyEntry
from .words import Line, Vocabulary, build, shipped, vocabulary

CHECKED_EVERY_SECONDS = 1.0


@dataclass(frozen=True)
class _Kept:
    """The latest change that was seen, when that was, and the vocabularies made since, by town."""

    edition: UUID | None
    seen_at: float
    made: dict[int | None, Vocabulary] = field(default_factory=dict)


# One assignment replaces it whole, so that threads need no lock; at worst two of them make the same thing.
_kept: _Kept | None = None


def in_force(town: int | None) -> Vocabulary:
    """What acts in a town (its number), or without a town what acts everywhere. Asks the database once a second."""
    kept = _current()
    if kept.edition is None:
        return vocabulary()
    if town not in kept.made:
        kept.made[town] = build(lines(town))
    return kept.made[town]


def forget() -> None:
    """After a change in this process: the next question asks the database."""
    global _kept
    _kept = None


def lines(town: int | None, *, draft: VocabularyEntry | None = None) -> Iterator[Line]:
    """The lines that act in a town, the town's own first; with a draft in the place of what it would change."""
    found = {entry.pk: entry for entry in _entries(town)}
    if draft is not None and draft.municipality_id in {None, town}:
        # A draft that is not saved yet has no number.
        found[draft.pk] = draft
    in_order = sorted(found.values(), key=lambda entry: (entry.municipality_id is None, entry.pk or 0))
    standing: dict[tuple[str, str], VocabularyEntry] = {}
    for entry in in_order:
        if entry.shipped and entry.state != EntryState.GONE:
            standing.setdefault((entry.kind, entry.shipped), entry)
    for entry in in_order:
        # Of two that stand for the same shipped line, the town's counts.
        if entry.state == EntryState.ON and standing.get((entry.kind, entry.shipped), entry) is entry:
            yield entry.line()
    yield from (line for line in shipped() if (line.kind.value, line.head) not in standing)


def _entries(town: int | None) -> QuerySet[VocabularyEntry]:
    return VocabularyEntry.objects.deciding().filter(Q(municipality=None) | Q(municipality=town))


def _current() -> _Kept:
    global _kept
    now = time.monotonic()
    kept = _kept
    if kept is not None and now - kept.seen_at < CHECKED_EVERY_SECONDS:
        return kept
    edition = VocabularyChange.objects.order_by("-pk").values_list("uuid", flat=True).first()
    same = kept is not None and kept.edition == edition
    _kept = _Kept(edition, now, kept.made if kept is not None and same else {})
    return _kept
