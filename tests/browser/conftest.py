"""A headless Chromium, and the demo of the fictional town served to it."""

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from playwright.sync_api import Browser, Page, sync_playwright

from search.engines.store import TABLES
from website.sample import make_pages

# Playwright keeps an event loop in this thread; without this Django refuses its database here.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

COMPLAINTS = ("Content Security Policy", "Refused to")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole run."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        pytest.fail("no Chromium found: `make test` installs it, or install the Debian package chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield chromium
        chromium.close()


class Visitor:
    """Someone at a screen of a given width; what the browser complains about is kept."""

    def __init__(self, browser: Browser, home: str, *, width: int, scripts: bool = True) -> None:
        self.home = home
        self.complaints: list[str] = []
        self.context = browser.new_context(
            viewport={"width": width, "height": 800},
            locale="ja-JP",
            timezone_id="Asia/Tokyo",
            java_script_enabled=scripts,
            # Only the checker is put into pages from outside; what pages themselves violate is still reported.
            bypass_csp=False,
        )
        self.page: Page = self.context.new_page()
        self.page.on("console", lambda message: self._hear(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _hear(self, text: str) -> None:
        if any(word in text for word in COMPLAINTS):
            self.complaints.append(text)

    def open(self, address: str) -> int:
        """Go to an address of the site; returns the status."""
        answer = self.page.goto(self.home + address)
        assert answer is not None
        return answer.status


@pytest.fixture
def demo(transactional_db: None) -> Iterator[None]:
    """The sample towns and pages, searchable; the index is emptied afterwards, since flushing does not know it."""
    make_pages()
    call_command("load_sample", verbosity=0)
    call_command("rebuild_index", verbosity=0)
    yield
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"DELETE FROM {table}")


@pytest.fixture
def visit(browser: Browser, demo: None, live_server: Any) -> Iterator[Any]:
    """`visit(width=360)` gives a Visitor of the demo."""
    visitors: list[Visitor] = []

    def arrive(*, width: int = 360, scripts: bool = True) -> Visitor:
        visitors.append(Visitor(browser, live_server.url, width=width, scripts=scripts))
        return visitors[-1]

    yield arrive
    for visitor in visitors:
        visitor.context.close()
