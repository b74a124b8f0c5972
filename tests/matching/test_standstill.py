"""止まっている人, what is long overdue, and the weekly mail that names nobody."""

from datetime import date, timedelta

import time_machine
from django.core import mail
from django.core.management import call_command

from matching.actions.clients import protect
from matching.actions.records import next_step, record
from matching.choices import RecordWay
from matching.models import Client
from matching.standstill import standstill
from tests.matching.cast import TODAY, Cast, a_key


def stands_still(cast: Cast, on: date = TODAY) -> list[Client]:
    return [one.client for one in standstill(cast.nakano, cast.town, on=on).still]


def test_somebody_for_whom_nothing_happened_and_nothing_is_planned(cast: Cast) -> None:
    client = cast.a_client(opened_on=TODAY - timedelta(days=30))
    cast.a_client(opened_on=TODAY - timedelta(days=29))
    assert stands_still(cast) == [client]


def test_looking_is_not_moving_but_a_record_is(cast: Cast) -> None:
    from matching.permissions import client_for

    client = cast.a_client(opened_on=TODAY - timedelta(days=60))
    client_for(cast.sakura, client.number, page="person")
    assert stands_still(cast) == [client]
    record(client=client, way=RecordWay.PHONE, words="元気", form_key=a_key(), by=cast.sakura)
    assert stands_still(cast) == []


def test_who_has_a_next_day_does_not_stand_still(cast: Cast) -> None:
    client = cast.a_client(opened_on=TODAY - timedelta(days=60))
    with time_machine.travel("2026-09-20T10:00+09:00"):
        next_step(client=client, due_on=date(2027, 2, 1), kind="call", by=cast.sakura)
    assert stands_still(cast) == []


def test_what_is_long_overdue_rises_to_the_coordinator(cast: Cast) -> None:
    client = cast.a_client()
    next_step(client=client, due_on=TODAY - timedelta(days=13), kind="call", by=cast.sakura)
    assert standstill(cast.nakano, cast.town, on=TODAY).late == []
    next_step(client=client, due_on=TODAY - timedelta(days=14), kind="meeting", by=cast.sakura)
    assert [item.what for item in standstill(cast.nakano, cast.town, on=TODAY).late] == ["面談"]


def test_a_protected_person_stands_in_no_list_of_others(cast: Cast) -> None:
    client = cast.a_client(opened_on=TODAY - timedelta(days=60))
    protect(client=client, allow=[], by=cast.sakura)
    assert stands_still(cast) == []


def test_the_weekly_mail_holds_numbers_only_and_goes_out_once_a_week(cast: Cast) -> None:
    client = cast.a_client(called="ひみつ")
    next_step(client=client, due_on=TODAY - timedelta(days=20), kind="call", words="ひみつの用事", by=cast.sakura)
    call_command("weekly_digest")
    call_command("weekly_digest")
    by_reader = {message.to[0]: message for message in mail.outbox}
    assert len(mail.outbox) == len(by_reader)
    own, coordinator = by_reader["sakura@example.jp"], by_reader["nakano@example.jp"]
    assert "期日を過ぎた用事: 1件" in own.body and "町で" not in own.body
    assert "町で大きく遅れている用事: 1件" in coordinator.body
    for message in mail.outbox:
        assert not {"ひみつ", client.number, cast.place.name} & set(message.body.split())
        assert client.number not in message.body and "ひみつ" not in message.body
    with time_machine.travel("2026-12-01T08:00+09:00"):
        mail.outbox.clear()
        call_command("weekly_digest")
        assert "sakura@example.jp" in [message.to[0] for message in mail.outbox]
