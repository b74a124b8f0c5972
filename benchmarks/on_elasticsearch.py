"""The Elasticsearch half of `benchmarks.search`: made-up places indexed, then ours against the same body sent raw."""

import http.client
import json
import multiprocessing
import os
import random
import resource
import sys
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from benchmarks.figure import Figure

CHUNK = 500
COMMAND = "python -m benchmarks.search --engine elasticsearch --places {places}"


def _prepare() -> None:
    sys.path.insert(0, "site")
    import django

    django.setup()


def _analysed(task: tuple[int, int]) -> list[tuple[int, str]]:
    """(number, document as JSON) of one chunk; runs in a process of its own."""
    from itertools import islice

    from django.utils import timezone

    from benchmarks.places import made_up
    from search.engines.body import document_of
    from search.entry import entry_of

    first, size = task
    today = timezone.localdate()
    made = islice(made_up(size, seed=first, today=today), size)
    found = []
    for document in made:
        entry = entry_of(document, today=today)
        source = document_of(entry) | {"id": first + document.id}
        found.append((first + document.id, json.dumps(source, ensure_ascii=False)))
    return found


def _analysed_and_held(task: tuple[int, int]) -> tuple[list[tuple[int, str]], float]:
    return _analysed(task), peak_mb()


def peak_mb() -> float:
    """The most memory this process has held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def fill(engine: Any, url: str, places: int) -> tuple[float, tuple[float, float]]:
    """Build the index with two analysing processes; (seconds, peak memory in MB after a fifth and at the end).

    Memory is that of the largest of the three processes.
    """
    engine.clear()
    engine.ready()
    index = engine.indices(engine.alias)[0]
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "127.0.0.1", parts.port or 9200)
    begun = time.perf_counter()
    tasks = [(first, min(CHUNK, places - first)) for first in range(0, places, CHUNK)]
    done = 0
    early = late = 0.0
    with multiprocessing.get_context("spawn").Pool(2, initializer=_prepare) as pool:
        for chunk, held in pool.imap_unordered(_analysed_and_held, tasks):
            lines = [f'{{"index":{{"_id":"{number}"}}}}\n{source}\n' for number, source in chunk]
            connection.request(
                "POST", f"/{index}/_bulk", "".join(lines).encode(), {"Content-Type": "application/x-ndjson"}
            )
            answer = json.loads(connection.getresponse().read())
            assert not answer["errors"], answer["items"][0]
            done += len(chunk)
            late = max(late, held, peak_mb())
            early = early if done > places // 5 and early else late
            if sys.stderr.isatty() or done % 50_000 < CHUNK:
                print(f"\r{done}/{places}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    engine.refresh()
    return time.perf_counter() - begun, (early, late)


def alone(places: int) -> float:
    """Seconds that two processes need for the analysis and nothing else."""
    tasks = [(first, min(CHUNK, places - first)) for first in range(0, places, CHUNK)]
    begun = time.perf_counter()
    with multiprocessing.get_context("spawn").Pool(2, initializer=_prepare) as pool:
        for _chunk in pool.imap_unordered(_analysed, tasks):
            pass
    return time.perf_counter() - begun


class Raw:
    """The baseline: the same bytes over one kept connection, the JSON parsed, nothing made of it."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.connection = http.client.HTTPConnection(parts.hostname or "127.0.0.1", parts.port or 9200)

    def ask(self, alias: str, requests: list[dict[str, Any]]) -> float:
        lines = [json.dumps(part) for request in requests for part in ({"index": alias}, request)]
        payload = ("\n".join(lines) + "\n").encode()
        begun = time.perf_counter()
        self.connection.request("POST", "/_msearch", payload, {"Content-Type": "application/x-ndjson"})
        json.loads(self.connection.getresponse().read())
        return time.perf_counter() - begun


def measured(places: int, times: int) -> Iterator[Figure]:
    from benchmarks.search import percentile, questions
    from search.engines import body
    from search.engines.elastic import ElasticsearchEngine, connect
    from search.engines.embedded import EmbeddedEngine
    from search.engines.store import FileStore

    url = os.environ.get("ELASTICSEARCH_URL", "")
    if not url:
        raise SystemExit("ELASTICSEARCH_URL is not set: dev/elasticsearch start, then ELASTICSEARCH_URL=…")
    command = COMMAND.format(places=places)
    beside = EmbeddedEngine(FileStore())
    engine = ElasticsearchEngine(connect(url), f"bench-{places}", beside, seconds=30)
    chance = random.Random(11)
    if os.environ.get("KEEP_INDEX") != "1" or not engine.indices(engine.alias):
        spent, (early, late) = fill(engine, url, places)
        sample = min(places, 20_000)
        bare = alone(sample) / sample * places
        yield Figure(
            f"elasticsearch.{places}.index_per_second", places / spent, places / bare, bare / spent,
            goal="≥ 0.9", holds=bare / spent >= 0.9, command=command,
        )  # fmt: skip
        yield Figure(
            f"elasticsearch.{places}.index_peak_mb", late, early, late / early,
            goal="≤ 1.2 of a fifth of the way", holds=late / early <= 1.2, command=command,
        )  # fmt: skip
    yield Figure(f"elasticsearch.{places}.index_mb", engine.facts()["bytes"] / 1e6, command=command)
    rows = _rows()
    raw = Raw(url)
    for name in questions(chance):
        spent_by: dict[str, list[float]] = {"ours": [], "raw": []}
        for turn in range(times + 5):
            query = questions(chance)[name]
            plan, _windows = beside.plan(query)
            requests = [body.strict_request(plan), *([body.loose_request(plan)] if plan.wishes else [])]
            order = ("ours", "raw") if turn % 2 else ("raw", "ours")
            for which in order:
                if which == "raw":
                    took = raw.ask(engine.alias, requests)
                else:
                    begun = time.perf_counter()
                    found = engine.search(query)
                    rows([hit.place for hit in found.hits])
                    took = time.perf_counter() - begun
                # The first few warm the connections.
                if turn >= 5:
                    spent_by[which].append(took)
        for share, label in ((0.5, "p50"), (0.95, "p95")):
            ours, bare = percentile(spent_by["ours"], share), percentile(spent_by["raw"], share)
            yield Figure(
                f"elasticsearch.{places}.{name}.{label}_ms", ours * 1000, bare * 1000, ours / bare,
                goal="≤ 1.25", holds=ours / bare <= 1.25, command=command,
            )  # fmt: skip


def _rows() -> Any:
    """Reads 20 places by their numbers from a scratch database of 1,000; numbers beyond are folded into it."""
    from django.core.management import call_command

    from directory.choices import PlaceKind
    from directory.models import Municipality, Place

    call_command("migrate", verbosity=0)
    town = Municipality.objects.create(code="999991", name="見本町", yomi="みほんちょう", prefecture="見本県")
    made = [
        Place(municipality=town, name=f"場{n}", yomi="ば", kind=PlaceKind.SALON, code=f"B{n:05d}") for n in range(1000)
    ]
    numbers = [place.pk for place in Place.objects.bulk_create(made)]
    return lambda ids: Place.objects.in_bulk([numbers[number % 1000] for number in ids])
