"""Engines: question in, answer out. The embedded one needs no server."""

from functools import lru_cache

from .base import Engine
from .embedded import EmbeddedEngine
from .store import DjangoStore


@lru_cache(maxsize=1)
def embedded() -> EmbeddedEngine:
    """The engine that needs no server: the default, and what answers when the other one does not."""
    return EmbeddedEngine(DjangoStore())


def engine() -> Engine:
    """The engine of this process."""
    return embedded()


__all__ = ["EmbeddedEngine", "Engine", "embedded", "engine"]
