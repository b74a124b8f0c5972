"""A town of thousands of places as columns, kept in this process and made anew only where a listing changed."""

import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import Any

import numpy as np
from django.db.models import Count, Max, Q, Sum

from directory.models import Municipality, Place, Slot
from matching.candidates.affinity import content_words, pleasures, remember
from matching.candidates.columns import Columns, columns_of, numbers_of, only, together, with_numbers
from matching.candidates.facts import PlaceFacts, RoleFacts, Window
from matching.facts_of import place_facts, places_to_judge, published
from matching.models import Sketch

# place_facts looks eight weeks ahead: a sketch is made anew long before that is over.
MADE_ANEW_AFTER = timedelta(days=14)
BATCH = 500
TOWNS_KEPT = 4
KEPT_FACTS = (
    "usual_people", "quiet_corner", "may_leave_early", "can_be_silent", "step_free", "accessible_toilet", "pickup",
    "comes_to_you", "lat", "lon", "cost_yen", "age_min", "age_max", "women_only", "plain_japanese", "escort_ok",
    "visit_first_ok",
)  # fmt: skip


@dataclass(frozen=True)
class Known:
    """A town as this process knows it: a row for each place, and what each was read at."""

    stamp: dict[str, Any]
    # (uuid, search version, confirmed on) by primary key.
    versions: dict[int, tuple[Any, ...]]
    keys: tuple[int, ...]  # primary keys in the order of the rows
    columns: Columns


_known: OrderedDict[tuple[int, date], Known] = OrderedDict()
_lock = threading.Lock()


def town_columns(town: Municipality, *, today: date) -> Known:
    """Every published place of the town, with the seats and the age of the facts as of today.

    The first call of a process reads the sketches; later ones one row, and what changed.
    """
    stamp = _stamp(town)
    with _lock:
        known = _known.get((town.pk, today))
        if known is None or known.stamp != stamp:
            rows = published(town).order_by().values_list("pk", "uuid", "search_version", "confirmed_on")
            known = _renewed(known, {row[0]: row[1:] for row in rows}, town, today, stamp)
        _known[town.pk, today] = known
        _known.move_to_end((town.pk, today))
        while len(_known) > TOWNS_KEPT:
            _known.popitem(last=False)
    return replace(known, columns=_as_of_now(known, today))


def _stamp(town: Municipality) -> dict[str, Any]:
    """Differs whenever a place came, went or changed; every change of a listing raises its search version."""
    return published(town).aggregate(
        places=Count("pk"), keys=Sum("pk"), versions=Sum("search_version"), newest=Max("created_at")
    )


def _renewed(
    before: Known | None, wanted: dict[int, tuple[Any, ...]], town: Municipality, today: date, stamp: dict[str, Any]
) -> Known:
    """What is still right is kept, the rest is read."""
    stays = [row for row, pk in enumerate(before.keys) if wanted.get(pk) == before.versions[pk]] if before else []
    keys = [before.keys[row] for row in stays] if before else []
    kept = set(keys)
    missing = [pk for pk in wanted if pk not in kept]
    parts = [only(before.columns, np.array(stays, dtype=np.intp))] if before and stays else []
    for begun in range(0, len(missing), BATCH):
        found = list(_sketched(missing[begun : begun + BATCH], town, today))
        if found:
            touched = [kept["pleasures"] for _pk, kept in found]
            parts.append(columns_of([_thawed(kept) for _pk, kept in found], touched))
            keys += [pk for pk, _kept in found]
    columns = together(parts) if parts else columns_of([])
    return Known(stamp, {pk: wanted[pk] for pk in keys}, tuple(keys), columns)


def _sketched(keys: Sequence[int], town: Municipality, today: date) -> Iterator[tuple[int, dict[str, Any]]]:
    """The sketches of these places, those that are missing or out of date made on the way."""
    versions = dict(Place.objects.filter(pk__in=keys).values_list("pk", "search_version"))
    rows = Sketch.objects.filter(place__in=keys, made_on__gt=today - MADE_ANEW_AFTER, made_on__lte=today)
    good = {row.pk: row.facts for row in rows if row.version == versions.get(row.pk)}
    made = {
        place.pk: _facts_of(place, today)
        for place in (places_to_judge(town, today=today, only=[pk for pk in keys if pk not in good]))
    }
    Sketch.objects.bulk_create(
        [Sketch(place_id=pk, version=versions[pk], made_on=today, facts=facts) for pk, facts in made.items()],
        update_conflicts=True,
        unique_fields=["place"],
        update_fields=["version", "made_on", "facts"],
    )
    for pk in keys:
        facts = good.get(pk) or made.get(pk)
        if facts is not None:
            yield pk, facts


def _facts_of(place: Place, today: date) -> dict[str, Any]:
    """What is kept of a place: what the sieve reads, less what belongs to a day or a minute."""
    facts = place_facts(place, today=today)
    openings = None if facts.openings is None else [[one.weekday, one.begins, one.ends] for one in facts.openings]
    return {
        "id": facts.id,
        "openings": openings,
        "roles": [asdict(role) for role in facts.roles],
        "languages": sorted(facts.languages),
        "text": facts.text,
        "words": sorted(content_words(facts.text)),
        "pleasures": sorted(pleasures(facts.text)),
        **{name: getattr(facts, name) for name in KEPT_FACTS},
    }


def remember_words(keys: Iterable[int]) -> None:
    """The words of these places as they were found when their sketches were made."""
    for row in Sketch.objects.filter(place__in=list(keys)):
        remember(row.facts["text"], row.facts["words"], row.facts["pleasures"])


def _thawed(kept: dict[str, Any]) -> PlaceFacts:
    """A place as the sieve reads it, without its words."""
    openings = kept["openings"]
    return PlaceFacts(
        id=kept["id"],
        name="",
        roles=tuple(RoleFacts(**role) for role in kept["roles"]),
        openings=None if openings is None else tuple(Window(*one) for one in openings),
        languages=frozenset(kept["languages"]),
        **{name: kept[name] for name in KEPT_FACTS},
    )


def _as_of_now(known: Known, today: date) -> Columns:
    """Free seats change without the listing, and a confirmation grows older every day."""
    seats = dict(_free_seats(today))
    confirmed = [known.versions[pk][2] for pk in known.keys]
    days = [None if on is None else (today - on).days for on in confirmed]
    return with_numbers(
        known.columns,
        free_seats=numbers_of([seats.get(pk) for pk in known.keys]),
        confirmed_days_ago=numbers_of(days),
    )


def _free_seats(today: date) -> Iterable[tuple[int, int]]:
    """Of places with slots today: the seats of the open ones."""
    current = Slot.objects.filter(Q(until_on=None) | Q(until_on__gte=today), from_on__lte=today)
    rows = current.order_by().values("activity__place").annotate(free=Sum("free_seats", filter=Q(is_open=True)))
    return ((row["activity__place"], row["free"] or 0) for row in rows)
