"""What a line would change before it is in force: the questions of the last month, asked both ways."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q, Sum
from django.utils import timezone

from directory.models import Municipality, Place
from search import editions
from search.choices import Answered
from search.engines import engine
from search.misses import week_of
from search.models import SearchTerm, VocabularyEntry
from search.query import Query
from search.understanding import understand
from search.words import Vocabulary, build

DAYS = 31
# Understanding a question takes a fraction of a millisecond, asking it several.
MOST_LOOKED_AT, MOST_SHOWN, MOST_NAMES = 400, 40, 3


@dataclass(frozen=True)
class Effect:
    """One question: how many places it finds now and would find, and which of the first ones come and go."""

    town: Municipality
    words: str
    before: int
    after: int
    come: list[str]
    gone: list[str]

    @property
    def changes(self) -> bool:
        return self.before != self.after or bool(self.come or self.gone)


@dataclass(frozen=True)
class Preview:
    """The effects on questions that would be read otherwise, and how many questions were looked at."""

    effects: list[Effect]
    looked_at: int
    more: bool

    @property
    def changing(self) -> int:
        return sum(effect.changes for effect in self.effects)


def preview(draft: VocabularyEntry, towns: Iterable[Municipality]) -> Preview:
    """Ask the line's own words and last month's questions of each town it would act in."""
    effects: list[Effect] = []
    looked_at = 0
    more = False
    for town in towns:
        if draft.municipality_id not in {None, town.pk}:
            continue
        now, then = editions.in_force(town.pk), build(editions.lines(town.pk, draft=draft))
        asked = list(dict.fromkeys([*_own(draft), *_last_month(town)]))
        looked_at += len(asked)
        for words in asked:
            if understand(words, now) == understand(words, then):
                continue
            if len(effects) == MOST_SHOWN:
                more = True
                break
            effects.append(_effect(town, words, now, then))
    return Preview(sorted(effects, key=lambda effect: not effect.changes), looked_at, more)


def _own(draft: VocabularyEntry) -> tuple[str, ...]:
    line = draft.line()
    return (*line.words, *line.means)


def _last_month(town: Municipality) -> list[str]:
    """What was missed first, then what is asked most."""
    since = week_of(timezone.localdate() - timedelta(days=DAYS))
    missed = Sum("count", filter=~Q(kind=Answered.FOUND), default=0)
    found = SearchTerm.objects.filter(municipality=town, week__gte=since).values_list("terms")
    counted = found.annotate(missed=missed, times=Sum("count")).order_by("-missed", "-times", "terms")
    return [row[0] for row in counted[:MOST_LOOKED_AT]]


def _effect(town: Municipality, words: str, now: Vocabulary, then: Vocabulary) -> Effect:
    before, after = (
        engine().search(Query(words=words, municipalities=(town.pk,), vocabulary=vocabulary))
        for vocabulary in (now, then)
    )
    was, will = ([hit.place for hit in results.hits] for results in (before, after))
    come = [pk for pk in will if pk not in was][:MOST_NAMES]
    gone = [pk for pk in was if pk not in will][:MOST_NAMES]
    names = dict(Place.objects.filter(pk__in=[*come, *gone]).values_list("pk", "name"))
    return Effect(
        town,
        words,
        before.total,
        after.total,
        [names[pk] for pk in come if pk in names],
        [names[pk] for pk in gone if pk in names],
    )
