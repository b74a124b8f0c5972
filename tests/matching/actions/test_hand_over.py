"""引継ぎ: the memo waits for the new main worker until it has been read."""

import pytest

from matching.actions.clients import Memo, hand_over, receive_hand_over
from matching.models import Event, HandOver
from matching.refusals import WrongStep
from matching.today import diary_of
from tests.matching.cast import TODAY, Cast

MEMO = Memo(cares="急がない", underway="見学の相談中", cautions="電話は午後")


def test_the_memo_waits_on_the_new_workers_today(cast: Cast) -> None:
    client = hand_over(client=cast.a_client(), to=cast.nakano, memo=MEMO, by=cast.sakura)
    row = client.hand_overs.get()
    assert (row.before, row.after, row.underway) == (cast.sakura, cast.nakano, "見学の相談中")
    assert [item.kind for item in diary_of(cast.nakano, on=TODAY).today] == ["hand_over"]
    with pytest.raises(WrongStep):
        receive_hand_over(hand_over=row, by=cast.sakura)
    for _press in range(2):
        receive_hand_over(hand_over=row, by=cast.nakano)
    assert not diary_of(cast.nakano, on=TODAY).today
    assert Event.objects.filter(action="client.hand_over_received").count() == 1


def test_who_hands_on_before_reading_leaves_nothing_waiting(cast: Cast) -> None:
    client = hand_over(client=cast.a_client(), to=cast.nakano, memo=MEMO, by=cast.sakura)
    hand_over(client=client, to=cast.sakura, memo=Memo(underway="もどした"), by=cast.nakano)
    assert HandOver.objects.filter(read_at=None).get().after == cast.sakura


def test_another_office_alone_is_no_hand_over(cast: Cast) -> None:
    hand_over(client=cast.a_client(), to=cast.sakura, office=cast.other_office, by=cast.sakura)
    assert not HandOver.objects.exists()


def test_what_was_not_read_goes_on_to_the_next(cast: Cast) -> None:
    """A worker who leaves before reading: the words of the first one reach the third."""
    client = hand_over(client=cast.a_client(), to=cast.nakano, memo=MEMO, by=cast.sakura)
    hand_over(client=client, to=cast.kita, memo=Memo(underway="会えなかった"), by=cast.nakano)
    row = HandOver.objects.get(client=client, read_at=None)
    assert row.after == cast.kita
    assert row.underway.startswith("会えなかった\n（前のメモ、佐倉から）") and MEMO.underway in row.underway
    assert MEMO.cares in row.cares
    receive_hand_over(hand_over=row, by=cast.kita)
    hand_over(client=client, to=cast.nakano, memo=Memo(underway="つぎ"), by=cast.kita)
    assert HandOver.objects.get(client=client, read_at=None).underway == "つぎ"


def test_who_wrote_it_is_named_and_nothing_is_lost_on_the_way_back(cast: Cast) -> None:
    """A coordinator hands over for somebody who is ill; she comes back before anybody has read it."""
    client = hand_over(client=cast.a_client(), to=cast.kita, memo=MEMO, by=cast.nakano)
    hand_over(client=client, to=cast.sakura, memo=None, by=cast.nakano)
    row = HandOver.objects.get(client=client, read_at=None)
    assert row.cautions == f"（前のメモ、中野から）{MEMO.cautions}"
