"""Pages of web editors and pages of errors: the front page, articles, what is said when something breaks."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client, RequestFactory
from wagtail.models import Site

from directory.models import Municipality
from tests.directory.public.conftest import Town, town  # noqa: F401, the town of the public pages
from website import views
from website.blocks import PlaceBlock
from website.models import Article, HomePage
from website.sample import make_pages

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]


def test_the_pages_are_made_once() -> None:
    first = make_pages()
    assert make_pages() == first
    assert HomePage.objects.count() == 1
    assert Site.objects.get(is_default_site=True).root_page.specific == first


def test_the_front_page_offers_three_ways_and_the_week(town: Town, client: Client) -> None:  # noqa: F811
    make_pages()
    body = client.get("/").content.decode()
    ways = [body.index(way) for way in ("行ってみたい", "手伝いたい", "相談したい")]
    assert ways == sorted(ways)
    assert "昼ごはん" in body[body.index("今週開く場") :]


def test_rare_openings_come_before_the_hall_that_opens_daily(town: Town, client: Client) -> None:  # noqa: F811
    make_pages()
    for number in range(7):
        town.opens(town.a_place(f"会館{number}", "かいかん"), "開館", "毎日 9:00～17:00")
    assert "昼ごはん" in client.get("/").content.decode()


def test_an_article_shows_the_next_opening_of_a_place_and_drops_one_that_is_gone(town: Town, client: Client) -> None:  # noqa: F811
    make_pages()
    article = Article.objects.first()
    assert article is not None
    blocks = [{"type": "place", "value": town.house.code}, {"type": "place", "value": "ZZZZZZ"}]
    article.body = json.dumps(blocks)
    article.save_revision().publish()
    body = client.get(article.url).content.decode()
    assert body.count('class="card"') == 1
    assert town.house.name in body


def test_an_editor_is_told_of_a_code_that_is_no_place(town: Town) -> None:  # noqa: F811
    block = PlaceBlock()
    assert block.clean(town.house.code.lower()) == town.house.code
    with pytest.raises(ValidationError, match="場が見つかりません"):
        block.clean("ZZZZZZ")


@pytest.mark.parametrize("address", ["/p/ZZZZZZ/", "/nowhere/", "/articles/none/", "/p/%00/", "/search/nothing/"])
def test_a_missing_page_gives_the_towns_telephone(town: Town, client: Client, address: str) -> None:  # noqa: F811
    client.cookies["town"] = town.municipality.code
    answer = client.get(address)
    assert answer.status_code == 404
    assert "tel:0000112222" in answer.content.decode()


def test_when_something_breaks_the_page_needs_no_database(
    town: Town,  # noqa: F811
    rf: RequestFactory,
    django_assert_num_queries: Any,
) -> None:
    request = rf.get("/")
    request.town = town.municipality
    with django_assert_num_queries(0):
        answer = views.failed(request)
    assert answer.status_code == 500
    assert "tel:0000112222" in answer.content.decode()


def test_when_the_town_is_not_known_either_the_page_still_speaks(rf: RequestFactory) -> None:
    assert "うまく動きませんでした" in views.failed(rf.get("/")).content.decode()


def test_a_form_kept_open_too_long_says_what_to_do(town: Town) -> None:  # noqa: F811
    client = Client(enforce_csrf_checks=True)
    client.cookies["town"] = town.municipality.code
    answer = client.post("/tell/", {"kind": "wish", "words": "将棋の場"})
    assert answer.status_code == 403
    assert "もう一度送ってください" in answer.content.decode()


def test_health_says_alive_and_ready(client: Client) -> None:
    assert client.get("/healthz").json() == {"alive": True}
    assert client.get("/readyz").json() == {"ready": True, "database": True, "disk": True}


def test_robots_stay_out_of_the_signed_in_areas(client: Client) -> None:
    body = client.get("/robots.txt").content.decode()
    assert all(f"Disallow: /{area}/" in body for area in ("host", "desk", "cms", "accounts"))


def test_the_host_name_decides_the_town(client: Client) -> None:
    make_pages()
    site = Site.objects.get(is_default_site=True)
    Municipality.objects.create(
        code="999993", name="山の町", yomi="やまのまち", prefecture="見本県", fallback_phone="0000-99-0000", site=site
    )
    client.cookies["town"] = "999991"
    assert "山の町" in client.get("/windows/").content.decode()


def test_public_pages_are_strict_and_never_hold_inline_code(town: Town, client: Client) -> None:  # noqa: F811
    make_pages()
    for address in ("/", "/search/", town.house.get_absolute_url(), "/calendar/", "/tell/", "/p/ZZZZZZ/"):
        answer = client.get(address)
        policy = answer["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
        body = answer.content.decode()
        assert " style=" not in body, address
        assert " onclick=" not in body, address


def test_this_year_needs_no_year_in_a_date() -> None:
    from website.templatetags import words

    year = date.today().year
    assert words.date_words(date(year, 1, 5)).startswith("1月5日（")
    assert words.date_words(date(year + 1, 1, 5)).startswith(f"{year + 1}年1月5日（")


def test_times_are_kept_whole_and_nothing_else_is_trusted() -> None:
    from website.templatetags import words

    kept = words.kept("<b>毎週木曜日 午前11時30分～午後1時30分")
    assert kept.startswith("&lt;b&gt;")
    assert '<span class="keep">午前11時30分～</span><span class="keep">午後1時30分</span>' in kept


def test_the_staff_side_alone_has_its_own_missing_page(tmp_path: Path) -> None:
    code = (
        "import django; django.setup()\n"
        "from django.test import RequestFactory; from website import views\n"
        "request = RequestFactory().get('/nowhere/'); request.town = None\n"
        "print(views.not_found(request, Exception()).status_code)"
    )
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "website.settings.test",
        "SITE_ROLE": "staff",
        "DATA_DIR": str(tmp_path),
        "DATABASE_URL": f"sqlite:{tmp_path / 'staff.sqlite3'}",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
    }
    asked = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert asked.stdout.strip() == "404", asked.stderr[-2000:]
