"""What a broken cluster costs: a question, and a save, under each fault, against the same with a healthy one.

Needs ELASTICSEARCH_URL. The faults are made by the proxy of the tests, before the real server.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.figure import Figure, parser, show

COMMAND = "python -m benchmarks.faults"
FAULTS = ("", "refuse", "503", "hang", "cut", "slow", "partial", "nonsense")


def seconds(times: int, work: Callable[[], object]) -> list[float]:
    found = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        found.append(time.perf_counter() - begun)
    return found


def measured(url: str, times: int) -> Iterator[Figure]:
    from django.conf import settings
    from django.db import transaction

    import search.engines as engines
    from directory.actions.recording import changed
    from directory.models import Place
    from search.engines.elastic import ElasticsearchEngine, connect
    from search.engines.guarded import Breaker, GuardedEngine
    from search.query import Query
    from search.rebuilding import rebuild
    from tests.servers.proxy import faulty

    settings.ELASTICSEARCH_URL, settings.SEARCH_ALIAS = url, "places-faults"
    rebuild()
    place = Place.objects.published().first()
    assert place is not None

    def save() -> None:
        with transaction.atomic():
            changed(place, action="bench.save", by=None)

    with faulty(url) as proxy:
        main = ElasticsearchEngine(connect(proxy.url), "places-faults", engines.embedded())
        whole: dict[str, float] = {}
        for fault in FAULTS:
            proxy.fault = ""
            pages = GuardedEngine(main, engines.embedded(), Breaker(pause=60))
            pages.search(Query(words="お茶"))
            proxy.fault = fault
            first = seconds(1, lambda pages=pages: pages.search(Query(words="お茶")))[0]
            later = statistics.median(seconds(times, lambda pages=pages: pages.search(Query(words="お茶"))))
            saving = statistics.median(seconds(times, save))
            name = fault or "healthy"
            if not fault:
                whole = {"first": first, "later": later, "saving": saving}
            for what, value in (("first question", first), ("later questions", later), ("saving", saving)):
                baseline = whole[what.split()[0]]
                goal, holds = ("< 0.3 s more", value - baseline < 0.3) if what == "saving" else ("< 1 s", value < 1)
                yield Figure(
                    f"{name}.{what}_ms", value * 1000, baseline * 1000, value / baseline, goal, holds, COMMAND
                )  # fmt: skip
    engines.elasticsearch(writes=True).clear()


def main() -> int:
    url = os.environ.get("ELASTICSEARCH_URL", "")
    if not url:
        raise SystemExit("ELASTICSEARCH_URL is not set: dev/elasticsearch start, then ELASTICSEARCH_URL=…")
    arguments = parser(__doc__)
    arguments.add_argument("--times", type=int, default=30, help="questions and saves under each fault")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "website.settings.dev",
            "DATA_DIR": folder,
            "DATABASE_URL": f"sqlite:{Path(folder) / 'town.sqlite3'}",
        }
        sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "site"))
        import django
        from django.core.management import call_command

        django.setup()
        from django.conf import settings

        # The sample's changes would write mails to people who do not exist.
        settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
        call_command("migrate", verbosity=0)
        call_command("load_sample", verbosity=0)
        show(measured(url, given.times), as_json=given.json)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
