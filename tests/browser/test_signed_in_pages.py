"""Every kind of page behind the sign-in, found by walking, held to the same as the public ones."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from tests.demo_town import Town, Visitor

from .conftest import faults
from .nu import errors_of

pytestmark = pytest.mark.browser
WIDTHS = (360, 1280)
MOST_PAGES = 80
ADDRESSES = "links => links.map(link => link.href.split('#')[0])"
# Numbers, codes and uuids of one kind of page are one page here.
NAMES = [
    (r"/[0-9a-f]{8}-[0-9a-f-]{27}/", "/KEY/"),
    (r"/R\d+-\d+/", "/NUMBER/"),
    (r"/(p|host|places)/[0-9A-Z]{6}/", r"/\1/CODE/"),
    (r"/\d+/", "/N/"),
]


def kind_of(address: str) -> str:
    path = urlsplit(address).path
    for pattern, name in NAMES:
        path = re.sub(pattern, name, path)
    return path


def walk(page: Page, start: str, inside: str, look: Callable[[str], None]) -> list[str]:
    """Follow links within `inside` from `start`, each kind of page once; returns the kinds seen."""
    waiting, seen = [start], {kind_of(start)}
    done: list[str] = []
    while waiting and len(done) < MOST_PAGES:
        address = waiting.pop(0)
        answer = page.goto(address)
        assert answer is not None
        if "text/html" not in answer.headers.get("content-type", ""):
            continue
        assert answer.status == 200, f"{kind_of(address)} answers {answer.status}"
        done.append(kind_of(address))
        look(kind_of(address))
        for href in page.eval_on_selector_all(
            "a[href]:not([download])", "links => links.map(link => link.href.split('#')[0])"
        ):
            kind = kind_of(href)
            if kind not in seen and kind.startswith(inside) and "csv" not in href:
                seen.add(kind)
                waiting.append(href)
    return done


def held(demo: Town, visitor: Visitor, start: str, inside: str, *, small_targets: bool) -> list[str]:
    """Walk, look, and check the HTML as sent; returns the kinds of pages seen."""
    wrong: list[str] = []
    bodies: dict[str, bytes] = {}

    def look(kind: str) -> None:
        bodies[kind] = visitor.page.content().encode()
        wrong.extend(f"{kind}: {fault}" for fault in faults(visitor.page, small_targets=small_targets))

    seen = walk(visitor.page, demo.everything + start, inside, look)
    wrong += visitor.complaints
    wrong += errors_of(bodies)
    assert not wrong, "\n".join(wrong)
    return seen


@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_of_a_caseworker(demo: Town, visit: Callable[..., Visitor], width: int) -> None:
    worker = visit(width=width)
    demo.sign_in_staff(worker.page, "sakura@example.jp")
    seen = held(demo, worker, "/desk/", "/desk/", small_targets=False)
    for kind in (
        "/desk/people/", "/desk/intake/", "/desk/people/NUMBER/", "/desk/people/NUMBER/places/",
        "/desk/people/NUMBER/wishes/", "/desk/people/NUMBER/consent/", "/desk/people/NUMBER/plan/",
        "/desk/people/NUMBER/seen/",
    ):  # fmt: skip
        assert kind in seen, seen


@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_of_a_reviewer(demo: Town, visit: Callable[..., Visitor], width: int) -> None:
    reviewer = visit(width=width)
    demo.sign_in_staff(reviewer.page, "ren@example.jp")
    seen = held(demo, reviewer, "/desk/", "/desk/", small_targets=False)
    for kind in ("/desk/review/", "/desk/places/", "/desk/reports/"):
        assert kind in seen, seen


@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_of_a_host(demo: Town, visit: Callable[..., Visitor], width: int) -> None:
    host = visit(width=width)
    demo.sign_in_host(host.page, "tsumugi@example.jp", at=demo.everything)
    seen = held(demo, host, "/host/", "/host/", small_targets=True)
    assert len(seen) >= 5, seen
