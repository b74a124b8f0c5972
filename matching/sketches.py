"""A town of thousands of places as columns, kept in this process and made anew only where a listing changed."""

import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import Any

import numpy as np
from django.db.models import Count, Max, Q, Sum
from numpy.typing import NDArray

from directory.models import Municipality, Place, Slot
from matching.candidates.affinity import content_words, pleasures, remember
from matching.candidates.bodies import signs_of
from matching.candidates.columns import Columns, Numbers, as_of_today, columns_of, numbers_of, only, together
from matching.candidates.facts import PlaceFacts, RoleFacts, Terms, Window
from matching.facts_of import place_facts, places_to_judge, published, ways_of
from matching.models import Sketch

# place_facts looks eight weeks ahead: a sketch is made anew long before that is over.
MADE_ANEW_AFTER = timedelta(days=14)
BATCH = 500
# What is kept looks like this; a sketch of another make is made anew.
MAKE = 3
TOWNS_KEPT = 4
KEPT_FACTS = (
    "usual_people", "quiet_corner", "may_leave_early", "can_be_silent", "step_free", "accessible_toilet", "pickup",
    "lat", "lon", "age_min", "age_max", "women_only", "plain_japanese", "escort_ok",
    "visit_first_ok",
)  # fmt: skip


@dataclass(frozen=True)
class Known:
    """A town as this process knows it: a row for each place, and what each was read at."""

    stamp: dict[str, Any]
    # (uuid, search version, confirmed on) by primary key.
    versions: dict[int, tuple[Any, ...]]
    keys: tuple[int, ...]  # primary keys in the order of the rows
    # (activity, role or 0) of each row of the roles: which slots are its own.
    ways: NDArray[np.int64]
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


def is_ready(town: Municipality, *, today: date) -> bool:
    """Whether this process knows the town as it is now, so that asking costs no reading of thousands of rows."""
    known = _known.get((town.pk, today))
    return known is not None and known.stamp == _stamp(town)


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
    ways = [before.ways[np.isin(before.columns.role_place, stays)]] if before and stays else []
    for begun in range(0, len(missing), BATCH):
        found = list(_sketched(missing[begun : begun + BATCH], town, today))
        if found:
            touched = [kept["pleasures"] for _pk, kept in found]
            parts.append(columns_of([_thawed(kept) for _pk, kept in found], touched))
            ways.append(np.array([way for _pk, kept in found for way in kept["ways"]], dtype=np.int64).reshape(-1, 2))
            keys += [pk for pk, _kept in found]
    columns = together(parts) if parts else columns_of([])
    every_way = np.concatenate(ways) if ways else np.empty((0, 2), dtype=np.int64)
    return Known(stamp, {pk: wanted[pk] for pk in keys}, tuple(keys), every_way, columns)


def _sketched(keys: Sequence[int], town: Municipality, today: date) -> Iterator[tuple[int, dict[str, Any]]]:
    """The sketches of these places, those that are missing or out of date made on the way."""
    versions = dict(Place.objects.filter(pk__in=keys).values_list("pk", "search_version"))
    rows = Sketch.objects.filter(place__in=keys, made_on__gt=today - MADE_ANEW_AFTER, made_on__lte=today)
    good = {row.pk: row.facts for row in rows if row.version == versions.get(row.pk) and row.facts.get("make") == MAKE}
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
    facts, activities = place_facts(place, today=today), list(place.activities.all())
    ways = [[activity.pk, role.pk if role else 0] for activity, role in ways_of(activities)]
    return {
        "make": MAKE,
        "id": facts.id,
        "terms": _kept_terms(facts.terms),
        "roles": [
            {**asdict(replace(role, terms=None)), "terms": _kept_terms(facts.terms_of(role))} for role in facts.roles
        ],
        # A place that names no role is one role of which nothing is known.
        "ways": ways or [[activities[0].pk if activities else 0, 0]],
        "languages": sorted(facts.languages),
        "body_signs": sorted(signs_of(facts)),
        "text": facts.text,
        "words": sorted(content_words(facts.text)),
        "pleasures": sorted(pleasures(facts.text)),
        **{name: getattr(facts, name) for name in KEPT_FACTS},
    }


def _kept_terms(terms: Terms) -> dict[str, Any]:
    """Without the seats, which change without the listing."""
    openings = None if terms.openings is None else [[one.weekday, one.begins, one.ends] for one in terms.openings]
    return {"openings": openings, "cost_yen": terms.cost_yen, "comes_to_you": terms.comes_to_you}


def _thawed_terms(kept: dict[str, Any]) -> dict[str, Any]:
    openings = kept["openings"]
    return {**kept, "openings": None if openings is None else tuple(Window(*one) for one in openings)}


def remember_words(keys: Iterable[int]) -> None:
    """The words of these places as they were found when their sketches were made."""
    for row in Sketch.objects.filter(place__in=list(keys)):
        remember(row.facts["text"], row.facts["words"], row.facts["pleasures"])


def _thawed(kept: dict[str, Any]) -> PlaceFacts:
    """A place as the sieve reads it, without its words."""
    return PlaceFacts(
        id=kept["id"],
        name="",
        roles=tuple(RoleFacts(**{**role, "terms": Terms(**_thawed_terms(role["terms"]))}) for role in kept["roles"]),
        languages=frozenset(kept["languages"]),
        body_signs=frozenset(kept["body_signs"]),
        **_thawed_terms(kept["terms"]),
        **{name: kept[name] for name in KEPT_FACTS},
    )


def _as_of_now(known: Known, today: date) -> Columns:
    """Free seats change without the listing, and a confirmation grows older every day."""
    seats, receives = _seats_of(known.ways, today)
    confirmed = [known.versions[pk][2] for pk in known.keys]
    days = numbers_of([None if on is None else (today - on).days for on in confirmed])
    return as_of_today(known.columns, confirmed_days_ago=days, seats=seats, receives=receives)


def _seats_of(ways: NDArray[np.int64], today: date) -> tuple[Numbers, NDArray[np.bool_]]:
    """(free seats of today's open slots, whether room is not switched off), one of each way.

    A slot without a role is for every role of its activity. NaN where no slot was agreed.
    """
    current = Slot.objects.filter(Q(until_on=None) | Q(until_on__gte=today), from_on__lte=today).order_by()
    rows = current.values_list("activity", "role", "free_seats", "is_open").iterator()
    # Number by number: thousands of rows held at once would make Python look for garbage in the middle of a page.
    flat = np.fromiter((value or 0 for row in rows for value in row), dtype=np.int64)
    slots = flat.reshape(-1, 4)
    found = np.zeros((len(ways), 3))  # seats, slots, open slots
    for at, whole_activity in ((slots[slots[:, 1] == 0], True), (slots[slots[:, 1] != 0], False)):
        mine, theirs = (ways[:, 0], at[:, 0]) if whole_activity else (_one(ways), _one(at))
        names, place_of = np.unique(theirs, return_inverse=True)
        sums = np.zeros((len(names) + 1, 3))
        np.add.at(sums, place_of, np.stack([at[:, 2] * at[:, 3], np.ones(len(at)), at[:, 3]], axis=1))
        where = np.searchsorted(names, mine)
        hit = np.isin(mine, names)
        found += np.where(hit[:, None], sums[where], 0)
    has_slots = found[:, 1] > 0
    return np.where(has_slots, found[:, 0], np.nan), ~has_slots | (found[:, 2] > 0)


def _one(pairs: NDArray[np.int64]) -> NDArray[np.int64]:
    """Activity and role as one number."""
    return pairs[:, 0] * (1 << 31) + pairs[:, 1]
