"""Judged matching cases: `python -m benchmarks.cases [--cases FILE_OR_FOLDER] [--json] [-v]`.

Each file becomes a town in a scratch database (case_town.py): places as listings, people by the actions staff use. What
is judged is what the desk would show, and the pages are read for what must stay hidden.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any

from django.db import transaction

from benchmarks import figure
from benchmarks.case_files import words
from benchmarks.case_topics import is_asked
from benchmarks.case_town import CaseTown
from benchmarks.townsfolk import scratch_site
from matching.candidates.batch import share
from matching.candidates.explanation import NEUTRAL, explain, why_not
from matching.candidates.facts import PersonFacts, PlaceFacts
from matching.candidates.finding import Candidates, people_for
from matching.candidates.near_miss import REMEDIES, summed

Row = Mapping[str, Any]
EVERYONE_FOUND = 0.9


@dataclass
class Tally:
    """Hits and misses under one name; the misses are printed with -v."""

    wanted: int = 0
    found: int = 0
    notes: list[str] = field(default_factory=list)

    def count(self, hit: bool, note: str) -> None:
        self.wanted += 1
        self.found += hit
        if not hit:
            self.notes.append(note)

    @property
    def misses(self) -> int:
        return self.wanted - self.found

    @property
    def share(self) -> float | None:
        return self.found / self.wanted if self.wanted else None


class Report:
    """One tally per figure."""

    def __init__(self) -> None:
        self.tallies: dict[str, Tally] = {}

    def count(self, name: str, hit: bool, note: str) -> None:
        self.tallies.setdefault(name, Tally()).count(hit, note)

    def __getitem__(self, name: str) -> Tally:
        return self.tallies.setdefault(name, Tally())


def ids(value: Any) -> list[str]:
    """Places of a judgement, given as ids, as objects with `place`, or as {place: …}."""
    if not value:
        return []
    rows = list(value) if not isinstance(value, str) else [value]
    return [str(row["place"] if isinstance(row, Mapping) else row) for row in rows]


def questions_by_place(value: Any) -> dict[str, list[str]]:
    if isinstance(value, Mapping):
        return {str(key): list(words(each)) for key, each in value.items()}
    return {
        str(row["place"] if isinstance(row, Mapping) else row): list(
            words(row.get("questions")) if isinstance(row, Mapping) else ()
        )
        for row in value or ()
    }


def relax_words(value: Any) -> frozenset[str]:
    """`人数`, `音` and `人数・音` are one remedy."""
    found = set()
    for word in words(value):
        known = [name for name in REMEDIES if name == word or word in name.split("・")]
        found.add(known[0] if known else word)
    return frozenset(found)


def shown(person_facts: PersonFacts, found: Candidates, places: list[PlaceFacts]) -> dict[str, Any]:
    """Everything a worker could see for one person: lists, explanations, remedies, sums, why-not of what is listed."""
    everything = [*found.in_order, *found.ask_first, *found.full, *found.excluded]
    by_id = {each.id: each for each in places}
    return {
        "lists": [
            (
                each.place_id,
                each.place_name,
                each.state,
                int(each.band),
                each.coverage,
                [q.words for q in each.questions],
            )
            for each in everything
        ],
        "explained": [[str(line) for line in explain(each)] for each in everything],
        "why_not": [[str(line) for line in why_not(person_facts, by_id[each.place_id])] for each in everything],
        "near": [(miss.place_id, miss.sets) for miss in found.near_misses],
        "summed": [(each.remedy.relax, each.people, each.places, each.pairs) for each in summed([found.near_misses])],
        "questions": [(question.words, number) for question, number in found.questions],
    }


class Client:
    """One judged client: what the file expects and what the product says."""

    def __init__(self, row: Row, judgement: Row, town: CaseTown) -> None:
        self.judgement, self.town = judgement, town
        self.id = str(row["id"])
        self.facts, self.found, self.places = town.judged(self.id)
        self.hidden = set(ids(judgement.get("safety_hidden")))

    def check(self, report: Report) -> None:
        self.check_violations(report)
        self.check_leaks(report)
        self.check_bands(report)
        self.check_questions(report)
        self.check_near_misses(report)
        self.check_sensitive(report)

    def check_violations(self, report: Report) -> None:
        proposed = {each.place_id for each in (*self.found.in_order, *self.found.ask_first, *self.found.full)}
        for row in self.judgement.get("never") or ():
            place_id, why = ids([row])[0], row.get("constraints") if isinstance(row, Mapping) else ""
            report.count("hard_violations", place_id not in proposed, f"{self.id} → {place_id} proposed: {why}")
        for place_id in ids(self.judgement.get("full")):
            offered = {each.place_id for each in (*self.found.in_order, *self.found.ask_first)}
            report.count("hard_violations", place_id not in offered, f"{self.id} → {place_id} proposed though full")

    def check_leaks(self, report: Report) -> None:
        """Ids in any list, names in any text; the reverse list and the neutral sentence too."""
        seen = json.dumps(shown(self.facts, self.found, self.places), ensure_ascii=False)
        names = sorted({each.name for each in self.places if each.id not in self.hidden}, key=len, reverse=True)
        text = seen
        for name in names:
            text = text.replace(name, "")
        for each in self.places:
            if each.id not in self.hidden:
                continue
            listed = f'"{each.id}"' in seen or each.name in text
            reverse = bool(people_for(each, [self.facts]))
            told = [str(line) for line in why_not(self.facts, each)] != [NEUTRAL]
            report.count("hidden_leaks", not (listed or reverse or told), f"{self.id} → {each.id} leaked")
            note = f"{self.id} → {each.id}: the desk does not keep it from this person"
            report.count("hidden_leaks", self.town.refuses(self.id, each.id), note)
        for page in map(unescape, self.town.pages_of(self.id)):
            for name in names:
                page = page.replace(name, "")
            leaked = [each.id for each in self.places if each.id in self.hidden and each.name in page]
            report.count("hidden_leaks", not leaked, f"{self.id}: {leaked} on a page")

    def check_bands(self, report: Report) -> None:
        order = [each.place_id for each in self.found.in_order]
        top = next((band for band in self.found.bands.values() if band), ())
        top_ids = {each.place_id for each in top}
        state = {each.place_id: each for each in self.everything}
        good, weak = ids(self.judgement.get("good")), ids(self.judgement.get("weak"))
        for place_id in good:
            report.count("good_in_top_band", place_id in top_ids, f"{self.id} → {place_id}: {self.say(place_id)}")
        for low in weak:
            for high in good:
                above = low in order and high in order and order.index(low) < order.index(high)
                note = f"{self.id}: {low} above {high}: {self.say(low)} / {self.say(high)}"
                report.count("weak_above_good", not above, note)
        for place_id in good + weak + ids(self.judgement.get("ok")):
            note = f"{self.id} → {place_id}: {self.say(place_id)}"
            report.count("fitting_not_proposed", place_id in state and place_id in order, note)

    @property
    def everything(self) -> list[Any]:
        return [*self.found.in_order, *self.found.ask_first, *self.found.full, *self.found.excluded]

    def say(self, place_id: str) -> str:
        each = next((each for each in self.everything if each.place_id == place_id), None)
        if each is None:
            return "nowhere"
        lines = " | ".join(str(line) for line in explain(each) if line.mark != "○")
        return f"{each.state} {each.band.words} {each.ranking.fit or 0:.2f}/{each.coverage} {lines}"

    def check_questions(self, report: Report) -> None:
        listed = {each.place_id: each for each in (*self.found.in_order, *self.found.ask_first)}
        for place_id, expected in questions_by_place(self.judgement.get("ask_first")).items():
            each = listed.get(place_id)
            report.count("unknown_excluded", each is not None, f"{self.id} → {place_id}: {self.say(place_id)}")
            asked = [(question.key, question.words) for question in each.questions] if each else []
            for question in expected:
                note = f"{self.id} → {place_id}: {question} not among {asked}"
                report.count("questions_asked", is_asked(question, asked), note)

    def check_near_misses(self, report: Report) -> None:
        near = {miss.place_id: {frozenset(each) for each in miss.sets} for miss in self.found.near_misses}
        for row in self.judgement.get("near_miss") or ():
            if not isinstance(row, Mapping):
                # A judge who names the place only leaves the remedies to us.
                report.count("near_miss_found", str(row) in near, f"{self.id} → {row}: {self.say(str(row))}")
                continue
            if row.get("optional"):
                continue
            place_id, relax = str(row["place"]), relax_words(row.get("relax"))
            note = f"{self.id} → {place_id}: {sorted(relax)} not in {near.get(place_id)} {self.say(place_id)}"
            report.count("near_miss_found", relax in near.get(place_id, set()), note)
        fixed = {
            str(row["place"])
            for row in self.judgement.get("never") or ()
            if isinstance(row, Mapping) and row.get("relaxable") is False
        }
        for place_id in fixed | self.hidden:
            note = f"{self.id} → {place_id}: {near.get(place_id)}"
            report.count("near_miss_forbidden", place_id not in near, note)

    def check_sensitive(self, report: Report) -> None:
        """Everything sensitive that a record can hold, written down at once, changes nothing that is shown."""
        before = shown(self.facts, self.found, self.places)
        with transaction.atomic():
            self.town.tell_all_that_is_sensitive(self.town.clients[self.id])
            after = shown(*self.town.judged(self.id))
            transaction.set_rollback(True)
        self.town.clients[self.id].refresh_from_db()
        report.count("sensitive_changed", before == after, f"{self.id}: a sensitive trait changed what is shown")


def check_batch(batch: Row, report: Report) -> None:
    """The board reaches the optimum: people placed, bands worst first, total."""
    seats: dict[str, int] = {}
    for slot in batch["slots"]:
        seats[str(slot["place"])] = seats.get(str(slot["place"]), 0) + int(slot.get("seats") or 0)
    forbidden = frozenset(_pairs(batch.get("not_allowed")))
    bands = {
        str(client): {str(place_id): band for place_id, band in (options or {}).items() if band}
        for client, options in batch["bands"].items()
    }
    waiting = {str(client): int(days or 0) for client, days in (batch.get("waiting_days") or {}).items()}
    shared = share(seats, bands, waiting_days=waiting, forbidden=forbidden)
    best = batch.get("optimum")
    if not isinstance(best, Mapping):
        return
    ours = (shared.placed, sorted(shared.bands_sorted), shared.total)
    reached = ours == (best["placed"], sorted(best["bands_sorted"]), best["total"])
    broken = [pair for pair in shared.assignments.items() if pair in forbidden]
    note = f"{batch.get('id')}: {ours} {dict(shared.assignments)} against {best}; forbidden {broken}"
    report.count("batch_optimum", reached and not broken, note)


def _pairs(value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for client, places in value.items():
            yield from ((str(client), place_id) for place_id in words(places))
        return
    for row in value or ():
        if isinstance(row, Mapping):
            yield from ((str(row.get("client")), place_id) for place_id in words(row.get("place") or row.get("places")))
        else:
            yield str(row[0]), str(row[1])


def run(data: Row) -> Report:
    """Judge every client of one file; needs a database, and leaves nothing in it."""
    report = Report()
    judgements = data.get("judgements") or {}
    if not isinstance(judgements, Mapping):
        judgements = {str(row.get("client") or row["id"]): row for row in judgements}
    with transaction.atomic():
        town = CaseTown(data)
        for row in data["clients"]:
            if judgement := judgements.get(str(row["id"])):
                Client(row, judgement, town).check(report)
        # The town was only for judging.
        transaction.set_rollback(True)
    batches = data.get("batch") or []
    for batch in [batches] if isinstance(batches, Mapping) else batches:
        check_batch(batch, report)
    return report


COUNTS = [
    "hard_violations", "hidden_leaks", "weak_above_good", "unknown_excluded", "near_miss_forbidden",
    "sensitive_changed", "fitting_not_proposed",
]  # fmt: skip
SHARES = {
    "good_in_top_band": EVERYONE_FOUND,
    "questions_asked": EVERYONE_FOUND,
    "near_miss_found": 1.0,
    "batch_optimum": 1.0,
}


def figures(report: Report, command: str) -> Iterator[figure.Figure]:
    for name in COUNTS:
        ours = report[name].misses
        # Judges differ on what must be asked before a place that suits; every other count must be nothing.
        goal, holds = ("", None) if name == "fitting_not_proposed" else ("0", ours == 0)
        yield figure.Figure(f"matching.{name}", ours, goal=goal, holds=holds, command=command)
    for name, least in SHARES.items():
        share_found = report[name].share
        holds = None if share_found is None else share_found >= least
        yield figure.Figure(f"matching.{name}", share_found, goal=f"≥ {least}", holds=holds, command=command)


def main() -> int:
    parser = figure.parser(__doc__)
    parser.add_argument(
        "--cases", type=Path, default=Path("tests/matching/cases"), help="one judged file, or a folder of them"
    )
    parser.add_argument("-v", "--verbose", action="store_true", help="every case that falls short")
    options = parser.parse_args()
    files = sorted(options.cases.glob("*.json")) if options.cases.is_dir() else [options.cases]
    with scratch_site():
        return 1 if judge(files, options) or not files else 0


def judge(files: list[Path], options: argparse.Namespace) -> bool:
    """Print every figure of every file; whether any falls short."""
    failed = False
    for path in files:
        report = run(json.loads(path.read_text(encoding="utf-8-sig")))
        found = list(figures(report, f"python -m benchmarks.cases --cases {path}"))
        figure.show(found, as_json=options.json)
        failed = failed or any(each.holds is False for each in found)
        if options.verbose:
            for name, tally in report.tallies.items():
                for note in tally.notes:
                    print(f"{name}: {note}", file=sys.stderr)
    return failed


if __name__ == "__main__":
    raise SystemExit(main())
