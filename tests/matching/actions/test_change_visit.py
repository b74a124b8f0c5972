"""A planned visit changes with life: another day, another way; until it is recorded how it was."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from directory.choices import HostAnswer
from directory.models import Activity, HostRequest
from matching.actions.proposals import decline, step_back
from matching.actions.requests import ask_host, note_answer
from matching.actions.visits import change_visit, plan_visit, record_visit
from matching.choices import VisitResult
from matching.models import Visit
from matching.refusals import AlreadyRecorded, EditedMeanwhile, NotPossible
from tests.matching.cast import Cast

from ..views.conftest import desk

__all__ = ["desk"]
THURSDAYS = {"rules": [{"weekdays": [3], "sessions": [["11:30", "14:00"]]}]}


def at(day: int, hour: int = 11) -> datetime:
    return timezone.make_aware(datetime(2026, 11, day, hour))


@pytest.fixture
def visit(cast: Cast) -> Visit:
    client = cast.a_client()
    cast.a_consent(client)
    link = ask_host(proposal=cast.a_proposal(client), by=cast.sakura)
    note_answer(link=link, answer=HostAnswer.YES, by=cast.sakura)
    link.proposal.refresh_from_db()
    return plan_visit(proposal=link.proposal, at=at(20), by=cast.sakura)


def letter(visit: Visit) -> HostRequest:
    return HostRequest.objects.get(uuid=visit.proposal.requests.get().request_uuid)


def test_the_day_reaches_the_host_and_follows_every_change(cast: Cast, visit: Visit) -> None:
    assert letter(visit).visit_at == at(20)
    changed = change_visit(visit=visit, edit_version=1, at=at(27), travel="バス", by=cast.sakura)
    assert (changed.at, changed.travel, changed.edit_version) == (at(27), "バス", 2)
    assert letter(visit).visit_at == at(27)
    assert change_visit(visit=visit, edit_version=1, at=at(27), travel="バス", by=cast.sakura).edit_version == 2
    decline(proposal=visit.proposal, reason="dislikes", by=cast.sakura)
    assert letter(visit).visit_at is None


def test_going_one_step_back_calls_it_off_for_the_host_too(cast: Cast, visit: Visit) -> None:
    step_back(proposal=visit.proposal, by=cast.sakura)
    assert letter(visit).visit_at is None and visit.proposal.visits.get().result == VisitResult.CALLED_OFF


def test_the_second_of_two_editors_sees_both_texts(cast: Cast, visit: Visit) -> None:
    change_visit(visit=visit, edit_version=1, at=at(27), by=cast.sakura)
    with pytest.raises(EditedMeanwhile) as clash:
        change_visit(visit=visit, edit_version=1, at=at(28), by=cast.nakano)
    assert clash.value.theirs == {"at": "2026-11-27 11:00"} and clash.value.mine == {"at": "2026-11-28 11:00"}


def test_what_is_recorded_changes_no_more(cast: Cast, visit: Visit) -> None:
    record_visit(visit=visit, result=VisitResult.CAME, by=cast.sakura)
    assert letter(visit).visit_at is None
    with pytest.raises(AlreadyRecorded):
        change_visit(visit=visit, edit_version=1, at=at(27), by=cast.sakura)


def test_nobody_came_before_the_day(cast: Cast, visit: Visit) -> None:
    tomorrow = timezone.now() + timedelta(days=1)
    visit = change_visit(visit=visit, edit_version=1, at=tomorrow, by=cast.sakura)
    with pytest.raises(NotPossible):
        record_visit(visit=visit, result=VisitResult.CAME, by=cast.sakura)
    assert record_visit(visit=visit, result=VisitResult.CALLED_OFF, by=cast.sakura).result == "called_off"


def test_a_day_on_which_the_place_is_closed_has_to_be_meant(cast: Cast, desk: Browser, visit: Visit) -> None:
    Activity.objects.filter(place=cast.place).update(schedule=THURSDAYS)
    address = reverse("desk_visit_change", args=[visit.proposal.client.number, visit.uuid])
    said: dict[str, Any] = {"kind": "look", "on": "2026-11-27", "at": "11:30", "edit_version": 1, "travel": "自転車"}
    answer = desk.post(address, said)
    page = answer.content.decode()
    assert answer.status_code == 422 and "開く日ではありません" in page and "自転車" in page
    assert 'type="checkbox" name="closed_is_meant"' in page
    desk.post(address, {**said, "closed_is_meant": "on"})
    visit.refresh_from_db()
    assert timezone.localtime(visit.at).day == 27
    desk.post(address, {**said, "on": "2026-12-03", "edit_version": 2})
    visit.refresh_from_db()
    assert timezone.localtime(visit.at).day == 3


def test_the_paper_carries_a_map_only_where_the_spot_is_known(cast: Cast, desk: Browser, visit: Visit) -> None:
    address = reverse("desk_visit_sheet", args=[visit.proposal.client.number, visit.uuid])
    assert "地図のQRコード" not in desk.get(address).content.decode()
    cast.place.latitude, cast.place.longitude = 34.4, 131.4
    cast.place.save()
    assert "地図のQRコード" in desk.get(address).content.decode()
    cast.place.coarse_pin = True
    cast.place.save()
    assert "地図のQRコード" not in desk.get(address).content.decode()
