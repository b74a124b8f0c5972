"""Every staff page a demo account can open: axe-core and the HTML checker find nothing, nothing sticks out, the
policy is never broken; also of forms that come back with what to mend."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.demo_town import Town, Visitor

from .conftest import faults
from .gathering import Gathered, gather, names_in
from .nu import errors_of

pytestmark = pytest.mark.browser
WIDTHS = (360, 1280)
LOOKS = 3
MAILS = {"caseworker_1": "sakura@example.jp", "reviewer": "ren@example.jp"}
# Reached by answering: a row of 「今日」 is opened in place, the page of its own is for who has no such row.
WITHOUT_A_LINK = {"desk_step"}
# Forms that have something to mend when nothing was filled in.
UNFILLED = {
    "caseworker_1": (
        "desk_intake", "desk_record", "desk_wish_add", "desk_team_add", "desk_avoid", "desk_answer", "desk_decline",
        "desk_end", "desk_follow_up", "desk_visit_plan", "desk_visit_record", "desk_visit_reflect", "desk_host_answer",
        "desk_prospect_add", "desk_tell",
    ),
    "reviewer": ("desk_words_add", "desk_submission"),
}  # fmt: skip


class Staff:
    """Somebody of the staff, signed in once for all tests of this file, and the pages open to them."""

    def __init__(self, demo: Town, browser: Browser, role: str) -> None:
        self.role = role
        self.visitor = Visitor(browser, width=1280)
        demo.sign_in_staff(self.visitor.page, MAILS[role])
        self.visitor.page.wait_for_url("**/desk/**")
        if role == "reviewer":
            self._add_a_word(demo)
        self.pages: Gathered = gather(self.visitor.page, demo.everything, "/desk/")

    def _add_a_word(self, demo: Town) -> None:
        """The demo's table of words is as delivered; one of the town's own shows the pages of such a word."""
        page = self.visitor.page
        page.goto(f"{demo.everything}/desk/search/words/add/")
        page.get_by_label("町の人が使うことば").fill("ひなたぼっこ")
        page.get_by_label("同じ意味のことば").fill("縁側")
        page.get_by_role("button", name="保存する").click()


@pytest.fixture(scope="module")
def staff(demo: Town, browser: Browser) -> Iterator[Callable[[str], Staff]]:
    """`staff("reviewer")`: signed in at the first asking."""
    known: dict[str, Staff] = {}

    def of(role: str) -> Staff:
        if role not in known:
            known[role] = Staff(demo, browser, role)
        return known[role]

    yield of
    for one in known.values():
        one.visitor.close()


@pytest.fixture(params=MAILS)
def who(request: pytest.FixtureRequest, staff: Callable[[str], Staff]) -> Staff:
    return staff(str(request.param))


def test_every_page_is_led_to_and_no_link_is_refused(who: Staff) -> None:
    assert not who.pages.refused
    assert names_in("desk_", who.role) - set(who.pages.by_name) <= WITHOUT_A_LINK


@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_is_usable_by_everyone(demo: Town, who: Staff, width: int) -> None:
    page = who.visitor.page
    page.set_viewport_size({"width": width, "height": 800})
    who.visitor.complaints.clear()
    wrong: list[str] = []
    for address in who.pages.some(LOOKS):
        answer = page.goto(demo.everything + address)
        assert answer is not None
        assert answer.status == 200, address
        wrong += [f"{address}: {fault}" for fault in faults(page, small_targets=width < 1280)]
        wrong += headings_missed(page, address)
    wrong += who.visitor.complaints
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_board_of_a_meeting_is_usable_by_everyone(demo: Town, visit: Callable[..., Visitor], width: int) -> None:
    coordinator = visit(width=width)
    page = coordinator.page
    demo.sign_in_staff(page, "nakano@example.jp")
    page.goto(f"{demo.everything}/desk/boards/add/")
    wrong = [f"add: {fault}" for fault in faults(page, small_targets=width < 1280)]
    page.get_by_role("button", name="案を作る").click()
    page.get_by_role("heading", level=1).wait_for()
    page.get_by_role("button", name="固定").first.click()
    page.get_by_role("button", name="固定を外す").first.wait_for()
    wrong += [f"board: {fault}" for fault in faults(page, small_targets=width < 1280)]
    sent = {address: page.request.get(address).body() for address in (page.url, f"{demo.everything}/desk/boards/")}
    page.goto(f"{demo.everything}/desk/boards/")
    wrong += [f"boards: {fault}" for fault in faults(page, small_targets=width < 1280)]
    wrong += [*coordinator.complaints, *errors_of(sent)]
    assert not wrong, "\n".join(wrong)


def headings_missed(page: Page, address: str) -> list[str]:
    """A page says in its title and in one heading what it is."""
    wrong = []
    if page.locator("h1").count() != 1:
        wrong.append(f"{address}: {page.locator('h1').count()} headings of the first rank")
    if page.title().startswith(" |"):
        wrong.append(f"{address}: no title")
    return wrong


def test_the_html_checker_finds_no_error(demo: Town, who: Staff) -> None:
    page = who.visitor.page
    sent = {address: page.request.get(demo.everything + address).body() for address in who.pages.some(LOOKS)}
    assert errors_of(sent) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_forms_with_mistakes_are_as_usable_as_empty_ones(demo: Town, who: Staff, width: int) -> None:
    page = who.visitor.page
    page.set_viewport_size({"width": width, "height": 800})
    who.visitor.complaints.clear()
    wrong: list[str] = []
    sent: dict[str, bytes] = {}
    for name in UNFILLED[who.role]:
        page.goto(demo.everything + who.pages.of(name))
        with page.expect_navigation() as answered:
            page.locator("main form[method=post][novalidate] button").first.click()
        assert answered.value.status == 422, name
        if not page.locator(".error-summary").first.evaluate("one => one === document.activeElement"):
            wrong.append(f"{name}: the summary of mistakes has no focus")
        sent[name] = answered.value.body()
        wrong += [f"{name}: {fault}" for fault in faults(page, small_targets=width < 1280)]
    wrong += [*who.visitor.complaints, *errors_of(sent)]
    assert not wrong, "\n".join(wrong)


def test_on_paper_there_is_what_can_be_read_and_nothing_to_press(demo: Town, staff: Callable[[str], Staff]) -> None:
    worker = staff("caseworker_1")
    page = worker.visitor.page
    page.emulate_media(media="print")
    # A4 less its margins, at 96 to the inch.
    page.set_viewport_size({"width": 703, "height": 1000})
    try:
        for name in ("desk_today", "desk_person", "desk_compare", "desk_proposal", "desk_seen", "desk_place"):
            page.goto(demo.everything + worker.pages.of(name))
            assert page.evaluate("document.documentElement.scrollWidth") <= 703, name
            pressed = page.locator("button:visible, input:visible:not([type=hidden]), select:visible, textarea:visible")
            assert pressed.count() == 0, (name, pressed.first.evaluate("one => one.outerHTML"))
            assert page.locator("h1:visible").count() == 1, name
    finally:
        page.emulate_media(media="screen")


def test_the_paper_of_a_first_day_is_one_sheet(demo: Town, staff: Callable[[str], Staff]) -> None:
    """Whoever is nervous has one sheet in the hand: every line filled in, the map, the photo."""
    worker = staff("caseworker_1")
    page = worker.visitor.page
    page.goto(demo.everything + worker.pages.of("desk_visit_change"))
    lines = {"ほかにいっしょに行く人": "民生委員の中田さん", "持っていく物": "300円、うわばき、タオル、飲み物"}
    for label, words in lines.items():
        page.get_by_label(label).fill(words)
    page.get_by_label("何分くらい").fill("40")
    page.get_by_role("main").get_by_role("button", name="変える").click()
    if page.get_by_role("alert").count():
        page.get_by_label("開く日ではないが").check()
        page.get_by_role("main").get_by_role("button", name="変える").click()
    page.goto(demo.everything + worker.pages.of("desk_visit_sheet"))
    expect(page.get_by_text("うわばき")).to_be_visible()
    page.emulate_media(media="print")
    sheet = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", sheet)) == 1
