"""Every public page: axe-core and the HTML checker find nothing, nothing sticks out, the policy is never broken."""

import urllib.error
import urllib.request
from collections.abc import Callable
from urllib.parse import quote

import pytest

from tests.demo_town import Town, Visitor

from .conftest import code_of, faults, violations
from .nu import errors_of

pytestmark = pytest.mark.browser
WIDTHS = (360, 1280)
STATUS = {"/p/ZZZZZZ/": 404}


def addresses(town: Town) -> list[str]:
    """One address of every kind of public page, in the states a resident meets."""
    rich = code_of(town, "p.name = '川西ふれあいの家'")
    changed = "EXISTS (SELECT 1 FROM directory_daychange d JOIN directory_activity a ON a.id = d.activity_id"
    shown = [
        rich,
        code_of(town, "p.state = 'paused'"),
        code_of(town, "p.confirmed_on IS NULL"),
        code_of(town, f"{changed} WHERE a.place_id = p.id)"),
    ]
    return [
        "/",
        "/search/",
        "/search/?q=ごはん",
        "/search/?q=ごはん&how=free&sort=next",
        "/search/?q=お金に困っている",
        "/search/?q=qqqxxyz&kind=library",
        *[f"/p/{code}/" for code in shown],
        f"/p/{rich}/print/",
        "/calendar/",
        "/calendar/?days=1",
        "/windows/",
        "/roles/",
        "/tell/",
        f"/tell/?place={rich}",
        "/tell/thanks/",
        "/towns/",
        "/accessibility/",
        "/privacy/",
        "/articles/",
        "/articles/first-day/",
        "/notices/",
        "/notices/new-year/",
        "/p/ZZZZZZ/",
    ]


@pytest.mark.parametrize("width", WIDTHS)
def test_every_public_page_is_usable_by_everyone(demo: Town, visit: Callable[..., Visitor], width: int) -> None:
    resident = visit(width=width)
    wrong: list[str] = []
    for address in addresses(demo):
        answer = resident.page.goto(demo.everything + address)
        assert answer is not None
        assert answer.status == STATUS.get(address, 200), address
        wrong += [f"{address}: {fault}" for fault in faults(resident.page)]
    # The browser itself reports the one page that is meant to be missing.
    wrong += [complaint for complaint in resident.complaints if "404 (Not Found)" not in complaint]
    assert not wrong, "\n".join(wrong)


def test_a_form_with_mistakes_is_as_usable_as_an_empty_one(demo: Town, visit: Callable[..., Visitor]) -> None:
    page = visit(width=360).page
    page.goto(f"{demo.everything}/tell/")
    page.get_by_label("どの場のことですか").fill("ひまわりの家")
    with page.expect_navigation() as sent:
        page.get_by_role("button", name="送る").click()
    assert sent.value.status == 422
    assert page.locator(".error-summary").evaluate("one => one === document.activeElement")
    assert page.get_by_label("どの場のことですか").input_value() == "ひまわりの家"
    assert faults(page) == []
    assert errors_of({"/tell/ with a mistake": sent.value.body()}) == []


def test_the_html_checker_finds_no_error(demo: Town) -> None:
    assert errors_of({address: fetched(demo, address) for address in addresses(demo)}) == []


def fetched(town: Town, address: str) -> bytes:
    """The body as sent, also of an error page."""
    try:
        with urllib.request.urlopen(town.everything + quote(address, safe="/?&="), timeout=20) as answer:
            body: bytes = answer.read()
    except urllib.error.HTTPError as error:
        body = error.read()
    return body


def test_the_checkers_would_find_something(demo: Town, visit: Callable[..., Visitor]) -> None:
    page = visit(width=360).page
    page.goto(f"{demo.everything}/")
    page.evaluate("document.querySelector('#words').labels[0].remove()")
    page.evaluate("document.querySelector('main').prepend(Object.assign(document.createElement('hr'), {id: 'wide'}))")
    page.evaluate("document.querySelector('#wide').style.minWidth = '90rem'")
    found = " ".join(faults(page))
    assert "label" in found
    assert "px wide" in found
    assert errors_of({"a page": b"<!DOCTYPE html><title>x</title><p><div></p>"})


def test_all_of_it_works_without_javascript(demo: Town, visit: Callable[..., Visitor]) -> None:
    page = visit(width=360, java_script_enabled=False).page
    page.goto(f"{demo.everything}/")
    page.locator("#words").fill("ごはん")
    page.get_by_role("button", name="さがす").click()
    first = page.locator(".card__name a").first
    name = first.inner_text()
    first.click()
    assert name in page.locator("h1").inner_text()
    assert page.get_by_role("heading", name="電話で聞く").count() == 1


def test_letters_twice_as_large_still_fit(demo: Town, visit: Callable[..., Visitor]) -> None:
    page = visit(width=640).page
    for address in addresses(demo)[:12]:
        page.goto(demo.everything + address)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate("document.documentElement.scrollWidth") <= 640, address
        assert violations(page) == []
