"""Households: several persons, each with their own record and their own rules."""

import pytest
from django.test import Client as Browser
from django.urls import reverse

from matching.actions.clients import protect
from matching.actions.households import add_member, form_household, leave_household, write_note
from matching.choices import Relation
from matching.models import Sighting
from matching.permissions import household_of
from matching.refusals import EditedMeanwhile, WrongStep
from tests.matching.cast import Cast


def test_a_household_is_formed_once(cast: Cast) -> None:
    client = cast.a_client()
    assert form_household(client=client, by=cast.sakura) == form_household(client=client, by=cast.sakura)
    assert [member.relation for member in household_of(cast.sakura, client, page="household")] == ["self"]


def test_a_mother_who_is_supported_herself_and_one_known_by_words(cast: Cast) -> None:
    son, mother = cast.a_client(), cast.a_client(called="うめ")
    add_member(client=son, relation=Relation.PARENT, member_client=mother, by=cast.sakura)
    add_member(client=son, relation=Relation.PARENT, member_client=mother, by=cast.sakura)
    add_member(client=son, relation=Relation.SIBLING, words="弟、県外", lives_apart=True, by=cast.sakura)
    assert (
        len(household_of(cast.sakura, son, page="household"))
        == len(household_of(cast.sakura, mother, page="household"))
        == 3
    )


def test_a_protected_member_is_not_hinted_at(cast: Cast) -> None:
    son, mother = cast.a_client(), cast.a_client(office=cast.other_office, main_worker=cast.kita)
    add_member(client=son, relation=Relation.PARENT, member_client=mother, by=cast.sakura)
    protect(client=mother, allow=[], by=cast.kita)
    assert [member.client for member in household_of(cast.sakura, son, page="household")] == [son]
    assert mother in [member.client for member in household_of(cast.kita, mother, page="household")]


def test_nobody_belongs_to_two_households_or_another_towns(cast: Cast) -> None:
    one, other = cast.a_client(), cast.a_client()
    form_household(client=other, by=cast.sakura)
    with pytest.raises(WrongStep):
        add_member(client=one, relation=Relation.SPOUSE, member_client=other, by=cast.sakura)
    far = cast.a_client(municipality=cast.next_town, office=cast.next_office, main_worker=cast.tonari, serial=90)
    with pytest.raises(WrongStep):
        add_member(client=one, relation=Relation.SPOUSE, member_client=far, by=cast.sakura)


def test_whoever_leaves_is_kept_with_the_day(cast: Cast) -> None:
    client = cast.a_client()
    member = add_member(client=client, relation=Relation.CHILD, words="娘", by=cast.sakura)
    assert leave_household(client=client, member=member, by=cast.sakura).left_on is not None
    assert len(household_of(cast.sakura, client, page="household")) == 1


def test_two_notes_at_once_show_both_texts(cast: Cast) -> None:
    client = cast.a_client()
    write_note(client=client, note="母と二人", edit_version=1, by=cast.sakura)
    with pytest.raises(EditedMeanwhile):
        write_note(client=client, note="母と三人", edit_version=1, by=cast.nakano)


def test_who_left_has_a_household_of_their_own_and_reads_nothing_of_the_one_before(cast: Cast) -> None:
    mother, son = cast.a_client(), cast.a_client(office=cast.other_office, main_worker=cast.kita)
    member = add_member(client=mother, relation=Relation.CHILD, member_client=son, by=cast.nakano)
    leave_household(client=mother, member=member, by=cast.nakano)
    write_note(client=mother, note="新しい住所は川西のアパート", edit_version=1, by=cast.sakura)
    browser = Browser()
    browser.force_login(cast.kita)
    assert "川西のアパート" not in browser.get(reverse("desk_household", args=[son.number])).content.decode()
    add_member(client=son, relation=Relation.CHILD, words="妹（見本）", by=cast.kita)
    assert len(household_of(cast.nakano, mother, page="household")) == 1
    assert len(household_of(cast.nakano, son, page="household")) == 2


def test_members_whose_number_is_shown_are_recorded(cast: Cast) -> None:
    mother, son = cast.a_client(), cast.a_client()
    add_member(client=mother, relation=Relation.CHILD, member_client=son, by=cast.sakura)
    browser = Browser()
    browser.force_login(cast.sakura)
    for page in ("desk_household", "desk_person"):
        before = Sighting.objects.filter(client_uuid=son.uuid).count()
        browser.get(reverse(page, args=[mother.number]))
        assert Sighting.objects.filter(client_uuid=son.uuid).count() == before + 1
