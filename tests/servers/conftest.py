"""A real cluster under this site's settings, with an alias of its own that is thrown away afterwards."""

import uuid
from collections.abc import Iterator
from typing import Any

import pytest

import search.engines as engines
from directory.actions.recording import changed
from directory.models import Place
from search.engines.elastic import ElasticsearchEngine, connect
from search.engines.embedded import EmbeddedEngine
from search.engines.guarded import Breaker, GuardedEngine
from search.outbox import drain
from tests.contracts.conftest import server
from tests.search.people import Town
from tests.servers.proxy import FaultyProxy, faulty

PATIENCE_SECONDS = 20


class Cluster:
    """What the tests do to it."""

    def __init__(self, url: str, settings: Any) -> None:
        self.url, self.settings = url, settings
        self.alias = f"places-test-{uuid.uuid4().hex[:10]}"
        settings.ELASTICSEARCH_URL, settings.SEARCH_ALIAS = url, self.alias
        forget()

    @property
    def engine(self) -> ElasticsearchEngine:
        made = engines.elasticsearch(writes=True)
        made.seconds = PATIENCE_SECONDS
        return made

    def sent(self) -> None:
        """Everything that waits has been sent, and is found."""
        while drain().sent:
            pass
        self.engine.refresh()

    def through(self, proxy: FaultyProxy, *, seconds: float = 0.8, pause: float = 0.0) -> GuardedEngine:
        """The engine of the pages, with a faulty network before the cluster."""
        beside = EmbeddedEngine(engines.embedded().store)
        main = ElasticsearchEngine(connect(proxy.url), self.alias, beside, seconds=seconds)
        return GuardedEngine(main, beside, Breaker(pause=pause))


def touch(place: Place) -> None:
    """The place has changed, as every action says it."""
    changed(place, action="place.changed", by=None)


def forget() -> None:
    engines.elasticsearch.cache_clear()
    engines._guarded.cache_clear()


@pytest.fixture
def cluster(settings: Any) -> Iterator[Cluster]:
    made = Cluster(server(), settings)
    yield made
    made.engine.clear()
    made.engine.client.close()
    settings.ELASTICSEARCH_URL = ""
    forget()


@pytest.fixture
def proxy(cluster: Cluster) -> Iterator[FaultyProxy]:
    with faulty(cluster.url) as made:
        yield made


@pytest.fixture
def town(db: None) -> Town:
    return Town()


@pytest.fixture
def sent_town(town: Town, cluster: Cluster) -> Town:
    """The town with all its places on the cluster."""
    from search.outbox import note_everything

    note_everything()
    cluster.sent()
    return town
