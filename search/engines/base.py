"""What the pages ask of an engine; one set of examples runs over all of them (tests/contracts)."""

from datetime import datetime
from typing import Protocol

from search.query import Query
from search.results import Results


class Engine(Protocol):
    """Questions in, answers out."""

    @property
    def name(self) -> str: ...

    def search(self, query: Query, *, at: datetime | None = None) -> Results:
        """One page of an answer at a moment (now by default)."""
        ...

    def suggest(self, text: str, *, municipalities: tuple[int, ...] = (), size: int = 8) -> list[str]:
        """Names and districts that begin with what is typed."""
        ...
