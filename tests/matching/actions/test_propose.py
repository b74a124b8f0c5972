"""Suggesting a place: frozen as it was judged; the person's answer decides; steps go back."""

from datetime import date

import pytest

from directory.models import HostRequest, Role
from matching.actions.proposals import answer, decline, propose, step_back
from matching.actions.requests import ask_host
from matching.choices import DeclineSide, PersonAnswer, ProposalState
from matching.codes import UnknownCode
from matching.models import Client, Event, Proposal, Record
from matching.refusals import AlreadyAnswered, NoPlan, WrongStep
from tests.matching.cast import Cast


def suggest(cast: Cast, client: Client, **facts: object) -> Proposal:
    return propose(  # type: ignore[arg-type]
        **{
            "client": client,
            "place": cast.place,
            "slot": cast.slot_of(cast.place),
            "by": cast.sakura,
            "inputs": {"means": ["walk"]},
            "explanation": {"good": ["歩いて10分です"]},
            "rules_version": "2026-11",
            "band": "good",
            **facts,
        }
    )


def test_what_was_judged_is_frozen(cast: Cast) -> None:
    client = cast.a_client()
    cast.a_plan(client)
    suggest(cast, client)
    Role.objects.update(name="ほかの役割")
    proposal = Proposal.objects.get()
    assert proposal.explanation == {"good": ["歩いて10分です"]}
    assert (proposal.activity_text, proposal.role_text) == ("みんなの昼ごはん", "食べに来る（お客さん）")
    assert proposal.reply_by_on == date(2026, 12, 8)


def test_nothing_is_suggested_without_a_plan(cast: Cast) -> None:
    with pytest.raises(NoPlan):
        suggest(cast, cast.a_client())


def test_the_same_suggestion_is_made_once_and_no_host_learns_of_it(cast: Cast) -> None:
    client = cast.a_client()
    cast.a_plan(client)
    assert suggest(cast, client) == suggest(cast, client)
    assert not HostRequest.objects.exists()


@pytest.mark.parametrize(
    "said, state",
    [
        (PersonAnswer.WANT, ProposalState.WANTED),
        (PersonAnswer.SEE_FIRST, ProposalState.WANTED),
        (PersonAnswer.LATER, ProposalState.HELD),
        (PersonAnswer.NOT_NOW, ProposalState.HELD),
        (PersonAnswer.NO, ProposalState.DECLINED),
    ],
)
def test_the_persons_answer_decides(cast: Cast, said: PersonAnswer, state: ProposalState) -> None:
    client = cast.a_client()
    cast.a_plan(client)
    proposal = answer(proposal=suggest(cast, client), answer=said, words="行ってみようかな", by=cast.sakura)
    assert proposal.state == state
    assert (proposal.held_until_on is not None) == (state == ProposalState.HELD)
    assert (proposal.decline_side == DeclineSide.PERSON) == (state == ProposalState.DECLINED)


def test_an_answer_is_written_once_but_a_held_one_may_be_answered_again(cast: Cast) -> None:
    client = cast.a_client()
    cast.a_plan(client)
    proposal = answer(proposal=suggest(cast, client), answer=PersonAnswer.LATER, by=cast.sakura)
    answer(proposal=proposal, answer=PersonAnswer.WANT, words="やる", by=cast.sakura)
    answer(proposal=proposal, answer=PersonAnswer.WANT, words="やる", by=cast.sakura)
    with pytest.raises(AlreadyAnswered):
        answer(proposal=proposal, answer=PersonAnswer.NO, by=cast.sakura)


def test_a_no_does_not_keep_the_place_from_being_suggested_again(cast: Cast) -> None:
    client = cast.a_client()
    cast.a_plan(client)
    first = answer(proposal=suggest(cast, client), answer=PersonAnswer.NO, by=cast.sakura)
    assert suggest(cast, client) != first


def test_declining_needs_a_reason_of_the_list_and_calls_everything_off(cast: Cast) -> None:
    client = cast.a_client()
    cast.a_consent(client)
    proposal = cast.a_proposal(client)
    ask_host(proposal=proposal, by=cast.sakura)
    with pytest.raises(UnknownCode):
        decline(proposal=proposal, reason="whatever", by=cast.sakura)
    declined = decline(proposal=proposal, reason="too_far", words="バスがない", by=cast.sakura)
    assert (declined.decline_side, declined.decline_version) == (DeclineSide.PERSON, "2026-04")
    assert HostRequest.objects.get().withdrawn_at is not None
    assert decline(proposal=proposal, reason="too_far", by=cast.sakura) == declined


def test_steps_go_back_and_nothing_said_is_lost(cast: Cast) -> None:
    client = cast.a_client()
    proposal = cast.a_proposal(client, person_words="人が少ないなら")
    back = step_back(proposal=proposal, by=cast.sakura)
    assert (back.state, back.person_answer) == (ProposalState.PROPOSED, "")
    assert "人が少ないなら" in client.records.get().words


def test_going_back_from_the_host_takes_the_letter_back(cast: Cast) -> None:
    client = cast.a_client()
    cast.a_consent(client)
    proposal = cast.a_proposal(client)
    ask_host(proposal=proposal, by=cast.sakura)
    assert step_back(proposal=proposal, by=cast.sakura).state == ProposalState.WANTED
    assert HostRequest.objects.get().withdrawn_at is not None
    ask_host(proposal=proposal, by=cast.sakura)
    assert HostRequest.objects.open().count() == 1


def test_a_declined_suggestion_can_be_taken_up_again(cast: Cast) -> None:
    proposal = cast.a_proposal(cast.a_client())
    decline(proposal=proposal, reason="cost", words="高い", by=cast.sakura)
    back = step_back(proposal=proposal, by=cast.sakura)
    assert (back.state, back.decline_reason) == (ProposalState.PROPOSED, "")


def test_what_waits_for_the_person_cannot_go_back(cast: Cast) -> None:
    proposal = cast.a_proposal(cast.a_client(), state=ProposalState.PROPOSED)
    with pytest.raises(WrongStep):
        step_back(proposal=proposal, by=cast.sakura)


def test_a_no_for_now_said_again_waits_longer_and_the_words_before_are_kept(cast: Cast) -> None:
    proposal = cast.a_proposal(cast.a_client(), state=ProposalState.PROPOSED)
    later = {"proposal": proposal, "answer": PersonAnswer.NOT_NOW, "by": cast.sakura}
    answer(words="冬はさむい", held_until_on=date(2026, 12, 1), **later)
    assert answer(words="冬はさむい", held_until_on=date(2027, 1, 5), **later).held_until_on == date(2027, 1, 5)
    answer(proposal=proposal, answer=PersonAnswer.WANT, words="行く", by=cast.sakura)
    assert any("冬はさむい" in row.words for row in Record.objects.filter(client=proposal.client))
    assert Event.objects.filter(action="proposal.answered").count() == 3


def test_pressing_back_twice_goes_back_once(cast: Cast) -> None:
    client = cast.a_client()
    cast.a_consent(client)
    proposal = cast.a_proposal(client)
    ask_host(proposal=proposal, by=cast.sakura)
    for _press in range(2):
        assert step_back(proposal=proposal, seen=ProposalState.ASKED, by=cast.sakura).state == ProposalState.WANTED


def test_what_was_suggested_anew_is_not_set_back_beside_it(cast: Cast) -> None:
    client = cast.a_client()
    old = cast.a_proposal(client)
    decline(proposal=old, reason="health", by=cast.sakura)
    cast.a_proposal(client)
    with pytest.raises(WrongStep) as refusal:
        step_back(proposal=old, by=cast.sakura)
    assert "いま進んでいます" in str(refusal.value)
