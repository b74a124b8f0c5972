"""The embedded engine: SQLite FTS5 over the tokens, plain tables beside it, no server. Up to about 50,000 places."""

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from search.document import Document, WindowDocument
from search.query import Query
from search.results import Hit, Results
from search.text import analysis_version, bigrams, clean, index_readings, index_tokens, romaji_to_kana, squeezed
from search.understanding import Understood, understand

from .choosing import Chooser, Row
from .facets import bits_of, weekday_bits
from .scoring import Score, answers, rarity, score
from .store import TABLES, Store, make_tables

# Ranked by hand among those the words found first; far below it nobody pages.
RANKED = 600
FEW = 6
LOOSE = 20
LEAST = 0.3
EARTH_METRES = 6_371_000


@dataclass(frozen=True)
class Found:
    """A row with its score and what it lacks."""

    row: Row
    score: Score
    relaxed: bool


def metres_between(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance of two (latitude, longitude) in degrees, in metres."""
    p, q = math.radians(a[0]), math.radians(b[0])
    half = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(b[1] - a[1]) / 2) ** 2
    return 2 * EARTH_METRES * math.asin(min(1.0, math.sqrt(half)))


class EmbeddedEngine:
    """One SQLite connection, given by a store."""

    name = "embedded"

    def __init__(self, store: Store) -> None:
        self.store = store

    # ── writing ─────────────────────────────────────────────────────────────

    def index(self, documents: Iterable[Document]) -> int:
        connection = self.store.connection()
        written = 0
        for document in documents:
            self._put(connection, document)
            written += 1
        connection.execute("INSERT OR REPLACE INTO search_meta VALUES ('analysis', ?)", [analysis_version()])
        return written

    def _put(self, connection: Any, document: Document) -> None:
        known = connection.execute("SELECT version FROM search_place WHERE id = ?", [document.id]).fetchone()
        if known is not None and known[0] > document.version:
            # A newer text is in already: two saves raced, and the later one won.
            return
        self.remove([document.id])
        fields = {name: " ".join(dict.fromkeys(index_tokens(text))) for name, text in _texts(document).items()}
        activities = [
            [activity.id, " ".join(dict.fromkeys(index_tokens(f"{activity.name} {activity.text}")))]
            for activity in document.activities
        ]
        names = [document.name, *[activity.name for activity in document.activities]]
        own = squeezed(document.yomi) or squeezed("".join(index_readings(document.name)))
        readings = [
            own,
            *[squeezed("".join(index_readings(text))) for text in [*names, document.kind_words, *document.tags]],
        ]
        connection.execute(
            "INSERT INTO search_place VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            [
                document.id, document.version, document.municipality, json.dumps(list(document.shared_with)),
                bits_of(document), bits_of(document, known_no=True), document.district or 0,
                weekday_bits(document.weekdays), document.latitude, document.longitude,
                document.confirmed_on.isoformat() if document.confirmed_on else "", document.name, document.yomi,
                " ".join(readings), document.district_words, json.dumps(fields, ensure_ascii=False),
                json.dumps(activities, ensure_ascii=False),
            ],
        )  # fmt: skip
        connection.execute(
            "INSERT INTO search_words (rowid, name, kind, text) VALUES (?,?,?,?)",
            [
                document.id,
                f"{fields['name']} {fields['activity']} {' '.join(readings)}",
                f"{fields['kind']} {fields['tags']} {fields['wants']}",
                f"{fields['lead']} {fields['body']} {fields['district']}",
            ],
        )
        connection.executemany(
            "INSERT INTO search_opening VALUES (?,?,?,?,?,?)",
            [
                (document.id, s.activity, s.on.isoformat(), int(s.starts_at.timestamp()), s.begins, s.ends)
                for s in document.sessions
            ],
        )

    def index_windows(self, documents: Iterable[WindowDocument]) -> int:
        connection = self.store.connection()
        written = 0
        for window in documents:
            texts = {
                "name": window.name,
                "kind": window.field_words,
                "body": window.about,
            }
            fields: dict[str, Any] = {name: " ".join(index_tokens(text)) for name, text in texts.items()}
            fields["topics"] = [index_tokens(topic) for topic in window.topics]
            readings = [squeezed(window.yomi), *[squeezed("".join(index_readings(topic))) for topic in window.topics]]
            connection.execute(
                "INSERT OR REPLACE INTO search_window VALUES (?,?,?,?,?)",
                [
                    window.id,
                    window.municipality,
                    window.name,
                    json.dumps(fields, ensure_ascii=False),
                    " ".join(readings),
                ],
            )
            written += 1
        return written

    def remove(self, ids: Iterable[int]) -> None:
        connection = self.store.connection()
        for number in ids:
            connection.execute("DELETE FROM search_place WHERE id = ?", [number])
            connection.execute("DELETE FROM search_words WHERE rowid = ?", [number])
            connection.execute("DELETE FROM search_opening WHERE place = ?", [number])

    def remove_windows(self, ids: Iterable[int]) -> None:
        for number in ids:
            self.store.connection().execute("DELETE FROM search_window WHERE id = ?", [number])

    def clear(self) -> None:
        connection = self.store.connection()
        make_tables(connection)
        for table in TABLES:
            connection.execute(f"DELETE FROM {table}")

    def versions(self) -> dict[int, int]:
        return dict(self.store.connection().execute("SELECT id, version FROM search_place").fetchall())

    def is_current(self) -> bool:
        """Whether the index was made by the analysis that reads questions now."""
        found = self.store.connection().execute("SELECT value FROM search_meta WHERE name = 'analysis'").fetchone()
        return found is not None and found[0] == analysis_version()

    # ── asking ──────────────────────────────────────────────────────────────

    def search(self, query: Query, *, at: datetime | None = None) -> Results:
        at = at or timezone.now()
        connection = self.store.connection()
        asked = understand(query.words)
        chooser = Chooser(connection, query, asked.conditions, at)
        windows = self._windows(connection, query, asked) if query.page == 1 else {}
        found, relaxed, dropped, wanted = self._found(connection, query, self._for_places(asked, windows), chooser)
        kept = [item for item in found if chooser.allows(item.row)]
        facets = chooser.facets([item.row for item in found])
        ordered = self._ordered(kept, query, chooser)
        first = (max(query.page, 1) - 1) * query.size
        hits = tuple(self._hit(item, chooser) for item in ordered[first : first + query.size])
        return Results(
            hits=hits,
            total=len(ordered),
            windows=self._best_windows(windows),
            facets=facets,
            relaxed=relaxed and bool(ordered),
            dropped=dropped if ordered else (),
            did_you_mean=self._did_you_mean(connection, asked) if wanted and not kept and not windows else "",
        )

    @staticmethod
    def _best_windows(windows: dict[int, tuple[float, frozenset[str]]]) -> tuple[int, ...]:
        """The best three, and none far below the best."""
        order = sorted(windows, key=lambda number: (-windows[number][0], number))
        return tuple(number for number in order[:3] if windows[number][0] >= windows[order[0]][0] * 0.6)

    @staticmethod
    def _for_places(asked: Understood, windows: dict[int, tuple[float, frozenset[str]]]) -> Understood:
        """借金 ごはん: what a window answers is not asked of places as well, as long as something else is."""
        answered = {said for _, words in windows.values() for said in words}
        rest = tuple(concept for concept in asked.concepts if concept.said not in answered)
        return replace(asked, concepts=rest) if rest and answered else asked

    def _found(
        self, connection: Any, query: Query, asked: Understood, chooser: "Chooser"
    ) -> tuple[list[Found], bool, tuple[str, ...], bool]:
        """(candidates with scores, whether words were let go, which, whether there were words at all)."""
        if not asked.concepts:
            rows = list(chooser.rows(connection, None))
            bare = Score(0.0, (), ())
            unread = bool(asked.text.strip()) and not asked.conditions
            return ([] if unread else [Found(row, bare, False) for row in rows]), False, (), unread
        ranked = self._ranked(connection, asked)
        rows = list(chooser.rows(connection, ranked))
        total = connection.execute("SELECT COUNT(*) FROM search_place").fetchone()[0]
        rare = rarity(asked, rows, total)
        scored = [Found(row, score(asked, row.fields, row.activities, row.sound, rare), False) for row in rows]
        strict = [item for item in scored if not item.score.missing]
        if sum(chooser.allows(item.row) for item in strict) >= FEW:
            return strict, False, (), True
        loose = self._loose(asked, scored, strict)
        if not strict and not loose:
            loose = self._by_sound(connection, asked, chooser)
        # Words that none of the further places has; a word that some of them have was not let go.
        dropped = tuple(c.said for c in asked.concepts if loose and all(c.said in item.score.missing for item in loose))
        return strict + loose, bool(loose), dropped, True

    def _loose(self, asked: Understood, scored: list[Found], strict: list[Found]) -> list[Found]:
        """Some of the words, or what is related to them; marked as what they are, and never many."""
        known = {item.row.id for item in strict}
        loose = [item for item in scored if item.row.id not in known and item.score.value > LEAST]
        loose.sort(key=lambda item: -item.score.value)
        # Far below the best of them it is chance.
        floor = loose[0].score.value * 0.3 if loose else 0.0
        return [Found(item.row, item.score, True) for item in loose[:LOOSE] if item.score.value >= floor]

    def _ranked(self, connection: Any, asked: Understood) -> list[int]:
        """The places in which at least one word stands, the most telling first."""
        words = {norm for concept in asked.concepts for term, _ in concept.alternatives for norm in term.norms}
        words |= {concept.sound for concept in asked.concepts if concept.sound}
        quoted = " OR ".join(
            '"' + word.replace('"', '""') + '"' for word in sorted(words) if any(c.isalnum() for c in word)
        )
        if not quoted:
            return []
        rows = connection.execute(
            "SELECT rowid FROM search_words WHERE search_words MATCH ?"
            " ORDER BY bm25(search_words, 6.0, 5.0, 1.0) LIMIT ?",
            [quoted, RANKED],
        ).fetchall()
        found = [row[0] for row in rows]
        if asked.sound and len(asked.sound) > 2:
            like = connection.execute(
                "SELECT id FROM search_place WHERE sound LIKE ? LIMIT 50", [f"%{_escaped(asked.sound)}%"]
            )
            found += [row[0] for row in like.fetchall()]
        return list(dict.fromkeys(found))

    def _by_sound(self, connection: Any, asked: Understood, chooser: "Chooser") -> list[Found]:
        """Nothing found: what sounds most alike, by shared pairs of kana. Always marked as relaxed."""
        pairs = bigrams(asked.sound)
        if len(pairs) < 2:
            return []
        near: list[tuple[float, int]] = []
        for number, sound in connection.execute("SELECT id, sound FROM search_place"):
            alike = max((_dice(pairs, bigrams(part)) for part in sound.split(" ") if part), default=0.0)
            if alike >= 0.6:
                near.append((alike, number))
        near.sort(reverse=True)
        alike_by = {number: alike for alike, number in near[:20]}
        missing = tuple(concept.said for concept in asked.concepts)
        rows = chooser.rows(connection, list(alike_by))
        return [Found(row, Score(alike_by[row.id], missing, ()), True) for row in rows]

    def _ordered(self, kept: list[Found], query: Query, chooser: "Chooser") -> list[Found]:
        far = 10**12
        match query.sort:
            case "next":
                return sorted(
                    kept, key=lambda i: (i.relaxed, chooser.next_of(i.row.id) or far, -i.score.value, i.row.id)
                )
            case "near" if query.near:
                return sorted(kept, key=lambda i: (i.relaxed, chooser.metres(i.row) or far, i.row.id))
            case "fresh":
                return sorted(kept, key=lambda i: (i.relaxed, _backwards(i.row.confirmed), i.row.id))
        has_words = any(item.score.value for item in kept)
        return sorted(
            kept,
            key=lambda i: (
                i.relaxed,
                -round(i.score.value + chooser.bonus(i.row), 2) if has_words or chooser.soft else 0,
                chooser.next_of(i.row.id) or far,
                i.row.id,
            ),
        )

    def _hit(self, item: Found, chooser: "Chooser") -> Hit:
        starts = chooser.next_of(item.row.id)
        metres = chooser.metres(item.row)
        return Hit(
            place=item.row.id,
            score=round(item.score.value, 3),
            activities=item.score.activities,
            next_at=datetime.fromtimestamp(starts, tz=timezone.get_default_timezone()) if starts else None,
            metres=round(metres) if metres is not None else None,
            relaxed=item.relaxed,
        )

    def _windows(self, connection: Any, query: Query, asked: Understood) -> dict[int, tuple[float, frozenset[str]]]:
        """{window: (how well, which words it answers)} for the troubles in the question."""
        near: dict[int, tuple[float, frozenset[str]]] = {}
        if not asked.concepts:
            return near
        for number, town, fields, sound in connection.execute(
            "SELECT id, municipality, fields, sound FROM search_window"
        ):
            if query.municipalities and town not in query.municipalities:
                continue
            values = {c.said: answers(c, json.loads(fields), sound) for c in asked.concepts}
            best = max(values.values())
            if best >= 2.5:
                near[number] = (best, frozenset(said for said, value in values.items() if value >= 2.5))
        return near

    # ── suggesting ──────────────────────────────────────────────────────────

    def suggest(self, text: str, *, municipalities: tuple[int, ...] = (), size: int = 8) -> list[str]:
        """Names, kinds and districts that begin with what is typed: as written, in kana, in romaji."""
        typed = clean(text)[:40]
        if not typed:
            return []
        sound = squeezed(romaji_to_kana(typed) or typed)
        rows = self.store.connection().execute(
            "SELECT name, municipality FROM search_place"
            " WHERE name LIKE ? ESCAPE '\\' OR (? <> '' AND yomi LIKE ? ESCAPE '\\')"
            " OR (? <> '' AND sound LIKE ? ESCAPE '\\') ORDER BY length(name), name LIMIT ?",
            [f"{_like(typed)}%", sound, f"{_like(sound)}%", sound, f"{_like(sound)}%", size * 4],
        )
        wanted = [name for name, town in rows.fetchall() if not municipalities or town in municipalities]
        districts = self.store.connection().execute(
            "SELECT DISTINCT district_words FROM search_place WHERE district_words LIKE ? ESCAPE '\\' LIMIT 3",
            [f"{_like(typed)}%"],
        )
        return list(dict.fromkeys([*wanted, *[row[0] for row in districts.fetchall() if row[0]]]))[:size]

    def _did_you_mean(self, connection: Any, asked: Understood) -> str:
        """A name or a known word that sounds nearly like what was typed, or nothing."""
        from search.words import vocabulary

        if len(asked.sound) < 3:
            return ""
        pairs = bigrams(asked.sound)
        best, found = 0.0, ""
        for name, sound in connection.execute("SELECT name, sound FROM search_place"):
            alike = _dice(pairs, bigrams(sound.split(" ")[0]))
            if alike > best:
                best, found = alike, name
        for sound, key in vocabulary().sounds.items():
            alike = _dice(pairs, bigrams(sound))
            if alike > best:
                best, found = alike, "".join(key)
        return found if best >= 0.55 and squeezed(found) != asked.sound and clean(found) != asked.text else ""


def _texts(document: Document) -> dict[str, str]:
    return {
        "name": document.name,
        "kind": document.kind_words,
        "activity": " ".join(activity.name for activity in document.activities if activity.name != document.name),
        "tags": " ".join(document.tags),
        "wants": " ".join(document.wants),
        "lead": document.lead,
        "body": " ".join([document.body, *[activity.text for activity in document.activities]]),
        "district": document.district_words,
    }


def _dice(a: set[str], b: set[str]) -> float:
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def _escaped(text: str) -> str:
    return text.replace("%", "").replace("_", "")


def _like(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _backwards(day: str) -> int:
    return -date.fromisoformat(day).toordinal() if day else 1
