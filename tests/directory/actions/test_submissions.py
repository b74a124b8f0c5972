"""Change sets: what waits, what applies at once, two editors, deciding field by field, undoing."""

from typing import Any

import pytest
from django.core import mail

from directory.actions.errors import AlreadyDecided, NotNow, SomebodyElseSaved
from directory.actions.submissions import decide, submit, submit_new, take_back, undo
from directory.choices import PlaceState, SubmissionState
from directory.models import Event, Place, Submission
from tests.directory.people import Town

pytestmark = pytest.mark.django_db


def live(town: Town) -> Place:
    return Place.objects.get(pk=town.house.pk)


def approve(*names: str) -> dict[str, dict[str, str]]:
    return {name: {"decision": "approved", "note": ""} for name in names}


def test_what_could_mislead_waits_while_the_approved_words_stay(town: Town) -> None:
    applied, waiting = submit(place=town.house, wanted={"name": "川西の家", "atmosphere": "静か"}, by=town.hana)
    assert applied is not None and waiting is not None
    assert (live(town).name, live(town).atmosphere) == ("川西ふれあいの家", "静か")
    assert waiting.state == SubmissionState.WAITING
    decide(submission=waiting, decisions=approve("name"), by=town.ren)
    assert live(town).name == "川西の家"
    assert live(town).confirmed_on == live(town).updated_at.date()


def test_what_is_the_same_is_no_change(town: Town) -> None:
    assert submit(place=town.house, wanted={"name": town.house.name}, by=town.hana) == (None, None)
    assert not Submission.objects.exists()


def test_each_field_is_decided_on_its_own_and_the_note_reaches_the_host(
    town: Town, django_capture_on_commit_callbacks: Any
) -> None:
    _applied, waiting = submit(place=town.house, wanted={"name": "川西の家", "lead": "だれでもどうぞ"}, by=town.hana)
    assert waiting is not None
    decisions = {**approve("lead"), "name": {"decision": "returned", "note": "看板と同じ名前にしてください"}}
    with django_capture_on_commit_callbacks(execute=True):
        made = decide(submission=waiting, decisions=decisions, by=town.ren, reply="ありがとうございます")
    assert made.state == SubmissionState.PARTLY
    assert (live(town).name, live(town).lead) == ("川西ふれあいの家", "だれでもどうぞ")
    assert made.decisions["name"]["note"] == "看板と同じ名前にしてください"
    assert [letter.to for letter in mail.outbox] == [["hana@example.jp"]]


def test_a_field_without_a_decision_stops_all_of_it(town: Town) -> None:
    _applied, waiting = submit(place=town.house, wanted={"name": "川西の家", "lead": "どうぞ"}, by=town.hana)
    assert waiting is not None
    with pytest.raises(NotNow, match="名前"):
        decide(submission=waiting, decisions=approve("lead"), by=town.ren)
    waiting.refresh_from_db()
    assert waiting.state == SubmissionState.WAITING
    assert live(town).lead == ""


def test_of_two_reviewers_the_second_is_told(town: Town) -> None:
    _applied, waiting = submit(place=town.house, wanted={"name": "川西の家"}, by=town.hana)
    assert waiting is not None
    decide(submission=waiting, decisions=approve("name"), by=town.ren)
    with pytest.raises(AlreadyDecided, match="もう確かめました"):
        decide(submission=waiting, decisions=approve("name"), by=town.ren)
    assert Event.objects.filter(action="listing.approve").count() == 1


def test_what_changed_since_the_host_looked_is_a_conflict_and_is_not_overwritten(town: Town) -> None:
    _applied, waiting = submit(place=town.house, wanted={"name": "川西の家"}, by=town.hana)
    assert waiting is not None
    Place.objects.filter(pk=town.house.pk).update(name="川西みんなの家")
    made = decide(submission=waiting, decisions=approve("name"), by=town.ren)
    assert made.decisions["name"]["decision"] == "conflict"
    assert live(town).name == "川西みんなの家"


def test_of_two_editors_of_the_same_field_the_second_is_told_which(town: Town) -> None:
    opened = town.house.edit_version
    submit(place=town.house, wanted={"atmosphere": "にぎやか"}, by=town.second, edit_version=opened)
    with pytest.raises(SomebodyElseSaved, match="ほかの人が同じところを直しました") as told:
        submit(place=town.house, wanted={"atmosphere": "静か"}, by=town.hana, edit_version=opened)
    assert told.value.fields == ["atmosphere"]
    assert live(town).atmosphere == "にぎやか"


def test_two_editors_of_different_fields_do_not_disturb_each_other(town: Town) -> None:
    opened = town.house.edit_version
    submit(place=town.house, wanted={"atmosphere": "にぎやか"}, by=town.second, edit_version=opened)
    submit(place=town.house, wanted={"who_comes": "親子"}, by=town.hana, edit_version=opened)
    assert (live(town).atmosphere, live(town).who_comes) == ("にぎやか", "親子")


def test_a_change_of_small_risk_is_undone_once(town: Town) -> None:
    applied, _waiting = submit(place=town.house, wanted={"atmosphere": "静か"}, by=town.hana)
    assert applied is not None
    undo(submission=applied, by=town.hana)
    assert live(town).atmosphere == ""
    with pytest.raises(AlreadyDecided):
        undo(submission=applied, by=town.hana)


def test_an_older_change_is_not_undone_over_a_newer_one(town: Town) -> None:
    applied, _waiting = submit(place=town.house, wanted={"atmosphere": "静か"}, by=town.hana)
    assert applied is not None
    submit(place=town.house, wanted={"atmosphere": "にぎやか"}, by=town.second)
    with pytest.raises(SomebodyElseSaved):
        undo(submission=applied, by=town.hana)
    assert live(town).atmosphere == "にぎやか"


def test_what_waits_can_be_taken_back_until_it_is_decided(town: Town) -> None:
    _applied, waiting = submit(place=town.house, wanted={"name": "川西の家"}, by=town.hana)
    assert waiting is not None
    take_back(submission=waiting, by=town.hana)
    with pytest.raises(AlreadyDecided):
        decide(submission=waiting, decisions=approve("name"), by=town.ren)
    assert live(town).name == "川西ふれあいの家"


def test_a_new_listing_exists_only_once_it_is_approved(town: Town) -> None:
    wanted = {"name": "川西の縁側", "yomi": "かわにしのえんがわ", "kind": "salon", "lead": "日なたで話す"}
    made = submit_new(municipality=town.municipality, organization=town.group, wanted=wanted, by=town.hana)
    assert Place.objects.count() == 1
    decide(submission=made, decisions=approve(*wanted), by=town.ren)
    place = Place.objects.get(name="川西の縁側")
    assert (place.lead, place.organization, place.state) == ("日なたで話す", town.group, PlaceState.PREPARING)


def test_a_new_listing_that_is_returned_leaves_nothing(town: Town) -> None:
    wanted = {"name": "川西の縁側", "yomi": "かわにしのえんがわ", "kind": "salon"}
    made = submit_new(municipality=town.municipality, organization=None, wanted=wanted, by=town.hana)
    decide(submission=made, decisions={name: {"decision": "returned"} for name in wanted}, by=town.ren)
    assert Place.objects.count() == 1
    made.refresh_from_db()
    assert made.state == SubmissionState.RETURNED


def test_a_value_that_cannot_be_is_refused_and_nothing_of_the_set_is_applied(town: Town) -> None:
    _applied, waiting = submit(place=town.house, wanted={"lead": "どうぞ", "cost_yen": -5}, by=town.hana)
    assert waiting is not None
    with pytest.raises(NotNow):
        decide(submission=waiting, decisions=approve("lead", "cost_yen"), by=town.ren)
    waiting.refresh_from_db()
    assert waiting.state == SubmissionState.WAITING
