"""Every page somebody can open, found by following links and by asking what a form's address shows."""

import html
import re
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from django.urls import resolve
from playwright.sync_api import Page

from tests.access_matrix import MATRIX

LEADS = re.compile(r'(?:href|action)="([^"#]*)')
CLASSES = re.compile(r'class="([^"]*)"')
MAIN = re.compile(r"<main\b.*</main>", re.DOTALL)
# Of one kind of page so many are fetched; all people of the demo are, each is in another state.
MOST_FETCHED = 6
ALL_FETCHED = {"desk_today", "desk_person", "desk_proposal"}


@dataclass
class Gathered:
    """Addresses by the name of their page, first met first, one of each look."""

    by_name: dict[str, list[str]] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)

    def of(self, name: str) -> str:
        assert name in self.by_name, f"nothing leads to {name}"
        return self.by_name[name][0]

    def some(self, looks: int) -> list[str]:
        """At most so many looks of each kind of page."""
        return [address for addresses in self.by_name.values() for address in addresses[:looks]]


def gather(page: Page, at: str, start: str) -> Gathered:
    """Walk from `start` within its own part of the site; nothing is pressed, nothing changes."""
    waiting, seen = [start], {start}
    fetched: dict[str, int] = {}
    looks: set[tuple[str, frozenset[str]]] = set()
    found = Gathered()
    while waiting:
        address = waiting.pop(0)
        name = resolve(urlsplit(address).path).view_name
        if fetched.get(name, 0) >= MOST_FETCHED and name not in ALL_FETCHED:
            continue
        fetched[name] = fetched.get(name, 0) + 1
        answer = page.request.get(at + address)
        if answer.status == 405 or "text/html" not in answer.headers.get("content-type", ""):
            continue
        if answer.status != 200:
            found.refused.append(f"{name} answers {answer.status}")
            continue
        text = answer.text()
        main = MAIN.search(text)
        assert main, f"{name} has no <main>"
        look = (name, frozenset(" ".join(CLASSES.findall(main[0])).split()))
        if look not in looks:
            looks.add(look)
            found.by_name.setdefault(name, []).append(address)
        for link in LEADS.findall(text):
            there = urljoin(address, html.unescape(link))
            if there.startswith(start) and there not in seen:
                seen.add(there)
                waiting.append(there)
    return found


def names_in(part: str, role: str) -> set[str]:
    """Pages of one part of the site that somebody of this role can open, from the table of all addresses."""
    return {name for name, row in MATRIX.items() if name.startswith(part) and row.get is not None and role in row.get}
