"""Every field has a class, and what is planted in the guarded ones comes out nowhere it should not."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.core import mail
from django.db import connection, models
from django.test import Client as Browser
from django.urls import reverse

import directory.privacy
import matching.privacy
import search.privacy
from directory.models import Contact, HostReport, HostRequest, Municipality, Place, PlaceStaffFacts, User
from matching.actions.clients import protect
from matching.models import Client, Event
from matching.sealed import SealedText, sealed_fields
from tests.matching.cast import TODAY, Cast
from tests.matching.views.pages import a_full_client, pages_of

PARTS = [("directory", directory.privacy), ("matching", matching.privacy), ("search", search.privacy)]
CANARY = "カナリアのことば"


@pytest.fixture
def cast(db: None) -> Iterator[Cast]:
    with time_machine.travel(f"{TODAY.isoformat()}T09:15:00+09:00", tick=True):
        yield Cast()


def fields_of(label: str) -> Iterator[tuple[type[models.Model], Any]]:
    for model in apps.get_app_config(label).get_models():
        for field in model._meta.get_fields():
            if field.concrete:
                yield model, field


@pytest.mark.parametrize("label, classes", PARTS)
def test_every_field_has_exactly_one_class(label: str, classes: Any) -> None:
    for model, field in fields_of(label):
        assert classes.level_of(model, field.name), f"{model.__name__}.{field.name}"
    for name, levels in classes.FIELDS.items():
        listed = [field for names in levels.values() for field in names.split()]
        existing = {field.name for model, field in fields_of(label) if model.__name__ == name}
        assert sorted(listed) == sorted(existing), name


def test_what_is_classed_as_sealed_is_sealed_and_nothing_else() -> None:
    for model, field in fields_of("matching"):
        is_sealed = matching.privacy.level_of(model, field.name) == matching.privacy.Level.SEALED
        assert is_sealed == isinstance(field, SealedText), f"{model.__name__}.{field.name}"


def test_free_text_about_persons_is_always_sealed() -> None:
    # Coded columns are short and come from lists; whatever is long enough for a sentence is sealed or frozen from the
    # directory (the names of activities and roles), or the name of a document.
    from_the_directory = {"activity_text", "role_text"}
    # Words about money, rules and documents of the town; the forms ask to name nobody, and no client hangs on the row.
    about_nobody = {"Honorarium": {"note", "struck_why"}, "TownRules": {"why"}, "ScaleWording": {"licence"}}
    for model, field in fields_of("matching"):
        if isinstance(field, models.TextField) and not isinstance(field, SealedText):
            pytest.fail(f"{model.__name__}.{field.name} is open free text")
        if isinstance(field, models.CharField) and not field.choices and (field.max_length or 0) > 80:
            allowed = from_the_directory | about_nobody.get(model.__name__, set())
            assert field.name in allowed, f"{model.__name__}.{field.name}"


@pytest.mark.parametrize("name", ["Honorarium", "TownRules", "ScaleWording"])
def test_tables_with_open_words_point_at_no_person(name: str) -> None:
    model = apps.get_model("matching", name)
    pointed_at = {field.related_model for field in model._meta.get_fields() if field.is_relation}
    assert pointed_at <= {Municipality, Place, User}


def test_casework_is_in_no_index_of_the_cms() -> None:
    from modelsearch.index import get_indexed_models

    assert not [model for model in get_indexed_models() if model._meta.app_label == "matching"]


def planted(cast: Cast) -> Client:
    """A person with everything, and the canary in every sealed text of every row."""
    client = a_full_client(cast)
    for model in apps.get_app_config("matching").get_models():
        texts = [field.name for field in sealed_fields(model) if type(field) is SealedText]
        for row in model._default_manager.all() if texts else []:
            for name in texts:
                setattr(row, name, f"{CANARY}{model.__name__}{name}")
            row.save()
    return Client.objects.get(pk=client.pk)


def signed_in(user: Any) -> Browser:
    browser = Browser()
    browser.force_login(user)
    return browser


def test_the_canary_is_read_by_those_who_work_with_the_person(cast: Cast) -> None:
    # Without this the tests below could pass because nothing was planted.
    client = planted(cast)
    browser = signed_in(cast.sakura)
    read = " ".join(browser.get(page).content.decode() for page in pages_of(client))
    for part in ("Clientcalled", "Clientcaution", "Plangoal", "Wishwords", "Avoidancewords", "Visitarrangements"):
        assert CANARY + part in read


def test_the_canary_is_nowhere_in_the_database_file(cast: Cast) -> None:
    planted(cast)
    for model in apps.get_app_config("matching").get_models():
        with connection.cursor() as cursor:
            cursor.execute(f"select * from {connection.ops.quote_name(model._meta.db_table)}")
            assert CANARY not in str(cursor.fetchall()), model.__name__


def test_the_canary_reaches_no_other_role_no_log_no_session_no_mail(
    cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    client = planted(cast)
    protect(client=client, allow=[], by=cast.sakura)
    overviews = [reverse("desk_today") + "?all=1", reverse("desk_people") + "?state=all", reverse("desk_intake")]
    with caplog.at_level(logging.DEBUG):
        for user in (cast.kita, cast.nakano, cast.kanri, cast.tonari, cast.kansa, cast.hana):
            browser = signed_in(user)
            for page in [*pages_of(client), *overviews]:
                assert CANARY not in browser.get(page).content.decode(), page
        own = signed_in(cast.sakura)
        for page in pages_of(client):
            own.get(page)
        assert CANARY not in str(dict(own.session))
    assert CANARY not in caplog.text
    assert not [message for message in mail.outbox if CANARY in message.body]
    assert CANARY not in str([event.details for event in Event.objects.all()])


def test_the_letterbox_holds_no_free_text_and_no_person() -> None:
    for model in (HostRequest, HostReport):
        for field in model._meta.get_fields():
            assert not isinstance(field, models.TextField), field.name
            related = getattr(field, "related_model", None)
            assert related is None or related._meta.app_label == "directory", field.name


def test_nothing_of_the_directory_points_at_casework() -> None:
    for model, field in fields_of("directory"):
        related = getattr(field, "related_model", None)
        assert related is None or related._meta.app_label != "matching", f"{model.__name__}.{field.name}"


def plant_staff_words(cast: Cast) -> None:
    PlaceStaffFacts.objects.create(
        place=cast.place,
        **{
            field.name: CANARY
            for field in PlaceStaffFacts._meta.get_fields()
            if isinstance(field, models.CharField | models.TextField)
        },
    )
    Contact.objects.create(place=cast.place, kind="phone", value="000-0000-9999", label=CANARY, is_public=False)
    Contact.objects.create(place=cast.place, kind="phone", value="000-0000-1111", is_public=True)
    cast.place.confirmed_by = cast.sakura
    cast.place.save()


def test_what_is_for_staff_and_about_persons_is_in_no_index(cast: Cast) -> None:
    from search.engines import embedded
    from search.engines.body import document_of
    from search.engines.store import FILLED
    from search.entry import entry_of
    from search.indexing import documents, searchable
    from search.rebuilding import rebuild_embedded

    plant_staff_words(cast)
    planted(cast)
    rebuild_embedded()
    sent = [document_of(entry_of(document, today=TODAY)) for document in documents(searchable())]
    connected = embedded().store.connection()
    held = [str(connected.execute(f"SELECT * FROM {table}").fetchall()) for table in FILLED]
    assert cast.place.name in str(sent) and cast.place.name in str(held)
    for secret in (CANARY, "カナリア", "000-0000-9999", cast.sakura.email, "佐倉"):
        assert secret not in str(sent) and secret not in str(held)


def test_what_is_for_staff_is_on_no_public_page(cast: Cast) -> None:
    plant_staff_words(cast)
    pages = [reverse(name, args=[cast.place.code]) for name in ("place", "place_print", "place_ics")]
    pages += [reverse(name) for name in ("search", "calendar", "windows", "roles", "tell")]
    words = {page: Browser().get(page).content.decode() for page in pages}
    assert "000-0000-1111" in words[pages[0]]
    for page, shown in words.items():
        for secret in (CANARY, "000-0000-9999", cast.sakura.email, "佐倉"):
            assert secret not in shown, page
