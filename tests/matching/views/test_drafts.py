"""下書き: what was typed comes back, only to whom it was, only what was typed, and only until it is saved."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from matching.actions.clients import protect
from matching.actions.conditions import set_condition
from matching.choices import Source
from matching.models import Client, Draft, Event
from tests.matching.cast import Cast, a_key


@pytest.fixture
def sora(cast: Cast) -> Client:
    return cast.a_client()


def keep(desk: Browser, client: Client, form: str, **typed: Any) -> Any:
    return desk.post(reverse("desk_draft", args=[client.number, form]), typed)


def page(desk: Browser, client: Client, name: str) -> str:
    return desk.get(reverse(name, args=[client.number])).content.decode()


def test_a_half_written_record_comes_back_and_goes_with_saving(cast: Cast, sora: Client, desk: Browser) -> None:
    assert keep(desk, sora, "record", words="電話で話した。とちゅう", way="phone").status_code == 204
    assert "電話で話した。とちゅう" in page(desk, sora, "desk_person")
    assert "まだ保存されていません" in page(desk, sora, "desk_record")
    saved = desk.post(
        reverse("desk_record", args=[sora.number]), {"words": "電話で話した。", "way": "phone", "form_key": a_key()}
    )
    assert saved.status_code == 302
    assert not Draft.objects.exists()
    assert "とちゅう" not in page(desk, sora, "desk_person")


def test_it_can_be_thrown_away(cast: Cast, sora: Client, desk: Browser) -> None:
    keep(desk, sora, "record", words="やめた")
    desk.post(reverse("desk_draft_drop", args=[sora.number, "record"]))
    assert "やめた" not in page(desk, sora, "desk_person")


def test_a_mistake_does_not_cost_the_draft(cast: Cast, sora: Client, desk: Browser) -> None:
    keep(desk, sora, "record", words="話した")
    refused = desk.post(reverse("desk_record", args=[sora.number]), {"words": "", "form_key": a_key()})
    assert refused.status_code == 422
    assert Draft.objects.exists()


def test_what_somebody_else_answered_meanwhile_stays(cast: Cast, sora: Client, desk: Browser) -> None:
    # The browser sends the whole form, also the questions nobody touched.
    keep(desk, sora, "wishes", source="self", on="2026-11-24", needs_step_free="yes", needs_escort="unknown")
    set_condition(client=sora, key="needs_escort", answer=True, source=Source.FAMILY, by=cast.nakano)
    form = desk.get(reverse("desk_wishes", args=[sora.number])).context["form"]
    assert (form["needs_step_free"].value(), form["needs_escort"].value()) == ("yes", "yes")


def test_nothing_typed_keeps_nothing(cast: Cast, sora: Client, desk: Browser) -> None:
    keep(desk, sora, "record", words="", way="phone", visibility="office", on="2026-11-24")
    assert not Draft.objects.exists()


def test_a_draft_is_its_writers_alone_and_sealed(cast: Cast, sora: Client, desk: Browser) -> None:
    keep(desk, sora, "record", words="ひみつの下書き")
    other = Browser()
    other.force_login(cast.nakano)
    assert "ひみつの下書き" not in page(other, sora, "desk_person")
    with connection.cursor() as cursor:
        cursor.execute("SELECT typed FROM matching_draft")
        assert "ひみつ" not in str(cursor.fetchall())


def test_whose_record_is_not_theirs_keeps_nothing_there(cast: Cast, sora: Client) -> None:
    stranger = Browser()
    stranger.force_login(cast.kita)
    assert keep(stranger, sora, "record", words="よそ").status_code == 404
    assert Event.objects.filter(action="denied", actor=cast.kita.uuid).exists()
    protect(client=sora, allow=[], by=cast.sakura)
    supervisor = Browser()
    supervisor.force_login(cast.kanri)
    assert keep(supervisor, sora, "record", words="よそ").status_code == 404
    assert not Draft.objects.exists()


def test_keeping_shows_nothing_and_records_no_reading(cast: Cast, sora: Client, desk: Browser) -> None:
    assert keep(desk, sora, "record", words="話した").content == b""
    assert not Event.objects.filter(action="client.read", subject=sora.uuid).exists()


def test_an_old_draft_is_forgotten_and_an_unknown_form_has_none(cast: Cast, sora: Client, desk: Browser) -> None:
    keep(desk, sora, "record", words="古い")
    Draft.objects.update(saved_at=timezone.now() - timedelta(days=15))
    keep(desk, cast.a_client(), "record", words="新しい")
    assert Draft.objects.count() == 1
    assert keep(desk, sora, "facts", words="x").status_code == 404


@pytest.mark.parametrize("typed", [{"words": "\x00\ud800"}, {"on": "0000-00-00"}, {"max_cost_yen_value": "9" * 5000}])
def test_nonsense_is_kept_or_refused_but_never_breaks(cast: Cast, sora: Client, desk: Browser, typed: Any) -> None:
    body = urlencode(typed, errors="surrogatepass")
    for form in ("record", "wishes"):
        address = reverse("desk_draft", args=[sora.number, form])
        kept = desk.post(address, body, content_type="application/x-www-form-urlencoded")
        assert kept.status_code == 204
        assert desk.get(reverse(f"desk_{form}", args=[sora.number])).status_code == 200
