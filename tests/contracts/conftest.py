"""The engines under contract. A missing server skips with a sentence, and fails where servers are required."""

import os
import uuid
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from elasticsearch import Elasticsearch

from search.engines.elastic import ElasticsearchEngine
from search.engines.embedded import EmbeddedEngine
from search.engines.store import FileStore

PATIENCE_SECONDS = 20


def server() -> str:
    """The address of the real server, or the reason why its tests do not run."""
    url = os.environ.get("ELASTICSEARCH_URL", "")
    if not url:
        message = "no Elasticsearch: dev/elasticsearch start, then ELASTICSEARCH_URL=…"
        if os.environ.get("REQUIRE_SERVERS") == "1":
            pytest.fail(message)
        pytest.skip(message)
    return url


class Both:
    """One engine as the tests use it: what is written is found at once."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.embedded = EmbeddedEngine(FileStore())
        self.alias = f"places-contract-{uuid.uuid4().hex[:10]}"
        self.engine: Any = self.embedded
        if name == "elasticsearch":
            client = Elasticsearch(server(), request_timeout=PATIENCE_SECONDS)
            self.engine = ElasticsearchEngine(client, self.alias, self.embedded, seconds=PATIENCE_SECONDS)

    def hold(self, documents: Any, *, today: date) -> None:
        """These places and no others, as they stand on that day."""
        self.engine.clear()
        self.engine.index(documents, today=today)
        if self.name == "elasticsearch":
            self.engine.refresh()

    def index(self, documents: Any, *, today: date) -> None:
        self.hold(documents, today=today)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.engine, name)

    def close(self) -> None:
        if self.name == "elasticsearch":
            self.engine.clear()
            self.engine.client.close()


@pytest.fixture(scope="module", params=["embedded", "elasticsearch"])
def engine(request: pytest.FixtureRequest) -> Iterator[Both]:
    made = Both(request.param)
    yield made
    made.close()
