"""The embedded engine: SQLite FTS5 over the tokens, plain tables beside it, no server. Up to about 50,000 places."""

import json
import uuid
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from search.document import Document, WindowDocument
from search.entry import FIELD_POINTS, Entry, entry_of
from search.plan import Plan, plan_of
from search.query import Query
from search.results import Results
from search.text import analysis_version

from . import sounds, windows
from .bitsets import Snapshot
from .facets import bits_of, weekday_bits
from .finding import Finder
from .store import FILLED, Store, make_tables

COLUMNS = (*FIELD_POINTS, "pairs")
_snapshots: dict[str, Snapshot] = {}
# A process asks about one index; tests and measurements about a few.
MOST_SNAPSHOTS = 4


class EmbeddedEngine:
    """One SQLite connection, given by a store."""

    name = "embedded"

    def __init__(self, store: Store) -> None:
        self.store = store

    # ── writing ─────────────────────────────────────────────────────────────

    def index(self, documents: Iterable[Document], *, today: date | None = None) -> int:
        """Put places in as they stand on a day (today by default); returns how many were not older than before."""
        today = today or timezone.localdate()
        return self.index_entries(entry_of(document, today=today) for document in documents)

    def index_entries(self, entries: Iterable[Entry]) -> int:
        """The same for places that are analysed already; returns how many were newer than what was there."""
        with self.store.writing() as connection:
            written = sum(self._put(connection, entry) for entry in entries)
            connection.execute("INSERT OR REPLACE INTO search_meta VALUES ('analysis', ?)", [analysis_version()])
            self._new_generation(connection)
        return written

    @staticmethod
    def _new_generation(connection: Any) -> None:
        connection.execute("INSERT OR REPLACE INTO search_meta VALUES ('generation', ?)", [uuid.uuid4().hex])

    def _put(self, connection: Any, entry: Entry) -> bool:
        document = entry.document
        known = connection.execute("SELECT version FROM search_place WHERE id = ?", [entry.id]).fetchone()
        if known is not None:
            if known[0] > document.version:
                # A newer text is in already: two saves raced, and the later one won.
                return False
            self._take_out(connection, entry.id)
        connection.execute(
            f"INSERT INTO search_place VALUES ({','.join('?' * 15)})",
            [
                entry.id, document.version, json.dumps(entry.towns), bits_of(document),
                bits_of(document, known_no=True), document.district or 0, weekday_bits(document.weekdays),
                document.latitude, document.longitude,
                document.confirmed_on.isoformat() if document.confirmed_on else "", document.name, document.yomi,
                document.district_words, " ".join(entry.sounds), json.dumps(entry.activities, ensure_ascii=False),
            ],
        )  # fmt: skip
        texts = [*entry.tokens.values()]
        connection.execute(
            f"INSERT INTO search_words (rowid, {','.join(entry.tokens)}, pairs) VALUES ({','.join('?' * 10)})",
            [entry.id, *[" ".join(map(fts_word, tokens)) for tokens in texts], " ".join(map(fts_word, entry.pairs))],
        )
        connection.execute(
            "INSERT INTO search_sound (rowid, name, others) VALUES (?,?,?)",
            [entry.id, entry.name_sound, " ".join(entry.sounds[1:])],
        )
        connection.executemany("INSERT INTO search_time VALUES (?,?)", [(token, entry.id) for token in entry.times])
        connection.executemany("INSERT INTO search_span VALUES (?,?,?)", [(entry.id, *span) for span in entry.spans])
        return True

    @staticmethod
    def _take_out(connection: Any, number: int) -> None:
        for table, key in (
            ("search_place", "id"), ("search_words", "rowid"), ("search_sound", "rowid"), ("search_time", "place"),
            ("search_span", "place"),
        ):  # fmt: skip
            connection.execute(f"DELETE FROM {table} WHERE {key} = ?", [number])

    def index_windows(self, documents: Iterable[WindowDocument]) -> int:
        with self.store.writing() as connection:
            return windows.put(connection, documents)

    def remove(self, ids: Iterable[int]) -> None:
        with self.store.writing() as connection:
            for number in ids:
                self._take_out(connection, number)
            self._new_generation(connection)

    def remove_windows(self, ids: Iterable[int]) -> None:
        with self.store.writing() as connection:
            for number in ids:
                connection.execute("DELETE FROM search_window WHERE id = ?", [number])

    def clear(self) -> None:
        with self.store.writing() as connection:
            make_tables(connection)
            for table in FILLED:
                connection.execute(f"DELETE FROM {table}")

    # ── what is inside ──────────────────────────────────────────────────────

    def versions(self) -> dict[int, int]:
        return dict(self.store.connection().execute("SELECT id, version FROM search_place").fetchall())

    def window_versions(self) -> dict[int, int]:
        return dict(self.store.connection().execute("SELECT id, version FROM search_window").fetchall())

    def meta(self, name: str) -> str:
        """A fact about the index: `analysis`, `generation`, `rolled`; empty when nothing is known."""
        found = self.store.connection().execute("SELECT value FROM search_meta WHERE name = ?", [name]).fetchone()
        return str(found[0]) if found else ""

    def set_meta(self, name: str, value: str) -> None:
        with self.store.writing() as connection:
            connection.execute("INSERT OR REPLACE INTO search_meta VALUES (?, ?)", [name, value])

    def is_current(self) -> bool:
        """Whether the index was made by the analysis that reads questions now."""
        return self.meta("analysis") == analysis_version()

    def _snapshot(self, connection: Any) -> Snapshot:
        generation = self.meta("generation")
        if generation not in _snapshots:
            if len(_snapshots) >= MOST_SNAPSHOTS:
                _snapshots.clear()
            _snapshots[generation] = Snapshot.read(connection, generation)
        return _snapshots[generation]

    # ── asking ──────────────────────────────────────────────────────────────

    def plan(self, query: Query, *, at: datetime | None = None) -> tuple[Plan, windows.Answers]:
        """What to ask of places, and the windows that answer the rest."""
        plan = plan_of(query, at=at)
        found = windows.answering(self.store.connection(), query, plan.asked)
        answered = windows.answered_words(found)
        return (plan_of(query, at=plan.at, answered=answered) if answered else plan), found

    def search(self, query: Query, *, at: datetime | None = None) -> Results:
        plan, found_windows = self.plan(query, at=at)
        connection = self.store.connection()
        found = Finder(connection, self._snapshot(connection), plan).results()
        return Results(
            **found,
            windows=windows.best_of(found_windows) if query.page == 1 else (),
            did_you_mean=""
            if found["total"] or found_windows or not plan.wishes
            else sounds.did_you_mean(connection, plan.asked, query.municipalities, query.vocabulary),
        )

    def suggest(self, text: str, *, municipalities: tuple[int, ...] = (), size: int = 8) -> list[str]:
        return sounds.suggest(self.store.connection(), text, municipalities, size)


def fts_word(token: str) -> str:
    """A token as one word for FTS5, whose own splitting must find nothing to split."""
    return token if token.isalnum() else "x" + token.encode("utf-8").hex()
