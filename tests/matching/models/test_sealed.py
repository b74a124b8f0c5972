"""Sealed fields open for their own row only, and never by accident."""

from typing import Any

import pytest
from django.core import serializers
from django.db import connection
from django.db.models import F

from matching.models import Client, Plan
from matching.models.base import CaseQuerySet
from matching.sealed import CannotOpen, SealedText, blind_index, plain_kana, sealed_fields
from tests.matching.cast import Cast

CANARY = "ひみつのなまえ"


def stored(client: Client, column: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"select {column} from matching_client where id = %s", [client.pk])
        return cursor.fetchone()[0]


def test_a_name_is_read_through_its_row_and_stored_sealed(cast: Cast) -> None:
    client = cast.a_client(name=CANARY)
    assert Client.objects.get(pk=client.pk).name == CANARY
    assert stored(client, "name").startswith("test:")
    assert CANARY not in stored(client, "name")


def test_the_same_words_are_sealed_differently_each_time(cast: Cast) -> None:
    assert stored(cast.a_client(name=CANARY), "name") != stored(cast.a_client(name=CANARY), "name")


def test_what_was_not_opened_is_saved_without_a_new_seal(cast: Cast) -> None:
    client = cast.a_client(about=CANARY)
    before = stored(client, "about")
    Client.objects.get(pk=client.pk).save()
    assert stored(client, "about") == before


def test_deferred_columns_and_only_one_open_too(cast: Cast) -> None:
    client = cast.a_client(name=CANARY)
    assert Client.objects.defer("name").get(pk=client.pk).name == CANARY
    assert Client.objects.only("name").get(pk=client.pk).name == CANARY
    assert Client.objects.only("serial").get(pk=client.pk).name == CANARY


def test_bulk_create_seals(cast: Cast) -> None:
    client = cast.a_client()
    rows = [Plan(client=client, municipality=cast.town, serial=9, goal=CANARY, made_by=cast.sakura)]
    Plan.objects.bulk_create(rows)
    assert Plan.objects.get(serial=9).goal == CANARY
    with connection.cursor() as cursor:
        cursor.execute("select goal from matching_plan")
        assert CANARY not in cursor.fetchone()[0]


@pytest.mark.parametrize("source, target", [("name", "name"), ("name", "address")])
def test_a_value_moved_to_another_row_or_column_does_not_open(cast: Cast, source: str, target: str) -> None:
    own, other = cast.a_client(name=CANARY), cast.a_client()
    row = own if source != target else other
    with connection.cursor() as cursor:
        cursor.execute(f"update matching_client set {target} = %s where id = %s", [stored(own, source), row.pk])
    with pytest.raises(CannotOpen):
        getattr(Client.objects.get(pk=row.pk), target)


def test_a_changed_value_or_a_missing_key_raises_and_never_shows_the_ciphertext(cast: Cast, settings: Any) -> None:
    client = cast.a_client(name=CANARY)
    settings.SEALING_KEYS = {"other": b"1" * 32}
    with pytest.raises(CannotOpen) as missing:
        _read = Client.objects.get(pk=client.pk).name
    assert stored(client, "name") not in str(missing.value)


def test_an_old_key_still_opens_and_still_finds_while_keys_rotate(cast: Cast, settings: Any) -> None:
    client = cast.a_client(name=CANARY, yomi="ひみつ")
    settings.SEALING_KEYS = {"new": b"2" * 32, **settings.SEALING_KEYS}
    again = Client.objects.get(pk=client.pk)
    assert again.name == CANARY
    assert list(Client.objects.read_as("ひみつ", municipality=cast.town)) == [client]
    again.name = CANARY + "2"
    again.save()
    assert stored(client, "name").startswith("new:")


@pytest.mark.parametrize(
    "ask",
    [
        lambda: Client.objects.filter(name=CANARY),
        lambda: Client.objects.exclude(name__contains="ひ"),
        lambda: Client.objects.filter(plans__goal="x"),
        lambda: Client.objects.update(name="x"),
        lambda: Client.objects.values_list("name"),
        lambda: Client.objects.values("serial", "phone"),
        lambda: Client.objects.values(),
        lambda: Plan.objects.values_list("client__name", flat=True),
        lambda: Client.objects.order_by("name"),
        lambda: Plan.objects.order_by("-client__yomi"),
    ],
)
def test_questions_and_bulk_changes_on_sealed_columns_are_refused(cast: Cast, ask: Any) -> None:
    cast.a_client()
    with pytest.raises(TypeError):
        list(ask())


def test_bulk_update_is_refused(cast: Cast) -> None:
    client = cast.a_client()
    client.name = CANARY
    with pytest.raises(TypeError):
        Client.objects.bulk_update([client], ["name"])


def test_an_expression_brings_the_sealed_value_which_turns_into_no_text(cast: Cast) -> None:
    client = cast.a_client(phone=CANARY)
    (row,) = Client.objects.annotate(copy=F("phone")).filter(pk=client.pk)
    assert repr(row.copy) == "<sealed>"
    with pytest.raises(TypeError):
        str(row.copy)


def test_a_row_cannot_be_dumped(cast: Cast) -> None:
    with pytest.raises(Exception, match="sealed"):
        serializers.serialize("json", [cast.a_client()])


def test_every_table_of_casework_refuses_to_list_sealed_columns() -> None:
    from django.apps import apps

    for model in apps.get_app_config("matching").get_models():
        if sealed_fields(model):
            assert isinstance(model._default_manager.all(), CaseQuerySet), model


def test_every_sealed_field_is_bound_to_words_of_its_own() -> None:
    from django.apps import apps

    bounds = [field.bound for model in apps.get_app_config("matching").get_models() for field in sealed_fields(model)]
    assert len(bounds) == len(set(bounds)) > 30
    with pytest.raises(TypeError):
        SealedText()


def test_readings_are_found_however_they_are_typed(cast: Cast) -> None:
    client = cast.a_client(yomi="さとう　はな", called="はなちゃん")
    for typed in ["さとうはな", "サトウ ハナ", "ｻﾄｳ ﾊﾅ", "はなちゃん"]:
        assert list(Client.objects.read_as(typed, municipality=cast.town)) == [client], typed
    assert not Client.objects.read_as("さとう", municipality=cast.town)
    assert not Client.objects.read_as("", municipality=cast.town)
    assert not Client.objects.read_as("さとうはな", municipality=cast.next_town)


def test_an_index_shows_nothing_and_differs_between_towns(cast: Cast) -> None:
    assert plain_kana("ヴァイオリン　ー") == "ゔぁいおりんー"
    one, other = (blind_index("はな", purpose=f"client.reading|{town.uuid}") for town in (cast.town, cast.next_town))
    assert one != other
    assert "はな" not in one
