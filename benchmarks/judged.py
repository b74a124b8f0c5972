"""How well search finds what residents mean: recall@10, nDCG@10, forbidden hits, answers to what has none."""

import json
import math
import sys
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.figure import Figure, parser, show
from directory.calendar import occurrences, parse
from search.document import Document, Session

DAY = date(2026, 11, 24)


def documents(places: list[dict[str, Any]]) -> Iterator[Document]:
    """Places of a judged set as documents, their opening texts read by the product's own reader."""
    for number, place in enumerate(places, 1):
        reading = parse(place.get("opening_text") or "")
        found = list(occurrences(reading.schedule, [], DAY, DAY + timedelta(days=120))) if reading.schedule else []
        yes, no = set(), set()
        if place.get("cost_yen") is not None:
            (yes if place["cost_yen"] == 0 else no).add("free")
        if place.get("wheelchair") is not None:
            (yes if place["wheelchair"] else no).add("wheelchair")
        booking = place.get("booking")
        if booking not in (None, ""):
            none = booking in ("none", False) or any(
                word in str(booking) for word in ("不要", "なし", "いりません", "いらない")
            )
            (yes if none else no).add("no_booking")
        words = " ".join(
            str(place.get(name) or "") for name in ("kind", "lead", "description", "opening_text")
        ) + " ".join(place.get("tags") or [])
        for name, said in SAID.items():
            if any(phrase in words for phrase in said):
                yes.add(name)
        yield Document(
            id=number,
            version=1,
            municipality=1,
            code=str(place["id"]),
            name=place["name"],
            yomi=place.get("yomi") or "",
            kind_words=str(place.get("kind") or ""),
            lead=place.get("lead") or "",
            body=place.get("description") or "",
            district_words=place.get("district") or "",
            tags=tuple(place.get("tags") or ()),
            yes=frozenset(yes),
            no=frozenset(no),
            cost_yen=place.get("cost_yen"),
            latitude=place.get("latitude"),
            longitude=place.get("longitude"),
            sessions=tuple(
                Session(0, o.on, o.starts_at, o.begins.hour * 60 + o.begins.minute if o.begins else None, _end(o))
                for o in found
            ),
            weekdays=frozenset(o.on.weekday() for o in found) if reading.schedule else None,
        )


# A judged set has no columns for these; its words say them.
SAID = {
    "pickup": ("送迎", "送り迎え", "迎えの車", "むかえ"),
    "online": ("オンライン",),
    "welcome_alone": ("ひとりで", "一人で", "ひとりでも"),
    "with_children": ("子連れ", "親子", "子どもと"),
    "can_be_silent": ("話さなくて", "しゃべらなくて"),
    "may_watch": ("見るだけ", "見学"),
    "plain_japanese": ("やさしい日本語",),
}


def _end(occurrence: Any) -> int | None:
    if occurrence.begins is None or occurrence.ends is None:
        return None
    end = occurrence.ends.hour * 60 + occurrence.ends.minute
    return int(end if occurrence.ends > occurrence.begins else end + 1440)


def gain(grades: list[int]) -> float:
    return sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades))


def run(folder: Path, engine: Any, *, verbose: bool) -> dict[str, dict[str, list[float]]]:
    """{class: {figure: values per query}}."""
    from search.query import Query

    places = json.loads((folder / "places.json").read_text(encoding="utf-8"))
    queries = json.loads((folder / "queries.json").read_text(encoding="utf-8"))
    made = list(documents(places))
    engine.index(made, today=DAY)
    if hasattr(engine, "refresh"):
        engine.refresh()
    by_number = {document.id: places[document.id - 1]["id"] for document in made}
    at = datetime.fromisoformat(f"{DAY.isoformat()}T09:00:00+09:00")
    figures: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for query in queries:
        results = engine.search(Query(words=query["q"], size=10), at=at)
        found = [by_number[hit.place] for hit in results.hits]
        strict = [by_number[hit.place] for hit in results.hits if not hit.relaxed]
        relevant = {str(key): grade for key, grade in (query.get("relevant") or {}).items()}
        name = query.get("class", "")
        forbidden = [p for p in found if p in (query.get("must_not") or [])]
        figures[name]["forbidden"].append(len(forbidden))
        line = ""
        if not relevant:
            answered = bool(strict) and not results.relaxed
            figures[name]["unanswerable"].append(float(answered))
            line = f"answered with {strict[:3]}" if answered else ""
        else:
            recall = sum(str(p) in relevant for p in found) / min(len(relevant), 10)
            ideal = gain(sorted(relevant.values(), reverse=True)[:10])
            ndcg = gain([relevant.get(str(p), 0) for p in found]) / ideal
            figures[name]["recall"].append(recall)
            figures[name]["ndcg"].append(ndcg)
            if recall < 1 or ndcg < 0.85:
                missing = [p for p in relevant if p not in map(str, found)]
                line = f"recall {recall:.2f} ndcg {ndcg:.2f} found {found[:6]} missing {missing[:4]}"
        if verbose and (line or forbidden):
            print(
                f"{name}: {query['q']!r}: {line} {'FORBIDDEN ' + str(forbidden) if forbidden else ''}", file=sys.stderr
            )
    return figures


def main() -> int:
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "website.settings.test")
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "site"))
    import django

    django.setup()
    from search.engines.embedded import EmbeddedEngine
    from search.engines.store import FileStore

    arguments = parser(__doc__)
    arguments.add_argument("--cases", type=Path, default=Path("tests/search/judged"))
    arguments.add_argument("--engine", choices=["embedded", "elasticsearch"], default="embedded")
    arguments.add_argument("-v", "--verbose", action="store_true", help="name every query that falls short")
    options = arguments.parse_args()
    engine: Any = EmbeddedEngine(FileStore())
    if options.engine == "elasticsearch":
        engine = _on_a_cluster(engine)
    engine.clear()
    figures = run(options.cases, engine, verbose=options.verbose)
    engine.clear()
    command = f"python -m benchmarks.judged --cases {options.cases} --engine {options.engine}"
    made = []
    everything: dict[str, list[float]] = defaultdict(list)
    for name, values in sorted(figures.items()):
        for figure, numbers in values.items():
            everything[figure] += numbers
            if figure in {"recall", "ndcg"} and name:
                made.append(
                    Figure(
                        f"search.{figure}@10.{name}",
                        sum(numbers) / len(numbers),
                        baseline=len(numbers),
                        command=command,
                    )
                )
    recall, ndcg = (_mean(everything[name]) for name in ("recall", "ndcg"))
    forbidden, answered = int(sum(everything["forbidden"])), int(sum(everything["unanswerable"]))
    made += [
        Figure("search.recall@10", recall, goal="≥ 0.95", holds=recall >= 0.95, command=command),
        Figure("search.ndcg@10", ndcg, goal="≥ 0.90", holds=ndcg >= 0.90, command=command),
        Figure("search.forbidden", forbidden, goal="0", holds=forbidden == 0, command=command),
        Figure("search.unanswerable_answered", answered, goal="0", holds=answered == 0, command=command),
    ]
    show(made, as_json=options.json)
    return 0


def _on_a_cluster(beside: Any) -> Any:
    """An index of its own on the cluster behind ELASTICSEARCH_URL."""
    import os

    from search.engines.elastic import ElasticsearchEngine, connect

    url = os.environ.get("ELASTICSEARCH_URL", "")
    if not url:
        raise SystemExit("ELASTICSEARCH_URL is not set: dev/elasticsearch start, then ELASTICSEARCH_URL=…")
    return ElasticsearchEngine(connect(url), "places-judged", beside, seconds=30)


def _mean(numbers: list[float]) -> float:
    return sum(numbers) / len(numbers) if numbers else 1.0


if __name__ == "__main__":
    raise SystemExit(main())
