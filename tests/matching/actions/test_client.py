"""Changing, handing over, protecting and closing a person's record."""

from datetime import date

import pytest

from matching.actions import clients as actions
from matching.choices import ClientState
from matching.models import Client, Event
from matching.permissions import clients_of
from matching.refusals import EditedMeanwhile, NotAllowedToWork, WrongStep
from tests.matching.cast import Cast


def test_a_change_is_kept_and_counted(cast: Cast) -> None:
    client = cast.a_client()
    changed = actions.change(client=client, edit_version=1, by=cast.sakura, caution="電話は午後だけ")
    assert (changed.caution, changed.edit_version) == ("電話は午後だけ", 2)
    assert Event.objects.get(action="client.changed").details == {"fields": ["caution"]}


def test_the_second_of_two_editors_sees_both_texts_and_overwrites_nothing(cast: Cast) -> None:
    client = cast.a_client()
    actions.change(client=client, edit_version=1, by=cast.sakura, caution="電話は午後だけ")
    with pytest.raises(EditedMeanwhile) as refusal:
        actions.change(client=client, edit_version=1, by=cast.nakano, caution="手紙を出さない")
    assert refusal.value.theirs == {"caution": "電話は午後だけ"}
    assert refusal.value.mine == {"caution": "手紙を出さない"}
    assert Client.objects.get(pk=client.pk).caution == "電話は午後だけ"


def test_pressing_twice_changes_once(cast: Cast) -> None:
    client = cast.a_client()
    for _press in range(2):
        actions.change(client=client, edit_version=1, by=cast.sakura, caution="電話は午後だけ")
    assert Client.objects.get(pk=client.pk).edit_version == 2


def test_a_birthday_tells_the_year_of_birth(cast: Cast) -> None:
    client = actions.change(client=cast.a_client(), edit_version=1, by=cast.sakura, birthday=date(1984, 5, 6))
    assert Client.objects.get(pk=client.pk).birth_year == 1984
    assert Client.objects.get(pk=client.pk).birthday == date(1984, 5, 6)


def test_only_what_may_be_edited_is_changed_here(cast: Cast) -> None:
    with pytest.raises(TypeError):
        actions.change(client=cast.a_client(), edit_version=1, by=cast.sakura, serial=7)


def test_handing_over_gives_the_record_to_another_office(cast: Cast) -> None:
    client = cast.a_client()
    actions.hand_over(client=client, to=cast.kita, office=cast.other_office, by=cast.nakano)
    assert client in clients_of(cast.kita)
    assert client not in clients_of(cast.sakura)
    with pytest.raises(NotAllowedToWork):
        actions.hand_over(client=client, to=cast.tonari, by=cast.nakano)


def test_a_co_worker_sees_the_record_until_they_leave(cast: Cast) -> None:
    client = cast.a_client()
    member = actions.add_co_worker(client=client, user=cast.kita, by=cast.sakura)
    assert actions.add_co_worker(client=client, user=cast.kita, by=cast.sakura) == member
    assert client in clients_of(cast.kita)
    actions.leave_team(member=member, by=cast.sakura)
    assert client not in clients_of(cast.kita)


def test_protection_hides_at_once_and_is_lifted_for_one_person_only(cast: Cast) -> None:
    one, other = cast.a_client(), cast.a_client()
    for client in (one, other):
        actions.protect(client=client, allow=[cast.kita], by=cast.sakura)
    assert set(clients_of(cast.kita)) == set(clients_of(cast.sakura)) == {one, other}
    assert not clients_of(cast.kanri)
    actions.lift_protection(client=one, by=cast.sakura)
    assert list(clients_of(cast.kanri)) == [one]


def test_a_new_main_worker_of_a_protected_person_is_allowed_to_see_them(cast: Cast) -> None:
    client = actions.protect(client=cast.a_client(), allow=[], by=cast.sakura)
    actions.hand_over(client=client, to=cast.nakano, by=cast.sakura)
    assert client in clients_of(cast.nakano)


def test_the_last_who_may_see_a_protected_person_cannot_be_taken_off(cast: Cast) -> None:
    client = actions.protect(client=cast.a_client(), allow=[cast.kita], by=cast.sakura)
    one, last = client.team.filter(kind="allowed")
    actions.leave_team(member=one, by=cast.sakura)
    with pytest.raises(WrongStep):
        actions.leave_team(member=last, by=cast.sakura)
    assert client in clients_of(last.user)


def test_a_record_is_closed_only_when_nothing_runs_and_opens_again_at_any_time(cast: Cast) -> None:
    client = cast.a_client()
    proposal = cast.a_proposal(client)
    with pytest.raises(WrongStep):
        actions.set_state(client=client, state=ClientState.CLOSED, by=cast.sakura)
    proposal.delete()
    closed = actions.set_state(client=client, state=ClientState.CLOSED, by=cast.sakura)
    assert closed.closed_on == date(2026, 11, 24)
    assert actions.set_state(client=client, state=ClientState.OPEN, by=cast.sakura).closed_on is None
