"""Receiving a consultation: from a call come a person, a main worker, and a first contact in the diary."""

from datetime import date

import pytest

from directory.models import User
from matching import codes
from matching.actions.clients import Person, fiscal_year
from matching.actions.consultations import receive, set_troubles
from matching.choices import ConsultationKind, WhoCame
from matching.models import Client, Consultation, Event
from matching.refusals import NotAllowedToWork
from tests.matching.cast import Cast, a_key


def a_call(cast: Cast, by: User | None = None, **facts: object) -> Consultation:
    return receive(  # type: ignore[arg-type]
        **{
            "municipality": cast.town,
            "office": cast.office,
            "route": "family",
            "who_came": WhoCame.FAMILY,
            "matters": ["withdrawal", "family"],
            "most_serious": "withdrawal",
            "words": "息子が家から出ない",
            "person": Person(called="そら", birth_year=1984),
            "main_worker": cast.sakura,
            "by": by or cast.uketsuke,
            "form_key": a_key(),
            **facts,
        }
    )


def test_a_call_opens_a_record_with_a_number_and_a_main_worker(cast: Cast) -> None:
    client = a_call(cast).client
    assert (client.number, client.main_worker, client.office) == ("R8-0001", cast.sakura, cast.office)
    assert a_call(cast).client.number == "R8-0002"


def test_numbers_follow_the_fiscal_year_and_the_town(cast: Cast) -> None:
    assert fiscal_year(date(2027, 3, 31)) == 2026
    assert a_call(cast, received_on=date(2026, 3, 31)).client.number == "R7-0001"
    beside = a_call(cast, municipality=cast.next_town, office=cast.next_office, main_worker=cast.tonari, by=cast.tonari)
    assert beside.client.number == "R8-0001"


def test_a_second_press_receives_once(cast: Cast) -> None:
    key = a_key()
    assert a_call(cast, form_key=key) == a_call(cast, form_key=key)
    assert Client.objects.count() == Consultation.objects.count() == 1


def test_the_first_contact_is_due_in_seven_days_but_not_in_outreach(cast: Cast) -> None:
    assert a_call(cast).client.next_steps.get().due_on == date(2026, 12, 1)
    assert not a_call(cast, outreach=True, kind=ConsultationKind.NOTICE).client.next_steps.exists()


def test_what_is_urgent_is_due_today(cast: Cast) -> None:
    step = a_call(cast, is_urgent=True, urgent_words="食べるものを届ける").client.next_steps.get()
    assert (step.due_on, step.words) == (date(2026, 11, 24), "食べるものを届ける")


def test_somebody_known_comes_again_without_a_second_record(cast: Cast) -> None:
    client = a_call(cast).client
    again = a_call(cast, client=client, person=None)
    assert again.client == client
    assert client.consultations.count() == 2
    assert Client.objects.count() == 1


def test_codes_are_kept_with_the_version_of_their_list(cast: Cast) -> None:
    consultation = a_call(cast)
    assert consultation.route_version == consultation.matters_version == "2026-04"
    assert codes.label("routes", consultation.route, consultation.route_version) == "家族から"


def test_an_unknown_code_is_refused_and_opens_nothing(cast: Cast) -> None:
    with pytest.raises(codes.UnknownCode):
        a_call(cast, matters=["gossip"])
    with pytest.raises(codes.UnknownCode):
        a_call(cast, route="rumour")
    assert not Client.objects.exists()


def test_somebody_without_a_duty_in_this_town_cannot_be_the_main_worker(cast: Cast) -> None:
    with pytest.raises(NotAllowedToWork):
        a_call(cast, main_worker=cast.tonari)
    assert not Client.objects.exists()


def test_a_protected_person_is_hidden_from_the_first_commit(cast: Cast) -> None:
    from matching.permissions import clients_of

    client = a_call(cast, is_protected=True).client
    assert client in clients_of(cast.sakura)
    assert client in clients_of(cast.uketsuke)
    for other in (cast.nakano, cast.kanri, cast.kita):
        assert client not in clients_of(other)


def test_the_event_holds_codes_and_never_words(cast: Cast) -> None:
    client = a_call(cast).client
    event = Event.objects.get(action="consultation.received")
    assert (event.subject, event.actor) == (client.uuid, cast.uketsuke.uuid)
    assert "息子" not in str(event.details)


def test_troubles_that_are_left_out_are_resolved_and_three_are_main(cast: Cast) -> None:
    client = a_call(cast).client
    set_troubles(
        client=client,
        troubles=["isolation", "family", "care", "debt"],
        main=["isolation", "family", "care", "debt"],
        by=cast.sakura,
    )
    assert client.troubles.filter(is_main=True).count() == 3
    left = set_troubles(client=client, troubles=["isolation"], main=["isolation"], by=cast.sakura)
    assert [trouble.code for trouble in left] == ["isolation"]
    assert client.troubles.filter(resolved_on=date(2026, 11, 24)).count() == 3
