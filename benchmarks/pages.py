"""What our pages cost: each against a bare Wagtail page of the same site, through the whole stack of middleware.

Builds the demo in a scratch folder, then asks each page in turn with the bare one.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figure import Figure, parser, show

COMMAND = "python -m benchmarks.pages"


def pages() -> dict[str, str]:
    from directory.models import Place
    from website.models import Article

    code = Place.objects.published().filter(municipality__is_sample=True).first()
    article = Article.objects.live().first()
    assert code is not None and article is not None, "the demo has no place or no article"
    return {
        "search.empty": "/search/",
        "search.words": "/search/?q=将棋",
        "search.words and choices": "/search/?q=お茶&how=free&when=week",
        "place": f"/p/{code.code}/",
        "calendar": "/calendar/",
        "windows": "/windows/",
        "bare": article.url or "/",
    }


def measured(times: int) -> Iterator[Figure]:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from directory.models import Municipality

    town = Municipality.objects.get(name="見本町")
    client = Client(SERVER_NAME="localhost")
    client.cookies["town"] = town.code
    addresses = pages()
    bare = addresses.pop("bare")
    for name, address in addresses.items():
        spent: dict[str, list[float]] = {"ours": [], "bare": []}
        for _ in range(times):
            for which, url in (("ours", address), ("bare", bare)):
                begun = time.perf_counter()
                answer = client.get(url)
                spent[which].append(time.perf_counter() - begun)
                assert answer.status_code == 200, (url, answer.status_code)
        ours, baseline = statistics.median(spent["ours"]), statistics.median(spent["bare"])
        yield Figure(f"page.{name}.p50_ms", ours * 1000, baseline * 1000, ours / baseline, command=COMMAND)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(address)
        yield Figure(f"page.{name}.database_queries", len(queries), command=COMMAND)


def main() -> int:
    arguments = parser(__doc__)
    arguments.add_argument("--times", type=int, default=40, help="requests of each page")
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
        for command in ("migrate", "collectstatic"):
            call_command(command, verbosity=0, interactive=False)
        with Path(os.devnull).open("w") as nowhere:
            call_command("demo", stdout=nowhere)
        show(measured(given.times), as_json=given.json)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
