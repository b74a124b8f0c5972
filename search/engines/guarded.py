"""Elasticsearch first, the embedded engine when it does not answer, and a breaker so that not everybody waits."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from django.utils.translation import gettext

from search.query import Query
from search.results import Results

from .elastic import ElasticsearchEngine
from .embedded import EmbeddedEngine
from .errors import Refused, Unreachable

log = logging.getLogger(__name__)
T = TypeVar("T")
# After a failure nobody asks for so long; then one question tries again.
PAUSE_SECONDS = 5.0
# A question that has waited so long means that the next ones need not wait as well.
SLOW_SECONDS = 0.3


class Breaker:
    """Closed: ask. Open: do not ask. Half open: one question tries, the others do not wait for it."""

    def __init__(self, *, pause: float = PAUSE_SECONDS, slow: float = SLOW_SECONDS) -> None:
        self.pause, self.slow = pause, slow
        self._lock = threading.Lock()
        self._opened: float | None = None
        self._waiting: dict[object, float] = {}

    def enter(self) -> object | None:
        """A ticket to ask with, or None when asking is of no use now."""
        now = time.monotonic()
        with self._lock:
            if self._opened is not None and (now - self._opened < self.pause or self._waiting):
                return None
            if any(now - since > self.slow for since in self._waiting.values()):
                return None
            ticket = object()
            self._waiting[ticket] = now
            return ticket

    def leave(self, ticket: object, *, failed: bool) -> None:
        with self._lock:
            self._waiting.pop(ticket, None)
            self._opened = time.monotonic() if failed else None

    @property
    def is_open(self) -> bool:
        return self._opened is not None


class GuardedEngine:
    """What the pages ask. Never raises because of the cluster; says on the page when it answered without it."""

    name = "elasticsearch"

    def __init__(self, main: ElasticsearchEngine, beside: EmbeddedEngine, breaker: Breaker | None = None) -> None:
        self.main, self.beside, self.breaker = main, beside, breaker or Breaker()

    def search(self, query: Query, *, at: datetime | None = None) -> Results:
        found = self._tried(lambda: self.main.search(query, at=at))
        if found is not None:
            return found
        return replace(self.beside.search(query, at=at), notice=notice())

    def suggest(self, text: str, *, municipalities: tuple[int, ...] = (), size: int = 8) -> list[str]:
        found = self._tried(lambda: self.main.suggest(text, municipalities=municipalities, size=size))
        return self.beside.suggest(text, municipalities=municipalities, size=size) if found is None else found

    def _tried(self, ask: Callable[[], T]) -> T | None:
        ticket = self.breaker.enter()
        if ticket is None:
            return None
        failed = True
        try:
            found = ask()
            failed = False
        except (Unreachable, Refused) as error:
            # The reason names no question: what people look for stays out of the log.
            log.warning("search answers without Elasticsearch: %s", error)
            return None
        finally:
            self.breaker.leave(ticket, failed=failed)
        return found


def notice() -> str:
    return gettext("さがすしくみの一部が止まっているため、別のしくみで答えています。電話はいつもどおりです。")
