"""Two nodes, one replica: one of them stops while people search, and nobody notices."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from search.document import Document
from search.engines.elastic import ElasticsearchEngine, connect
from search.engines.embedded import EmbeddedEngine
from search.engines.store import FileStore
from search.query import Query
from tests.contracts.conftest import server

PATIENCE_SECONDS = 60
PROGRAM = Path(__file__).resolve().parent.parent.parent / "dev" / "elasticsearch"
PLACES = [
    Document(id=n, version=1, municipality=1, code=f"{n:06d}", name=f"サロン{n}", yomi="さろん") for n in range(1, 51)
]


def second(command: str) -> str:
    arguments = [sys.executable, str(PROGRAM), command, "--second", "--memory", "512m"]
    done = subprocess.run(arguments, capture_output=True, text=True, check=False)
    if done.returncode and "no node that another could join" in done.stderr:
        pytest.skip("the node was not started by dev/elasticsearch without Docker, so none can join it")
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture
def pair() -> Iterator[ElasticsearchEngine]:
    first = server()
    other = second("start")
    made = ElasticsearchEngine(connect(f"{first},{other}"), "places-pair", EmbeddedEngine(FileStore()), seconds=10)
    made.clear()
    made.index(PLACES)
    made.refresh()
    made.client.cluster.health(index="places-pair", wait_for_status="green", timeout="60s")
    yield made
    second("stop")
    ElasticsearchEngine(connect(first), "places-pair", made.beside).clear()


def wait_for(answers: list[int], count: int) -> None:
    begun = time.monotonic()
    while len(answers) < count:
        assert time.monotonic() - begun < PATIENCE_SECONDS, f"{len(answers)} answers instead of {count}"
        time.sleep(0.02)


def test_one_node_stops_under_load_and_no_search_fails(pair: ElasticsearchEngine) -> None:
    assert pair.client.cat.shards(index="places-pair-2*", format="json").body
    failures: list[str] = []
    answers: list[int] = []
    stopping = threading.Event()

    def search() -> None:
        while not stopping.is_set():
            try:
                answers.append(pair.search(Query(words="サロン")).total)
            except Exception as error:
                failures.append(repr(error))

    people = [threading.Thread(target=search, daemon=True) for _ in range(4)]
    for one in people:
        one.start()
    wait_for(answers, 20)
    second("stop")
    wait_for(answers, len(answers) + 20)
    stopping.set()
    for one in people:
        one.join()
    assert failures == []
    assert set(answers) == {len(PLACES)}
