"""What matching costs at a size: candidates, the sums of あと一歩, the board, the list of people.

A made-up town is written into a scratch database; each figure is told with what it is measured against in the same run.
"""

import gc
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import numpy as np

from benchmarks.figure import Figure, parser, show
from benchmarks.search import percentile
from benchmarks.townsfolk import build_town, scratch_site

COMMAND = "python -m benchmarks.matching"


def seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def candidates(places: int, times: int) -> Iterator[Figure]:
    """One person's places, against judging every place of the town in full."""
    from django.utils import timezone

    from matching.candidates.finding import find
    from matching.facts_of import person_facts, place_facts, places_to_judge
    from matching.models import Client, Sketch
    from matching.options import options_for

    town = build_town(places, 40)
    today = timezone.localdate()
    people = list(Client.objects.all())
    yield Figure(f"candidates.{places}.first_ever_s", seconds(lambda: options_for(people[0])), command=COMMAND)

    def whole() -> None:
        facts = [place_facts(place, today=today) for place in places_to_judge(town, today=today)]
        find(person_facts(people[0], today=today), facts)

    baseline = seconds(whole)
    # As website/wsgi.py does when the process has started.
    gc.collect()
    gc.freeze()
    spent = []
    for turn in range(times):
        person = people[turn % len(people)]
        begun = time.perf_counter()
        options_for(person)
        spent.append(time.perf_counter() - begun)
    for share, name in ((0.5, "p50"), (0.95, "p95")):
        value = percentile(spent, share)
        goal: dict[str, Any] = {"goal": "≤ 200", "holds": value <= 0.2} if name == "p95" else {}
        yield Figure(
            f"candidates.{places}.{name}_ms", value * 1000, baseline * 1000, value / baseline, command=COMMAND, **goal
        )
    yield Figure(f"candidates.{places}.sketches", Sketch.objects.count(), command=COMMAND)


def needs(places: int, people: int) -> Iterator[Figure]:
    """あと一歩 over everybody, against judging one pair at a time (measured on a part, and scaled up)."""
    from django.utils import timezone

    from matching.candidates.finding import find
    from matching.facts_of import person_facts, place_facts, places_to_judge
    from matching.models import Client
    from matching.needs import town_needs

    town = build_town(places, people, seed=2)
    today = timezone.localdate()
    facts = [place_facts(place, today=today) for place in places_to_judge(town, today=today)[:500]]
    some = list(Client.objects.filter(municipality=town)[:3])
    pairs = seconds(lambda: [find(person_facts(one, today=today), facts) for one in some])
    baseline = pairs / (len(some) * len(facts)) * places * people
    town_needs(town, today=today)
    spent = seconds(lambda: town_needs(town, today=today))
    yield Figure(
        f"needs.{people}x{places}.s", spent, baseline, spent / baseline, goal="≤ 10", holds=spent <= 10, command=COMMAND
    )


def board(people: int, seats: int, times: int) -> Iterator[Figure]:
    """The batch proposal, against SciPy's solver on the same table; the number placed against a maximum matching."""
    from scipy.optimize import linear_sum_assignment
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import maximum_bipartite_matching

    from matching.candidates.batch import share

    chance = random.Random(5)
    names = [f"place{number}" for number in range(seats)]
    bands = {
        f"person{number}": {name: chance.randint(1, 3) for name in chance.sample(names, chance.randrange(9))}
        for number in range(people)
    }
    places = dict.fromkeys(names, 1)
    spent = [seconds(lambda: share(places, bands)) for _turn in range(times)]
    table = np.array([[4 - options.get(name, 0) for name in names] for options in bands.values()])
    bare = [seconds(lambda: linear_sum_assignment(table)) for _turn in range(times)]
    ours, baseline = statistics.median(spent), statistics.median(bare)
    yield Figure(
        f"board.{people}x{seats}.ms", ours * 1000, baseline * 1000, ours / baseline, goal="≤ 100", holds=ours <= 0.1,
        command=COMMAND,
    )  # fmt: skip
    edges = csr_matrix([[name in options for name in names] for options in bands.values()])
    most = int((maximum_bipartite_matching(edges, perm_type="column") >= 0).sum())
    placed = share(places, bands).placed
    yield Figure(f"board.{people}x{seats}.placed", placed, most, placed / most, "= most", placed == most, COMMAND)


def caseload(people: int, times: int) -> Iterator[Figure]:
    """The list of people, against a bare Wagtail page through the same stack."""
    from django.test import Client as Browser
    from django.urls import reverse
    from wagtail.models import Page, Site

    from directory.models import User
    from website.models import Article

    build_town(0, people, seed=3)
    root = Page.objects.get(depth=1)
    bare = root.add_child(instance=Article(title="はかり", slug="measure"))
    Site.objects.update_or_create(is_default_site=True, defaults={"hostname": "localhost", "root_page": bare})
    desk, visitor = Browser(SERVER_NAME="localhost"), Browser(SERVER_NAME="localhost")
    desk.force_login(User.objects.get(email="worker@example.jp"))
    spent: dict[str, list[float]] = {"ours": [], "bare": []}
    for _turn in range(times):
        for which, browser, address in (("ours", desk, reverse("desk_people")), ("bare", visitor, "/")):
            begun = time.perf_counter()
            answer = browser.get(address)
            spent[which].append(time.perf_counter() - begun)
            assert answer.status_code == 200, (address, answer.status_code)
    ours, baseline = statistics.median(spent["ours"]), statistics.median(spent["bare"])
    yield Figure(
        f"caseload.{people}.p50_ms", ours * 1000, baseline * 1000, ours / baseline, goal="≤ 1.5",
        holds=ours / baseline <= 1.5, command=COMMAND,
    )  # fmt: skip


def weights(places: int, people: int, times: int) -> Iterator[Figure]:
    """Trying other weights for these people, against opening the page of each of them twice."""
    from django.utils import timezone

    from matching.candidates.rules import DEFAULT
    from matching.models import Client
    from matching.options import options_for
    from matching.rules_preview import preview

    town, today = build_town(places, people), timezone.localdate()
    clients = list(Client.objects.select_related("municipality"))
    other = replace(DEFAULT, weights=MappingProxyType({"interests": 0.5, "wanted_group_size": 2.0}))

    def pages() -> None:
        for client in clients:
            options_for(client, today=today)
            options_for(client, today=today, rules=other)

    spent = [seconds(lambda: preview(clients, town, other, today=today)) for _turn in range(times)]
    bare = [seconds(pages) for _turn in range(times)]
    ours, baseline = statistics.median(spent), statistics.median(bare)
    yield Figure(f"weights.{people}x{places}.s", ours, baseline, ours / baseline, command=COMMAND)


PARTS: dict[str, Callable[[Any], Iterator[Figure]]] = {
    "candidates": lambda given: candidates(given.places, given.times),
    "needs": lambda _given: needs(2_000, 1_000),
    "weights": lambda _given: weights(60, 40, 3),
    "board": lambda given: board(300, 150, given.times),
    "caseload": lambda given: caseload(5_000, given.times),
}


def main() -> int:
    arguments = parser(__doc__)
    arguments.add_argument("part", nargs="*", choices=[*PARTS, []], help="some of the parts; all by default")
    arguments.add_argument("--places", type=int, default=10_000, help="places of the large town")
    arguments.add_argument("--times", type=int, default=40, help="repetitions")
    given = arguments.parse_args()
    if len(given.part) != 1:
        # Each part has a process and a database of its own: what one keeps in memory must not help the next.
        for part in given.part or PARTS:
            options = [option for option in sys.argv[1:] if option not in PARTS]
            subprocess.run([sys.executable, "-m", "benchmarks.matching", part, *options], check=True)
        return 0
    with scratch_site():
        show(PARTS[given.part[0]](given), as_json=given.json)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
