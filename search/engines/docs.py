"""The few places that nearly answer, as Elasticsearch returned them: chosen, counted and ordered by hand."""

from typing import Any

from search.cursor import Key
from search.geo import metres_between
from search.plan import HOW_BONUS, PART_BONUS, WEEKDAY_BONUS, WORKDAYS_BONUS, Plan
from search.query import WHEN

from .conditions import NEVER
from .finding import days_back

Json = dict[str, Any]


def following(plan: Plan, doc: Json) -> int:
    """Start of the next opening that is not over, in minutes since 1970."""
    return min((o["starts"] for o in doc.get("openings", []) if o["until"] > plan.minute), default=NEVER)


def metres(plan: Plan, doc: Json) -> float:
    near, point = plan.query.near, doc.get("location")
    if near is None or point is None:
        return float("inf")
    return metres_between((near.latitude, near.longitude), (point["lat"], point["lon"]))


def opens(plan: Plan, doc: Json, when: str) -> bool:
    if when == "now":
        running = (o for o in doc.get("openings", []) if o["until"] - o["starts"] < 1440)
        return any(o["starts"] <= plan.minute < o["until"] for o in running)
    return not set(plan.tokens(when)).isdisjoint(doc["times"])


def allows(plan: Plan, doc: Json, *, leaving_out: str = "") -> bool:
    """Whether every ticked choice holds, one group perhaps left out."""
    query = plan.query
    return (
        (leaving_out == "wants" or not query.wants or not set(query.wants).isdisjoint(doc["wants"]))
        and (leaving_out == "kinds" or not query.kinds or not set(query.kinds).isdisjoint(doc["kinds"]))
        and (leaving_out == "how" or set(query.how) <= set(doc["yes"]))
        and (leaving_out == "districts" or not query.districts or doc.get("district") in query.districts)
        and (leaving_out == "when" or not query.when or any(opens(plan, doc, when) for when in query.when))
    )


def count(plan: Plan, docs: list[Json], counts: dict[str, dict[str, int]]) -> None:
    """Add these places to the facets."""

    def add(group: str, value: str) -> None:
        counts[group][value] = counts[group].get(value, 0) + 1

    for doc in docs:
        for group, values in (
            ("wants", doc["wants"]),
            ("kinds", doc["kinds"]),
            ("districts", [str(doc["district"])] if plan.query.municipalities and doc.get("district") else []),
            ("when", [when for when in WHEN if opens(plan, doc, when)]),
        ):
            if allows(plan, doc, leaving_out=group):
                for value in values:
                    add(group, value)
        if allows(plan, doc):
            for value in doc["yes"]:
                add("how", value)


def bonus(plan: Plan, doc: Json) -> int:
    """The points of `body.bonuses`."""
    weekdays = set(doc["weekdays"])
    value = HOW_BONUS * len(set(plan.said_how) & set(doc["yes"]))
    value += WEEKDAY_BONUS * (not weekdays.isdisjoint(plan.said_weekdays))
    value += WORKDAYS_BONUS * (plan.said_workdays and not weekdays.isdisjoint(range(5)))
    for part in plan.said_parts:
        value += PART_BONUS * (not set(plan.tokens(f"part:{part}")).isdisjoint(doc["times"]))
    confirmed = doc.get("confirmed", "")
    return value + next((worth for since, worth in plan.fresh_since() if confirmed >= since.isoformat()), 0)


def key(plan: Plan, doc: Json) -> Key:
    """Where a doc with its `points` stands in the order asked."""
    match plan.query.sort:
        case "next":
            return following(plan, doc), -doc["points"], doc["id"]
        case "near" if plan.query.near:
            return metres(plan, doc), doc["id"]
        case "fresh":
            return days_back(doc.get("confirmed") or ""), doc["id"]
    return -doc["points"], following(plan, doc), doc["id"]


def ordered(plan: Plan, docs: list[Json]) -> list[Json]:
    """In the order asked, less what was shown on the pages before."""
    after = plan.query.after
    found = sorted(docs, key=lambda doc: key(plan, doc))
    return [doc for doc in found if not (after and after.relaxed and key(plan, doc) <= after.key)]
