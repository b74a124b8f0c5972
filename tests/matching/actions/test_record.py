"""The record of what was done, and what comes next."""

from datetime import date

from matching.actions.records import finish, next_step, record
from matching.choices import RecordVisibility, RecordWay
from matching.models import Record
from matching.permissions import records_for
from tests.matching.cast import Cast, a_key


def test_pressing_twice_writes_once(cast: Cast) -> None:
    client, key = cast.a_client(), a_key()
    for _press in range(2):
        record(client=client, way=RecordWay.PHONE, words="サロンが休みと伝えた", by=cast.sakura, form_key=key)
    assert Record.objects.get().words == "サロンが休みと伝えた"


def test_what_is_kept_to_the_team_is_read_by_the_team_and_its_writer(cast: Cast) -> None:
    client = cast.a_client()
    record(
        client=client,
        way=RecordWay.MEETING,
        words="x",
        visibility=RecordVisibility.TEAM,
        by=cast.nakano,
        form_key=a_key(),
    )
    assert records_for(cast.sakura, client)
    assert records_for(cast.nakano, client)
    assert not records_for(cast.kanri, client)


def test_a_correction_is_a_later_entry(cast: Cast) -> None:
    client = cast.a_client()
    first = record(client=client, way=RecordWay.PHONE, words="12/7", by=cast.sakura, form_key=a_key())
    record(client=client, way=RecordWay.PHONE, words="12/8", corrects=first, by=cast.sakura, form_key=a_key())
    assert Record.objects.count() == 2


def test_the_same_step_stands_in_the_diary_once_and_is_done(cast: Cast) -> None:
    client = cast.a_client()
    step = next_step(client=client, due_on=date(2026, 12, 8), kind="escort", by=cast.sakura)
    assert next_step(client=client, due_on=date(2026, 12, 8), kind="escort", by=cast.sakura) == step
    assert finish(step=step, by=cast.sakura).done_on == date(2026, 11, 24)
    assert not client.next_steps.waiting()
