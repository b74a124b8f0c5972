"""The access matrix: every address × role × method has its decided answer, and nothing is routed without one."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.http import HttpResponse
from django.test import Client as Browser
from django.urls import URLPattern, get_resolver, reverse

from directory.choices import ContactKind, HostAnswer, StaffDuty, SubmissionState, UserKind
from directory.models import (
    Contact,
    DayChange,
    HostRequest,
    Organization,
    OrganizationMember,
    Report,
    StaffRole,
    Submission,
    User,
)
from matching.actions import boards, honorariums, prospects
from matching.choices import PaidPer
from matching.models import Client
from search.actions import vocabulary
from search.choices import EntryKind
from tests.access_matrix import MATRIX, PAGES, ROLES, SIGN_IN
from tests.matching.cast import TODAY, Cast
from tests.matching.views.pages import a_full_client, keyed

pytestmark = pytest.mark.django_db


def patterns(found: Any, prefix: str = "") -> Iterator[tuple[str, str]]:
    """(address, name) of everything routed."""
    for pattern in found:
        address = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield address, pattern.name or ""
        else:
            yield from patterns(pattern.url_patterns, address)


ROUTED = [(address, name) for address, name in patterns(get_resolver().url_patterns) if not address.startswith("cms/")]


def test_every_address_has_its_line_in_the_matrix() -> None:
    unnamed = [address for address, name in ROUTED if not name and address != "_util/login/"]
    assert not unnamed
    routed = {name for _, name in ROUTED if name}
    assert routed - set(MATRIX) - set(SIGN_IN) - set(PAGES) == set(), (
        "decide who may open it, in tests/access_matrix.py"
    )
    assert set(MATRIX) - routed == set(), "no such address any more"


class World:
    """A town with somebody in every role, and one thing of every kind."""

    def __init__(self) -> None:
        self.cast = cast = Cast()
        self.client: Client = a_full_client(cast)
        self.place = cast.place
        group = Organization.objects.create(municipality=cast.town, name="ひだまりの会")
        other = Organization.objects.create(municipality=cast.town, name="つむぎの会")
        self.place.organization = group
        self.place.save()
        self.activity = self.place.activities.first()
        assert self.activity is not None
        rival = User.objects.create_user("rival@example.jp")
        OrganizationMember.objects.create(organization=group, user=cast.hana)
        OrganizationMember.objects.create(organization=other, user=rival)
        Contact.objects.create(place=self.place, kind=ContactKind.PHONE, value="0000-00-0000", is_public=True)
        self.change = DayChange.objects.create(activity=self.activity, on=date(2026, 12, 3), kind="cancelled")
        self.submission = Submission.objects.create(
            municipality=cast.town,
            place=self.place,
            state=SubmissionState.WAITING,
            changes={"lead": {"before": "", "after": "お昼をいっしょに"}},
            submitted_by=cast.hana,
        )
        self.letter = HostRequest.objects.create(
            municipality=cast.town,
            place=self.place,
            reply_by_on=date(2026, 12, 1),
            answer=HostAnswer.YES,
            answered_at="2026-11-24T00:00Z",
        )
        self.report = Report.objects.create(municipality=cast.town, kind="mistake", words="電話がちがいます")
        self.entry = vocabulary.add(
            kind=EntryKind.SYNONYM,
            municipality=cast.town,
            facts={"words": "ぽかぽか屋", "means": "地域食堂"},
            by=cast.kanri,
        )
        self.prospect = prospects.make(
            municipality=cast.town,
            idea=prospects.Idea(name="となりの花屋"),
            worker=cast.sakura,
            by=cast.sakura,
            form_key=uuid4(),
        )
        self.board = boards.open_board(
            municipality=cast.town,
            clients=[self.client],
            seats={self.place: 1},
            held_on=TODAY,
            by=cast.nakano,
            form_key=uuid4(),
        )
        self.honorarium = honorariums.enter(
            place=self.place,
            municipality=cast.town,
            owed=honorariums.Owed(
                from_on=date(2026, 10, 1), until_on=date(2026, 10, 31), per=PaidPer.DAY, times=2, unit_yen=1000
            ),
            form_key=uuid4(),
            by=cast.sakura,
        )
        self.users: dict[str, User | None] = {
            "anonymous": None,
            "host_a": cast.hana,
            "host_b": rival,
            "editor": self._editor(),
            "reviewer": cast.staff("ren", "蓮", StaffDuty.REVIEWER, None),
            "caseworker_1": cast.sakura,
            "caseworker_2": cast.kita,
            "coordinator": cast.nakano,
            "conference": cast.staff("kaigi", "会議", StaffDuty.CONFERENCE, None),
            "supervisor": cast.kanri,
            "auditor": cast.kansa,
            "administrator": cast.staff("jimu", "事務", StaffDuty.ADMINISTRATOR, None),
        }
        self.rows: dict[str, Any] = {}
        for kind in ("pages", "buttons"):
            self.rows |= keyed(self.client)[kind]  # type: ignore[arg-type]

    def _editor(self) -> User:
        user = self.cast.staff("editor", "編集", StaffDuty.EDITOR, None)
        group, _ = Group.objects.get_or_create(name="Editors")
        group.permissions.add(Permission.objects.get(codename="access_admin"))
        user.groups.add(group)
        return user

    def arguments(self, name: str, address: str) -> dict[str, Any]:
        """Things that exist, for every part of an address."""
        values: dict[str, Any] = {
            "code": self.place.code,
            "number": self.client.number,
            "section": "welcome",
            "verb": "publish",
            "scale": "ucla3",
            "form": "record",
            "where": "proposed",
        }
        values["uuid"] = {
            "host_day_back": self.change.uuid,
            "host_edit_activity": self.activity.uuid if self.activity else None,
            "host_submission": self.submission.uuid,
            "host_undo": self.submission.uuid,
            "desk_submission": self.submission.uuid,
            "desk_report": self.report.uuid,
            "desk_words_entry": self.entry.uuid,
            "desk_words_switch": self.entry.uuid,
            "desk_words_undo": self.entry.changes.get().uuid,
        }.get(name, self.letter.uuid)
        values["key"] = self.rows[name].uuid if name in self.rows else self.place.uuid
        if name.startswith("desk_board"):
            values["key"] = self.board.uuid
        if name.startswith("desk_honorarium"):
            values["key"] = self.honorarium.uuid
        if name.startswith("desk_prospect"):
            values["key"] = self.prospect.uuid
        return {part: value for part, value in values.items() if f":{part}>" in address}


@pytest.fixture
def world() -> Iterator[World]:
    with time_machine.travel(f"{TODAY.isoformat()}T09:15:00+09:00", tick=True):
        yield World()


def outcome(response: HttpResponse) -> str:
    location = response.headers.get("Location", "")
    if response.status_code == 302 and location.startswith("/accounts/login/"):
        return "door"
    if response.status_code in {403, 404}:
        return "no"
    if response.status_code == 405:
        return "-"
    assert response.status_code < 500
    return "ok"


def expected(role: str, allowed: frozenset[str] | None, *, door: bool) -> set[str]:
    if allowed is not None and role in allowed:
        return {"ok"}
    if allowed is None:
        # Whether the door or the missing method is met first does not matter; neither lets anybody in.
        return {"-", "door", "no"}
    return {"door"} if role == "anonymous" and door else {"no"}


def test_each_role_gets_at_each_address_what_the_matrix_says(world: World) -> None:
    wrong = []
    for address, name in ROUTED:
        if name not in MATRIX:
            continue
        row = MATRIX[name]
        path = reverse(name, kwargs=world.arguments(name, address))
        for role in ROLES:
            for method, allowed in (("get", row.get), ("post", row.post)):
                browser = Browser()
                if (user := world.users[role]) is not None:
                    browser.force_login(user)
                with transaction.atomic():
                    got = outcome(getattr(browser, method)(path, {"asked": world.client.number}))
                    # What was done is undone, so that one answer does not depend on another.
                    transaction.set_rollback(True)
                if got not in expected(role, allowed, door=row.door):
                    wrong.append(f"{method.upper()} {name} as {role}: {got}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("role", [role for role in ROLES if role != "editor"])
def test_the_cms_is_for_web_editors_only(world: World, role: str) -> None:
    browser = Browser()
    if (user := world.users[role]) is not None:
        browser.force_login(user)
    for path in ("/cms/", "/cms/pages/", "/cms/images/", "/cms/users/", "/cms/sites/", "/cms/reports/site-history/"):
        response = browser.get(path)
        assert response.status_code in {302, 403, 404}, path
        if response.status_code == 302:
            assert response.headers["Location"].startswith(("/accounts/login/", "/cms/login/")), path


def test_a_duty_that_is_over_opens_nothing(world: World) -> None:
    StaffRole.objects.filter(user=world.cast.sakura).update(until_on=date(2026, 11, 23))
    browser = Browser()
    browser.force_login(world.cast.sakura)
    assert browser.get(reverse("desk_person", args=[world.client.number])).status_code == 404
    assert browser.get(reverse("desk_places")).status_code == 403


def test_an_account_that_is_switched_off_is_out_at_its_next_request(world: World) -> None:
    browser = Browser()
    browser.force_login(world.cast.hana)
    assert browser.get("/host/").status_code in {200, 302}
    User.objects.filter(pk=world.cast.hana.pk, kind=UserKind.HOST).update(is_active=False)
    response = browser.get("/host/")
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/accounts/login/")


def test_signed_in_areas_are_stored_nowhere(world: World) -> None:
    for role, path in (
        ("host_a", "/host/"),
        ("caseworker_1", "/desk/"),
        ("anonymous", "/accounts/login/"),
        ("editor", "/cms/"),
    ):
        browser = Browser()
        if (user := world.users[role]) is not None:
            browser.force_login(user)
        response = browser.get(path)
        assert "no-store" in response.headers["Cache-Control"], path
        assert "Content-Security-Policy" in response.headers, path
