"""A plan as Elasticsearch is asked it: plain dicts, only what every cluster has (no scripts, no analysis plug-ins)."""

from collections import defaultdict
from datetime import date
from functools import lru_cache
from typing import Any

from search.cursor import Key
from search.entry import FIELD_POINTS, Entry
from search.plan import (
    HOW_BONUS,
    LEAST,
    LOOSE,
    NAME_PART,
    NAME_WHOLE,
    PART_BONUS,
    SOUND,
    WEEKDAY_BONUS,
    WORKDAYS_BONUS,
    Plan,
    Wish,
)
from search.query import WHEN
from search.text import bigrams
from search.times import DAY_MINUTES

from .conditions import NEVER

Json = dict[str, Any]
TOKENS: Json = {"type": "text", "analyzer": "whitespace", "norms": False, "index_options": "docs"}
# Pieces of three kana in a row; a phrase of them is a stretch of the reading.
GRAMS: Json = {"type": "text", "analyzer": "whitespace", "norms": False}
KEYWORD: Json = {"type": "keyword"}
UNKNOWN_WEEKDAY = 7
MAPPING: Json = {
    "dynamic": "strict",
    # Tokens are made anew from the database; keeping them twice would double the index.
    "_source": {"excludes": [*[f"t_{name}" for name in FIELD_POINTS], "grams", "name_grams", "pairs", "spans"]},
    "properties": {
        "id": {"type": "long"},
        "version": {"type": "long"},
        "towns": {"type": "integer"},
        "district": {"type": "integer"},
        "wants": KEYWORD,
        "kinds": KEYWORD,
        "yes": KEYWORD,
        "no": KEYWORD,
        "weekdays": {"type": "byte"},
        "confirmed": {"type": "date", "format": "strict_date"},
        "location": {"type": "geo_point"},
        **{f"t_{name}": TOKENS for name in FIELD_POINTS},
        "grams": GRAMS,
        "name_grams": GRAMS,
        "name_sound": KEYWORD,
        "pairs": TOKENS,
        "times": KEYWORD,
        "spans": {"type": "long_range"},
        "openings": {"type": "nested", "properties": {"starts": {"type": "long"}, "until": {"type": "long"}}},
        "name": KEYWORD,
        "yomi": KEYWORD,
        "sounds": KEYWORD,
        "district_words": KEYWORD,
        "activities": {"type": "object", "enabled": False},
    },
}
# What is read of a hit; of a nearly fitting one its choices too, which are counted by hand.
SHOWN = ["id", "openings", "activities", "location"]
COUNTED = [*SHOWN, "wants", "kinds", "yes", "district", "times", "confirmed", "weekdays", "name", "sounds"]
MOST_VALUES = 1000
# What the cluster gives out for a place without an opening, or without a day of confirmation.
LAST = 2**63 - 1
NO_DISTANCE = 1e12
DAY_MILLISECONDS = 86_400_000
FIRST_DAY = date(1970, 1, 1).toordinal()


def grams(sound: str) -> str:
    return " ".join(sound[at : at + 3] for at in range(len(sound) - 2))


def document_of(entry: Entry) -> Json:
    """One place as it is sent."""
    document = entry.document
    made: Json = {
        "id": entry.id,
        "version": document.version,
        "towns": entry.towns,
        "wants": sorted(set(document.wants)),
        "kinds": [document.kind] if document.kind else [],
        "yes": sorted(document.yes),
        "no": sorted(document.no),
        "weekdays": [UNKNOWN_WEEKDAY] if document.weekdays is None else sorted(document.weekdays),
        **{f"t_{name}": " ".join(tokens) for name, tokens in entry.tokens.items()},
        "grams": [grams(sound) for sound in entry.sounds if len(sound) > 2],
        "name_grams": grams(entry.name_sound),
        "name_sound": entry.name_sound,
        "pairs": " ".join(entry.pairs),
        "times": entry.times,
        "spans": [{"gte": start, "lt": until} for start, until in entry.spans if until - start < DAY_MINUTES],
        "openings": [{"starts": start, "until": until} for start, until in entry.spans],
        "name": document.name,
        "yomi": document.yomi,
        "sounds": entry.sounds,
        "district_words": document.district_words,
        "activities": entry.activities,
    }
    if document.district:
        made["district"] = document.district
    if document.confirmed_on:
        made["confirmed"] = document.confirmed_on.isoformat()
    if document.latitude is not None and document.longitude is not None:
        made["location"] = {"lat": document.latitude, "lon": document.longitude}
    return made


# ── words ───────────────────────────────────────────────────────────────────


def _standing(field: str, norms: tuple[str, ...]) -> Json:
    terms = [{"term": {f"t_{field}": norm}} for norm in norms]
    return terms[0] if len(terms) == 1 else {"bool": {"filter": terms}}


def _sounding(sound: str, field: str = "grams") -> Json:
    return {"match_phrase": {field: grams(sound)}}


@lru_cache(maxsize=4096)
def answered(wish: Wish) -> Json:
    """Places in which the wish is answered."""
    single: dict[str, list[str]] = defaultdict(list)
    ways: list[Json] = []
    for clause in wish.clauses:
        if clause.counts and len(clause.norms) == 1:
            single[clause.field].append(clause.norms[0])
        elif clause.counts:
            ways.append(_standing(clause.field, clause.norms))
    ways += [{"terms": {f"t_{field}": norms}} for field, norms in single.items()]
    if wish.sound:
        ways.append(_sounding(wish.sound))
    return {"bool": {"should": ways, "minimum_should_match": 1}}


@lru_cache(maxsize=4096)
def _worth(wish: Wish) -> Json:
    """The most that any clause gives."""
    single: dict[tuple[int, str], list[str]] = defaultdict(list)
    parts: list[Json] = []
    for clause in wish.clauses:
        if len(clause.norms) == 1:
            single[clause.points, clause.field].append(clause.norms[0])
        else:
            parts.append(points(_standing(clause.field, clause.norms), clause.points))
    parts += [points({"terms": {f"t_{field}": norms}}, worth) for (worth, field), norms in single.items()]
    if wish.sound:
        parts.append(points(_sounding(wish.sound), SOUND))
    return {"dis_max": {"queries": parts}}


def points(query: Json, worth: int) -> Json:
    return {"constant_score": {"filter": query, "boost": worth}}


def _named(plan: Plan) -> list[Json]:
    if not plan.name_sound:
        return []
    whole = points({"term": {"name_sound": plan.name_sound}}, NAME_WHOLE)
    return [{"dis_max": {"queries": [whole, points(_sounding(plan.name_sound, "name_grams"), NAME_PART)]}}]


def strictly(plan: Plan) -> Json:
    """Places that answer: every wish, or the name itself was typed."""
    ways: list[Json] = [{"bool": {"filter": [answered(wish) for wish in plan.wishes]}}]
    if plan.name_sound:
        ways.append(_sounding(plan.name_sound, "name_grams"))
    return {"bool": {"should": ways, "minimum_should_match": 1}}


def bonuses(plan: Plan) -> list[Json]:
    """What is known to fit the conditions said in words, and what was confirmed lately, ranks first."""
    if not plan.wishes and not plan.asked.conditions:
        return []
    made = [points({"term": {"yes": name}}, HOW_BONUS) for name in plan.said_how]
    if plan.said_weekdays:
        made.append(points({"terms": {"weekdays": list(plan.said_weekdays)}}, WEEKDAY_BONUS))
    if plan.said_workdays:
        made.append(points({"terms": {"weekdays": list(range(5))}}, WORKDAYS_BONUS))
    made += [points({"terms": {"times": plan.tokens(f"part:{part}")}}, PART_BONUS) for part in plan.said_parts]
    fresh = [points({"range": {"confirmed": {"gte": since.isoformat()}}}, worth) for since, worth in plan.fresh_since()]
    return [*made, {"dis_max": {"queries": fresh}}]


# ── conditions ──────────────────────────────────────────────────────────────


def base(plan: Plan) -> list[Json]:
    """Town, circle, and what was said or ticked about times."""
    query = plan.query
    made: list[Json] = []
    if query.municipalities:
        made.append({"terms": {"towns": list(query.municipalities)}})
    if query.near:
        around = {"lat": query.near.latitude, "lon": query.near.longitude}
        made.append({"geo_distance": {"distance": f"{query.near.metres}m", "location": around}})
    made += [{"bool": {"must_not": [{"term": {"no": name}}]}} for name in plan.said_how]
    if plan.said_weekdays:
        made.append({"terms": {"weekdays": [*plan.said_weekdays, UNKNOWN_WEEKDAY]}})
    if plan.said_workdays:
        made.append({"terms": {"weekdays": [*range(5), UNKNOWN_WEEKDAY]}})
    made += [opening(plan, when) for when in plan.said_when]
    for part in plan.said_parts:
        later = {"nested": {"path": "openings", "query": {"range": {"openings.until": {"gt": plan.minute}}}}}
        ways = [{"terms": {"times": plan.tokens(f"part:{part}")}}, {"bool": {"must_not": [later]}}]
        made.append({"bool": {"should": ways, "minimum_should_match": 1}})
    made += [{"terms": {"times": tokens}} for tokens in plan.ticked_times]
    return made


def opening(plan: Plan, when: str) -> Json:
    if when == "now":
        return {"term": {"spans": plan.minute}}
    return {"terms": {"times": plan.tokens(when)}}


def choices(plan: Plan) -> dict[str, list[Json]]:
    """Filters of the groups in which something is ticked."""
    query = plan.query
    made: dict[str, list[Json]] = {
        "wants": [{"terms": {"wants": list(query.wants)}}] if query.wants else [],
        "kinds": [{"terms": {"kinds": list(query.kinds)}}] if query.kinds else [],
        # 行きやすさ are conditions together, so a further one is counted within those ticked.
        "how": [{"term": {"yes": name}} for name in query.how],
        "districts": [{"terms": {"district": list(query.districts)}}] if query.districts else [],
        "when": [any_of([opening(plan, when) for when in query.when])] if query.when else [],
    }
    return {group: filters for group, filters in made.items() if filters}


def any_of(queries: list[Json]) -> Json:
    return {"bool": {"should": queries, "minimum_should_match": 1}}


def facets(plan: Plan) -> Json:
    """Each group counted with the choices of all other groups."""
    ticked = choices(plan)
    values: Json = {
        "wants": {"terms": {"field": "wants", "size": MOST_VALUES}},
        "kinds": {"terms": {"field": "kinds", "size": MOST_VALUES}},
        "how": {"terms": {"field": "yes", "size": MOST_VALUES}},
        "when": {"filters": {"filters": {when: opening(plan, when) for when in WHEN}}},
    }
    if plan.query.municipalities:
        values["districts"] = {"terms": {"field": "district", "size": MOST_VALUES}}
    made: Json = {}
    for group, counting in values.items():
        others = [f for other, filters in ticked.items() if other != group or group == "how" for f in filters]
        made[group] = {"filter": {"bool": {"filter": others}}, "aggs": {"values": counting}} if others else counting
    return made


# ── requests ────────────────────────────────────────────────────────────────


def next_opening(plan: Plan) -> Json:
    later = {"range": {"openings.until": {"gt": plan.minute}}}
    return {
        "openings.starts": {
            "order": "asc", "mode": "min", "missing": "_last", "nested": {"path": "openings", "filter": later},
        }
    }  # fmt: skip


def order(plan: Plan) -> list[Json]:
    number: Json = {"id": "asc"}
    near = plan.query.near
    match plan.query.sort:
        case "next":
            return [next_opening(plan), {"_score": "desc"}, number]
        case "near" if near:
            here = {"lat": near.latitude, "lon": near.longitude}
            return [{"_geo_distance": {"location": here, "order": "asc", "unit": "m"}}, number]
        case "fresh":
            return [{"confirmed": {"order": "desc", "missing": "_last"}}, number]
    return [{"_score": "desc"}, next_opening(plan), number]


def key_of(plan: Plan, values: list[Any]) -> Key:
    """The sort values of a hit as a key: smaller first, what is missing as the embedded engine has it."""
    match plan.query.sort:
        case "next":
            return _minute(values[0]), -float(values[1]), values[2]
        case "near" if plan.query.near:
            return float(values[0]) if values[0] != "Infinity" else NO_DISTANCE, values[1]
        case "fresh":
            known = values[0] is not None and values[0] > -LAST
            return (-(values[0] // DAY_MILLISECONDS + FIRST_DAY) if known else 0), values[1]
    return -float(values[0]), _minute(values[1]), values[2]


def _minute(value: int | None) -> float:
    return NEVER if value is None or value >= LAST else value


def search_after(plan: Plan, key: Key) -> list[Any]:
    """A key as the cluster gave it out."""

    def minute(value: float) -> int:
        return LAST if value >= NEVER else int(value)

    match plan.query.sort:
        case "next":
            return [minute(key[0]), -key[1], int(key[2])]
        case "near" if plan.query.near:
            return [key[0], int(key[1])]
        case "fresh":
            return [(-int(key[0]) - FIRST_DAY) * DAY_MILLISECONDS if key[0] else -LAST - 1, int(key[1])]
    return [-key[0], minute(key[1]), int(key[2])]


def strict_request(plan: Plan) -> Json:
    """One page of the places that answer, and every facet of all of them."""
    query = plan.query
    filters = base(plan)
    scoring = bonuses(plan)
    if plan.wishes:
        filters.append(strictly(plan))
        scoring += [*[_worth(wish) for wish in plan.wishes], *_named(plan)]
    elif plan.is_unread:
        filters.append({"match_none": {}})
    ticked = [f for filters_of_group in choices(plan).values() for f in filters_of_group]
    made: Json = {
        "query": {"bool": {"filter": filters, "should": scoring, "minimum_should_match": 0}},
        # `every`: how many answer before anything ticked, to tell "nothing" from "nothing with these choices".
        "aggs": facets(plan) | {"every": {"value_count": {"field": "id"}}},
        "sort": order(plan),
        "from": (max(query.page, 1) - 1) * query.size,
        "size": query.size,
        "track_total_hits": True,
        "track_scores": True,
        "_source": SHOWN,
    }
    if query.after:
        made["from"] = 0
        if query.after.relaxed:
            # All that answer were shown: only their number and the facets are asked.
            made["size"] = 0
        else:
            made["search_after"] = search_after(plan, query.after.key)
    if ticked:
        made["post_filter"] = {"bool": {"filter": ticked}}
    return made


def loose_request(plan: Plan) -> Json:
    """The best of those that do not quite answer; which words each has is told by name."""
    scoring: list[Json] = [_worth(wish) for wish in plan.wishes]
    named = [
        {"constant_score": {"filter": answered(wish), "boost": 0, "_name": str(place)}}
        for place, wish in enumerate(plan.wishes)
    ]
    return {
        "query": {
            "bool": {
                "filter": base(plan),
                "must_not": [strictly(plan)],
                "must": [{"bool": {"should": scoring, "minimum_should_match": 1}}],
                "should": named,
            }
        },
        "min_score": LEAST + 1,
        "sort": [{"_score": "desc"}, {"id": "asc"}],
        "size": LOOSE,
        "track_total_hits": False,
        "track_scores": True,
        "_source": COUNTED,
    }


def alike_request(plan: Plan, *, only_towns: bool, size: int) -> Json:
    """Readings that share many pairs of kana with what was typed."""
    pairs = sorted(bigrams(plan.asked.sound))
    filters = base(plan)
    if only_towns:
        filters = [{"terms": {"towns": list(plan.query.municipalities)}}] if plan.query.municipalities else []
    shared = [points({"term": {"pairs": pair}}, 1) for pair in pairs]
    return {
        "query": {"bool": {"filter": filters, "should": shared, "minimum_should_match": 1}},
        "sort": [{"_score": "desc"}, {"id": "asc"}],
        "size": size,
        "track_total_hits": False,
        "_source": ["name", "sounds"] if only_towns else COUNTED,
    }
