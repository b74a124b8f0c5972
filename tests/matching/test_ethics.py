"""The checks of ethics on what the desk really does: written by the actions staff use, looked at in every direction.

Before and after something is told that may change nothing, everything that judgement yields is the same: the list in
its order, bands, remedies and questions; the reverse list; the sums; the board; the paper; the host's letter.
"""

import json
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from benchmarks.case_town import SENSITIVE_TROUBLES
from directory.models import HostRequest, Place
from matching import codes
from matching.actions import boards
from matching.actions.clients import change
from matching.actions.consultations import set_troubles
from matching.actions.measures import measure
from matching.actions.proposals import answer, decline, propose
from matching.actions.requests import ask_host
from matching.choices import MeasureWay, PersonAnswer
from matching.exposure import audit
from matching.measures import scales
from matching.models import Board, Client
from matching.needs import town_needs
from matching.options import explanation_of, inputs_of, options_for
from matching.sharing import shared
from tests.matching.cast import TODAY, Cast

from .views.conftest import desk, sora, town
from .views.connecting_pages import hide

pytestmark = pytest.mark.django_db
__all__ = ["desk", "sora", "town"]
CANARY = "ここだけのことば"


@pytest.fixture
def board(cast: Cast, sora: Client, town: dict[str, Place]) -> Board:
    seats = {town["good"]: 1, town["lively"]: 1, town["sunday"]: 1}
    return boards.open_board(
        municipality=cast.town, clients=[sora], seats=seats, held_on=TODAY, by=cast.nakano, form_key=uuid.uuid4()
    )


def picture(cast: Cast, client: Client, board: Board) -> dict[str, Any]:
    """Everything that judgement yields about one person, in every direction it is looked at."""
    options = options_for(client)
    needs = town_needs(cast.town, today=timezone.localdate())
    sharing = shared(board, [client], today=timezone.localdate())
    return {
        "order": [
            (one.key, one.state_words, one.band_words, one.coverage_words, [str(line) for line in one.lines],
             [[remedy.relax for remedy in step] for step in one.steps])
            for one in options.in_order
        ],
        "questions": options.person_questions,
        "kept": json.dumps(inputs_of(options, options.candidates[0]), ensure_ascii=False, sort_keys=True)
        if options.candidates
        else "",
        "sums": (needs.people, needs.none, len(needs.short), needs.conditions,
                 [(each.remedy.relax, len(each.people), sorted(each.places)) for each in needs.needs]),
        "board": [(seat.place, seat.band_words, seat.lost, seat.options, seat.suits) for seat in sharing.seats],
    }  # fmt: skip


def reverse_lists(cast: Cast, desk: Browser, places: dict[str, Place], client: Client) -> dict[str, bool]:
    """Whether the person stands in the list from each place."""
    pages = {key: desk.get(reverse("desk_place_people", args=[place.code])) for key, place in places.items()}
    return {key: client.number in page.content.decode() for key, page in pages.items()}


def tell_troubles(cast: Cast, client: Client) -> None:
    set_troubles(client=client, troubles=SENSITIVE_TROUBLES, main=SENSITIVE_TROUBLES[:3], by=cast.sakura)


def tell_words(cast: Cast, client: Client) -> None:
    client.refresh_from_db()
    change(client=client, edit_version=client.edit_version, about=CANARY, caution=CANARY, by=cast.sakura)


def score(direction: str) -> Callable[[Cast, Client], None]:
    def told(cast: Cast, client: Client) -> None:
        for scale in scales().by_code.values():
            worst, best = (scale.high, scale.low) if scale.higher_is == "worse" else (scale.low, scale.high)
            answers = [worst if direction == "worst" else best] * scale.items
            measure(
                client=client, scale=scale, answers=answers, way=MeasureWay.SELF, on=TODAY, form_key=uuid.uuid4(),
                by=cast.sakura,
            )  # fmt: skip

    return told


def be(sex: str) -> Callable[[Cast, Client], None]:
    def told(cast: Cast, client: Client) -> None:
        client.refresh_from_db()
        change(client=client, edit_version=client.edit_version, sex=sex, by=cast.sakura)

    return told


TOLD: dict[str, Callable[[Cast, Client], None]] = {
    "nationality, certificate, record, diagnosis as troubles": tell_troubles,
    "the same in words": tell_words,
    "the worst score on every scale": score("worst"),
    "the best score on every scale": score("best"),
    "a woman": be("female"),
    "a man": be("male"),
    "another sex": be("other"),
}


@pytest.mark.parametrize("told", TOLD.values(), ids=TOLD.keys())
def test_what_is_sensitive_changes_nothing_in_any_direction(
    cast: Cast, desk: Browser, sora: Client, town: dict[str, Place], board: Board, told: Callable[[Cast, Client], None]
) -> None:
    Place.objects.filter(women_only=None).update(women_only=False)
    before = picture(cast, sora, board), reverse_lists(cast, desk, town, sora)
    assert before[0]["order"] and before[0]["board"] and any(before[1].values())
    told(cast, sora)
    after = picture(cast, sora, board), reverse_lists(cast, desk, town, sora)
    assert after == before


def test_the_picture_sees_what_does_matter(
    cast: Cast, desk: Browser, sora: Client, town: dict[str, Place], board: Board
) -> None:
    """Otherwise the checks above would pass on anything."""
    before = picture(cast, sora, board)
    sora.conditions.current().filter(key="max_people").update(answer=True, value=3)
    after = picture(cast, sora, board)
    assert {key for key in before if before[key] != after[key]} >= {"order", "sums", "board"}


def test_nothing_sensitive_stands_on_the_paper_or_in_the_letter(
    cast: Cast, desk: Browser, sora: Client, town: dict[str, Place]
) -> None:
    tell_troubles(cast, sora)
    tell_words(cast, sora)
    cast.a_consent(sora)
    options = options_for(sora)
    option = options.by_key[str(town["good"].uuid)]
    proposal = propose(
        client=sora, place=town["good"], by=cast.sakura, inputs=inputs_of(options, option),
        explanation=explanation_of(option), rules_version=options.rules.version,
    )  # fmt: skip
    proposal = answer(proposal=proposal, answer=PersonAnswer.WANT, by=cast.sakura)
    ask_host(proposal=proposal, by=cast.sakura)
    paper = desk.get(reverse("desk_reasons", args=[sora.number, proposal.uuid])).content.decode()
    letter = json.dumps({key: str(value) for key, value in vars(HostRequest.objects.get()).items()})
    labels = [codes.label("troubles", trouble.code, trouble.version) for trouble in sora.troubles.all()]
    assert len(labels) == len(SENSITIVE_TROUBLES)
    # What is not printed (the way back) may name the number; what stands on the sheet may not.
    sheet = paper.partition("<h1")[2]
    for word in (CANARY, sora.called, sora.number, *SENSITIVE_TROUBLES, *labels):
        assert word not in sheet and word not in letter, word


def test_a_no_costs_nothing(cast: Cast, desk: Browser, sora: Client, town: dict[str, Place], board: Board) -> None:
    """The place that was refused goes; every other line, remedy and seat is as before, and so is the reverse list."""
    key = str(town["good"].uuid)
    before = picture(cast, sora, board), reverse_lists(cast, desk, town, sora)
    decline(proposal=cast.a_proposal(sora, town["good"]), reason="dislikes", by=cast.sakura)
    after = picture(cast, sora, board), reverse_lists(cast, desk, town, sora)
    assert [row for row in after[0]["order"] if row[0] != key] == [row for row in before[0]["order"] if row[0] != key]
    assert before[1] | {"good": False} == after[1]
    assert after[0]["sums"][0] == before[0]["sums"][0]


def test_an_avoided_place_stands_in_no_list_sum_board_or_reverse_list(
    cast: Cast, desk: Browser, sora: Client, town: dict[str, Place], board: Board
) -> None:
    for name in ("good", "far", "hidden"):
        hide(cast, sora, town[name])
    seen = picture(cast, sora, board)
    told = json.dumps(seen, ensure_ascii=False, default=str)
    for name in ("good", "far", "hidden"):
        assert str(town[name].uuid) not in told and town[name].name not in told
        assert not reverse_lists(cast, desk, {name: town[name]}, sora)[name]
        why = desk.get(reverse("desk_why", args=[sora.number, town[name].uuid])).content.decode()
        nowhere = desk.get(reverse("desk_why", args=[sora.number, uuid.uuid4()])).content.decode()
        assert why.partition("<main")[2].replace(str(town[name].uuid), "") == nowhere.partition("<main")[2]


def test_whoever_has_no_option_stays_open_and_is_counted(
    cast: Cast, sora: Client, town: dict[str, Place], board: Board
) -> None:
    Place.objects.update(quiet_corner=False)
    sora.refresh_from_db()
    options = options_for(sora)
    assert not options.candidates and not options.ask_first and options.near
    assert sora.state == "open"
    needs = town_needs(cast.town, today=timezone.localdate())
    assert needs.none == 1 and any(each.remedy.relax == "人数・音" for each in needs.needs)
    today = timezone.localdate()
    found = audit(cast.town, from_on=today - timedelta(days=90), until_on=today, today=today)
    assert found.whole.without == found.whole.open == {sora.pk}
