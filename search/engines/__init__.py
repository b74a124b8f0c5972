"""Engines: question in, answer out. The embedded one needs no server."""

from functools import lru_cache

from .base import Engine


@lru_cache(maxsize=1)
def engine() -> Engine:
    """The engine of this process."""
    from .embedded import EmbeddedEngine
    from .store import DjangoStore

    return EmbeddedEngine(DjangoStore())


__all__ = ["Engine", "engine"]
