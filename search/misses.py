"""What residents look for is counted by week, as terms, so that staff see which words lead nowhere."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from directory.choices import UserKind
from directory.models import District, Municipality, User

from .choices import Answered
from .discreet import may_be_about_a_person
from .models import SearchTerm
from .models.misses import LONGEST_TERMS
from .query import Query
from .results import Results
from .text import romaji_to_kana
from .understanding import understand

logger = logging.getLogger(__name__)
# A resident does not wait for a count: whoever holds the lock longer than this makes us miss one.
PATIENCE_MILLISECONDS = 100
# Nobody's robot fills the table: further words of a town and week are not counted.
MOST_ROWS_A_WEEK = 5_000


def note(request: HttpRequest, query: Query, results: Results) -> None:
    """Count one search of a resident: the first page, words alone or in one district.

    With other conditions chosen it is not the words that fail. Never raises a database's error, never waits for a lock.
    """
    town: Municipality | None = request.town  # type: ignore[attr-defined]
    if town is None or request.method != "GET" or query.page != 1 or _is_staff(request) or _is_narrowed(query):
        return
    terms = terms_of(query)
    if not terms:
        return
    try:
        with _hurried():
            count(town=town, district=_district(query, town), terms=terms, kind=outcome(results))
    except DatabaseError as problem:
        # Never the text of the problem: it may quote the row.
        logger.warning("a search was not counted: %s", type(problem).__name__)


def terms_of(query: Query) -> str:
    """The normalised words, in one order; empty when there are none, or when they may be about a person."""
    if any(may_be_about_a_person(text) for text in _as_heard(query.words)):
        return ""
    asked = understand(query.words, query.vocabulary)
    words = dict.fromkeys(" ".join(concept.alternatives[0][0].norms) for concept in asked.concepts)
    terms = " ".join(sorted(words))
    return terms if len(terms) <= LONGEST_TERMS else ""


def _as_heard(words: str) -> list[str]:
    """As typed, and with romaji in kana, word by word and all in one: tanaka san is a name too."""
    return [words, " ".join(romaji_to_kana(word) or word for word in words.split()), romaji_to_kana(words) or ""]


def outcome(results: Results) -> Answered:
    """A consultation window is an answer too; places that have only some of the words are a weak one."""
    if results.windows:
        return Answered.FOUND
    if not results.total:
        return Answered.ZERO
    return Answered.WEAK if results.relaxed else Answered.FOUND


def count(*, town: Municipality, district: District | None, terms: str, kind: Answered) -> None:
    """One more search for these words in this week; the kind is that of the last one."""
    with transaction.atomic():
        row = SearchTerm.objects.filter(municipality=town, district=district, week=week_of(), terms=terms)
        if row.update(count=F("count") + 1, kind=kind):
            return
        if SearchTerm.objects.filter(municipality=town, week=week_of()).count() >= MOST_ROWS_A_WEEK:
            return
        try:
            with transaction.atomic():
                SearchTerm.objects.create(
                    municipality=town, district=district, week=week_of(), terms=terms, kind=kind, count=1
                )
        except IntegrityError:
            # Somebody else looked for the same at the same moment.
            row.update(count=F("count") + 1, kind=kind)


def week_of(day: date | None = None) -> date:
    """The Monday of a day, today by default."""
    day = day or timezone.localdate()
    return day - timedelta(days=day.weekday())


def _is_staff(request: HttpRequest) -> bool:
    return isinstance(request.user, User) and request.user.kind == UserKind.STAFF


def _is_narrowed(query: Query) -> bool:
    return bool(
        query.wants or query.kinds or query.when or query.how or query.weekdays or query.part_of_day or query.on
        or query.near or len(query.districts) > 1
    )  # fmt: skip


def _district(query: Query, town: Municipality) -> District | None:
    """The one chosen district; the number comes from the address line and may be anybody's."""
    return District.objects.filter(municipality=town, pk__in=query.districts).first() if query.districts else None


@contextmanager
def _hurried() -> Iterator[None]:
    """Inside, a lock that somebody else holds is waited for only a moment."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            usual = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
            cursor.execute(f"PRAGMA busy_timeout = {PATIENCE_MILLISECONDS}")
            try:
                yield
            finally:
                cursor.execute(f"PRAGMA busy_timeout = {int(usual)}")
        else:
            with transaction.atomic():
                cursor.execute(f"SET LOCAL lock_timeout = {PATIENCE_MILLISECONDS}")
                yield
