"""What every engine can do; one conformance suite runs over all of them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from search.document import Document, WindowDocument
from search.query import Query
from search.results import Results


class Engine(Protocol):
    """Places and windows in, answers out."""

    name: str

    def index(self, documents: Iterable[Document]) -> int:
        """Put documents in, replacing older versions; returns how many."""
        ...

    def index_windows(self, documents: Iterable[WindowDocument]) -> int: ...

    def remove(self, ids: Iterable[int]) -> None: ...

    def remove_windows(self, ids: Iterable[int]) -> None: ...

    def search(self, query: Query, *, at: datetime | None = None) -> Results:
        """One page of an answer at a moment (now by default)."""
        ...

    def suggest(self, text: str, *, municipalities: tuple[int, ...] = (), size: int = 8) -> list[str]: ...

    def versions(self) -> dict[int, int]:
        """{place id: version} of everything inside, for the doctor."""
        ...

    def clear(self) -> None: ...
