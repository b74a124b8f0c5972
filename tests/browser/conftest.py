"""What every page must hold in a real browser; the browser and the demo come from tests/conftest.py."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.demo_town import Town, Visitor

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
NARROWEST = 320

# Targets that are not part of a sentence (WCAG 2.2 exempts links within text), lower than 44 px.
SMALL_TARGETS = """() => [...document.querySelectorAll(
    'button, select, textarea, input:not([type=hidden]), summary, nav a')]
  .filter(one => !one.closest('.visually-hidden') && one.offsetParent !== null)
  .map(one => [(one.closest('label') || one).getBoundingClientRect(), one.outerHTML.slice(0, 90)])
  .filter(([box]) => box.height < 43.5)
  .map(([box, html]) => `${Math.round(box.height)}px ${html}`)"""


def violations(page: Page) -> list[str]:
    """What axe-core finds on the page now."""
    # As text for the debugger, not as a script of the page: the policy forbids the latter, and must.
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("rules => axe.run(document, rules)", RULES)["violations"]
    return [f"{one['id']} {one['nodes'][0]['html'][:160]}" for one in found]


def too_wide(page: Page) -> list[str]:
    """What makes a reader scroll sideways on the narrowest screen, and at the present width."""
    size = page.viewport_size
    assert size is not None
    wrong = []
    for width in (NARROWEST, size["width"]):
        page.set_viewport_size({"width": width, "height": size["height"]})
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            wrong.append(f"{wide} px wide on a screen of {width} px")
    return wrong


def faults(page: Page, *, small_targets: bool = True) -> list[str]:
    """Everything wrong with the page now."""
    small = page.evaluate(SMALL_TARGETS) if small_targets else []
    return [*violations(page), *too_wide(page), *small]


def code_of(town: Town, where: str) -> str:
    """The code of one published place of the fictional town for which the SQL condition `where` holds."""
    with sqlite3.connect(f"file:{town.folder / 'town.sqlite3'}?mode=ro", uri=True) as base:
        row = base.execute(
            "SELECT p.code FROM directory_place p JOIN directory_municipality m ON m.id = p.municipality_id"
            f" WHERE m.is_sample AND p.state IN ('published', 'paused') AND {where} LIMIT 1"
        ).fetchone()
    assert row, f"the demo has no place with {where}"
    return str(row[0])


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Visitor]]:
    """`visit(width=360)` opens a window, closed after the test."""
    visitors: list[Visitor] = []

    def arrive(**options: object) -> Visitor:
        visitors.append(Visitor(browser, **options))  # type: ignore[arg-type]
        return visitors[-1]

    yield arrive
    for visitor in visitors:
        visitor.close()
