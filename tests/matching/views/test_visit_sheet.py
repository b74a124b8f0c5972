"""The sheet of the first visit: for the person's hand, so large and plain, and nothing of the file stands on it."""

from datetime import datetime

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from directory.readings import furigana
from matching.actions.visits import plan_visit
from matching.choices import ProposalState
from matching.models import Client, Visit
from tests.matching.cast import Cast

from .connecting_pages import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit(cast: Cast, sora: Client) -> Visit:
    proposal = cast.a_proposal(sora, state=ProposalState.WELCOMED)
    return plan_visit(
        proposal=proposal, at=timezone.make_aware(datetime(2026, 11, 26, 8, 30)), by=cast.sakura, escort=cast.sakura,
        travel="歩いて10分", met_by="入口に山本さん", signal="手を上げる", bring="300円",
    )  # fmt: skip


def test_the_sheet_holds_the_plan_with_readings_and_nothing_of_the_file(
    desk: Browser, sora: Client, visit: Visit
) -> None:
    page = words_of(desk.get(reverse("desk_visit_sheet", args=[sora.number, visit.uuid])))
    read = ("<rt>もくようび</rt>", "<ruby>歩<rp>（</rp><rt>ある</rt>", "<rt>やまもと</rt>")
    for piece in ("<b>26</b>", "だいじょうぶです", *read):
        assert piece in page
    assert "午前" in page
    # What stands above is the way back, and not on paper.
    paper = page[page.index("<h1") :]
    for secret in (sora.name, sora.yomi, sora.number, sora.caution, sora.shown_as):
        assert secret not in paper


def test_the_form_tells_what_the_person_wants_on_the_first_day(cast: Cast, desk: Browser, sora: Client) -> None:
    sora.conditions.filter(key="first_visit_needs").delete()
    cast.a_condition(sora, "first_visit_needs", True, ["入口", "写真"])
    proposal = cast.a_proposal(sora, state=ProposalState.WELCOMED)
    page = words_of(desk.get(reverse("desk_visit_plan", args=[sora.number, proposal.uuid])))
    assert "入口で待っていてもらう" in page


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("行く日", [("行", "い"), ("く", ""), ("日", "ひ")]),
        ("お茶", [("お", ""), ("茶", "ちゃ")]),
        ("<b>川</b>", [("<", ""), ("b", ""), (">", ""), ("川", "かわ"), ("</", ""), ("b", ""), (">", "")]),
        ("火曜日と土曜日", [("火曜日", "かようび"), ("と", ""), ("土曜日", "どようび")]),
        ("", []),
    ],
)
def test_readings_stand_over_the_kanji_only(text: str, pieces: list[tuple[str, str]]) -> None:
    found = furigana(text)
    assert "".join(written for written, _reading in found) == text
    assert [each for each in found if each[1]] == [each for each in pieces if each[1]]
