"""The door: a mailed code for hosts, a password before it for staff, and what does not open it."""

import re
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.test import Client

from directory.choices import UserKind
from directory.models import User
from tests.directory.people import Town
from tests.directory.public.conftest import NOW

pytestmark = pytest.mark.django_db
PASSWORD = "asa-no-sanpo-michi-7"


@pytest.fixture
def town(db: None) -> Any:
    with time_machine.travel(NOW, tick=False) as clock:
        cache.clear()
        made = Town()
        made.ren.set_password(PASSWORD)
        made.ren.save()
        yield made, clock


def ask_for_code(client: Client, address: str) -> Any:
    return client.post("/accounts/login/code/", {"email": address})


def mailed() -> str:
    found = re.findall(r"^(\d{4}-\d{4})$", str(mail.outbox[-1].body), re.M)
    assert found, mail.outbox[-1].body
    return str(found[-1])


def type_code(client: Client, code: str) -> Any:
    return client.post("/accounts/login/code/confirm/", {"code": code})


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_a_host_gets_in_with_the_mailed_code(town: Any, client: Client) -> None:
    ask_for_code(client, "hana@example.jp")
    assert mail.outbox[-1].to == ["hana@example.jp"]
    assert not is_in(client)
    type_code(client, mailed())
    assert is_in(client)
    answer = client.get("/host/", follow=True)
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    cookie = client.cookies["tsunaguba_all"]
    assert cookie["httponly"] and cookie["samesite"] == "Lax"


def test_a_wrong_code_does_not_open_and_after_a_few_the_right_one_does_not_either(town: Any, client: Client) -> None:
    ask_for_code(client, "hana@example.jp")
    right = mailed()
    for _try in range(4):
        type_code(client, "AAAA-AAAA")
        assert not is_in(client)
    type_code(client, right)
    assert not is_in(client)


def test_a_code_is_good_for_some_minutes(town: Any, client: Client) -> None:
    _made, clock = town
    ask_for_code(client, "hana@example.jp")
    clock.shift(20 * 60)
    type_code(client, mailed())
    assert not is_in(client)


def test_an_unknown_address_looks_the_same_and_gets_no_code(town: Any, client: Client) -> None:
    known = ask_for_code(client, "hana@example.jp")
    sent = len(mail.outbox)
    other = Client()
    unknown = ask_for_code(other, "nobody@example.jp")
    assert (unknown.status_code, unknown.headers.get("Location")) == (known.status_code, known.headers.get("Location"))
    assert not any(re.search(r"^[A-Z0-9]{3,4}-[A-Z0-9]{3,4}$", str(m.body), re.M) for m in mail.outbox[sent:])


def test_staff_need_the_password_and_then_the_code(town: Any, client: Client) -> None:
    ask_for_code(client, "ren@example.jp")
    assert not any("ren@example.jp" in m.to and re.search(r"^[A-Z0-9]{4}-", str(m.body), re.M) for m in mail.outbox)
    answer = client.post("/accounts/login/", {"login": "ren@example.jp", "password": PASSWORD})
    assert answer.status_code == 302, answer.content.decode()
    assert not is_in(client)
    assert client.get("/desk/").status_code == 302
    type_code(client, mailed())
    assert is_in(client)
    answer = client.get("/desk/")
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_wrong_password_sends_no_code(town: Any, client: Client) -> None:
    answer = client.post("/accounts/login/", {"login": "ren@example.jp", "password": "wrong"})
    assert not is_in(client) and not mail.outbox
    assert "ren@example.jp" in answer.content.decode()


def test_a_host_does_not_reach_the_desk_nor_another_place(town: Any, client: Client) -> None:
    made, _clock = town
    other = made.a_place("よその家", "よそのいえ")
    client.force_login(made.hana)
    assert client.get("/desk/").status_code in {302, 403, 404}
    assert client.get(f"/host/p/{other.code}/").status_code in {403, 404}
    client.force_login(made.stranger)
    assert client.get(f"/host/p/{made.house.code}/").status_code in {403, 404}


def test_whoever_is_away_too_long_has_to_sign_in_again(town: Any, client: Client) -> None:
    made, clock = town
    client.force_login(made.ren)
    assert client.get("/desk/").status_code == 200
    clock.shift(16 * 60)
    assert client.get("/desk/").status_code == 302


def test_an_account_that_was_closed_does_not_get_in(town: Any, client: Client) -> None:
    User.objects.filter(email="hana@example.jp").update(is_active=False)
    ask_for_code(client, "hana@example.jp")
    if mail.outbox and re.search(r"^[A-Z0-9]{3,4}-[A-Z0-9]{3,4}$", str(mail.outbox[-1].body), re.M):
        type_code(client, mailed())
    assert not is_in(client)


def test_many_tries_are_slowed_down(town: Any, client: Client, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "3/5m/key", "login": "30/m/ip"}
    answers = [
        client.post("/accounts/login/", {"login": "ren@example.jp", "password": f"wrong {n}"}).content.decode()
        for n in range(5)
    ]
    client.post("/accounts/login/", {"login": "ren@example.jp", "password": PASSWORD})
    assert not mail.outbox
    assert answers[0] != answers[-1]


def test_nobody_signs_up(town: Any, client: Client) -> None:
    before = User.objects.count()
    client.post("/accounts/signup/", {"email": "new@example.jp", "password1": PASSWORD})
    assert User.objects.count() == before
    assert User.objects.filter(kind=UserKind.STAFF).count() == 1
