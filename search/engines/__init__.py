"""Engines: question in, answer out. The embedded one needs no server; Elasticsearch stands before it where set."""

import os
from functools import lru_cache
from typing import TYPE_CHECKING

from django.conf import settings

from .base import Engine
from .embedded import EmbeddedEngine
from .store import DjangoStore

if TYPE_CHECKING:
    from .elastic import ElasticsearchEngine


@lru_cache(maxsize=1)
def embedded() -> EmbeddedEngine:
    """The engine that needs no server: the default, and what answers when the other one does not."""
    return EmbeddedEngine(DjangoStore())


def uses_elasticsearch() -> bool:
    return bool(settings.ELASTICSEARCH_URL)


@lru_cache(maxsize=2)
def elasticsearch(*, writes: bool = False) -> "ElasticsearchEngine":
    """The cluster, signed in as the reader, or as the writer where this process is the worker."""
    from .elastic import ElasticsearchEngine, connect

    account = settings.ELASTICSEARCH_WRITER if writes else settings.ELASTICSEARCH_READER
    client = connect(settings.ELASTICSEARCH_URL, account=account, ca=settings.ELASTICSEARCH_CA)
    return ElasticsearchEngine(client, settings.SEARCH_ALIAS, embedded())


@lru_cache(maxsize=1)
def _guarded(_process: int) -> Engine:
    from .guarded import GuardedEngine

    return GuardedEngine(elasticsearch(), embedded())


def engine() -> Engine:
    """What the pages ask."""
    return _guarded(os.getpid()) if uses_elasticsearch() else embedded()


__all__ = ["EmbeddedEngine", "Engine", "elasticsearch", "embedded", "engine", "uses_elasticsearch"]
