"""What was nearly typed: suggestions, もしかして, and the places that sound most alike, on the embedded index."""

from typing import Any

from search.text import bigrams, clean, romaji_to_kana, squeezed
from search.understanding import Understood
from search.words import Vocabulary, vocabulary

# Dice coefficients of pairs of kana; below them two names only look alike by chance.
ALIKE, MEANT = 0.6, 0.55
LOOKED_AT = 100


def dice(a: set[str], b: set[str]) -> float:
    """0 … 1: shared pairs of kana among all of both."""
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def alike(connection: Any, sound: str) -> dict[int, int]:
    """{place: points} of the places with a reading that sounds like this."""
    pairs = bigrams(sound)
    if len(pairs) < 2:
        return {}
    found = {}
    for number, _name, sounds in _sharing(connection, pairs):
        best = max((dice(pairs, bigrams(part)) for part in sounds.split(" ") if part), default=0.0)
        if best >= ALIKE:
            found[number] = round(best * 100)
    return found


def _sharing(connection: Any, pairs: set[str]) -> list[tuple[int, str, str]]:
    """(number, name, sounds) of the places that share most pairs."""
    from .embedded import fts_word

    marks = ",".join("?" * len(pairs))
    rows = connection.execute(
        f"SELECT doc, COUNT(*) FROM search_instance WHERE term IN ({marks}) AND col = 'pairs'"
        " GROUP BY doc ORDER BY COUNT(*) DESC, doc LIMIT ?",
        [*map(fts_word, sorted(pairs)), LOOKED_AT],
    ).fetchall()
    found = []
    for number, _count in rows:
        row = connection.execute("SELECT id, name, sounds FROM search_place WHERE id = ?", [number]).fetchone()
        if row:
            found.append(row)
    return found


def did_you_mean(
    connection: Any, asked: Understood, municipalities: tuple[int, ...], words: Vocabulary | None = None
) -> str:
    """A name or a known word that sounds nearly like what was typed, or nothing."""
    pairs = bigrams(asked.sound)
    if len(asked.sound) < 3:
        return ""
    inside = {row[0] for row in connection.execute(*_in_towns(municipalities))} if municipalities else None
    heard = [
        (name, sounds.split(" ")[0])
        for number, name, sounds in _sharing(connection, pairs)
        if inside is None or number in inside
    ]
    return meant(asked, heard, words)


def _in_towns(municipalities: tuple[int, ...]) -> tuple[str, list[int]]:
    marks = ",".join("?" * len(municipalities))
    return f"SELECT p.id FROM search_place p, json_each(p.towns) t WHERE t.value IN ({marks})", list(municipalities)


def meant(asked: Understood, heard: list[tuple[str, str]], words: Vocabulary | None = None) -> str:
    """The best of (name, sound) and the vocabulary; the same whatever engine collected the names."""
    pairs = bigrams(asked.sound)
    best, found = 0.0, ""
    known = [("".join(key), sound) for sound, key in (words or vocabulary()).sounds.items()]
    for name, sound in [*sorted(heard), *known]:
        likeness = dice(pairs, bigrams(sound))
        if likeness > best:
            best, found = likeness, name
    same = squeezed(found) == asked.sound or clean(found) == asked.text
    return found if best >= MEANT and not same else ""


def suggest(connection: Any, text: str, municipalities: tuple[int, ...], size: int) -> list[str]:
    """Names and districts that begin with what is typed: as written, in kana, in romaji."""
    typed = clean(text)[:40]
    if not typed:
        return []
    sound = squeezed(romaji_to_kana(typed) or typed)
    marks = ",".join("?" * len(municipalities))
    town = f" AND EXISTS (SELECT 1 FROM json_each(towns) t WHERE t.value IN ({marks}))" if municipalities else ""
    names = connection.execute(
        "SELECT name FROM search_place WHERE (name LIKE ? ESCAPE '\\' OR (? <> '' AND (yomi LIKE ? ESCAPE '\\'"
        f" OR sounds LIKE ? ESCAPE '\\'))){town} ORDER BY length(name), name LIMIT ?",
        [f"{_like(typed)}%", sound, f"{_like(sound)}%", f"{_like(sound)}%", *municipalities, size],
    ).fetchall()
    districts = connection.execute(
        f"SELECT DISTINCT district_words FROM search_place WHERE district_words LIKE ? ESCAPE '\\'{town}"
        " ORDER BY 1 LIMIT 3",
        [f"{_like(typed)}%", *municipalities],
    ).fetchall()
    return list(dict.fromkeys(row[0] for row in [*names, *districts] if row[0]))[:size]


def _like(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
