"""The page of one person, and what is written on it."""

import uuid
from datetime import time
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from matching import codes, drafts
from matching.actions import clients as client_actions
from matching.actions.consultations import set_troubles
from matching.actions.records import finish, next_step, record
from matching.actions.requests import collect_letters, mark_report_seen, mark_seen
from matching.asking import DAYS, to_ask
from matching.choices import ClientState, RecordVisibility, RecordWay
from matching.conditions import QUESTIONS
from matching.forms.person import FactsForm, RecordForm, StateForm, TroublesForm
from matching.models import Client, CollectedReport, FreeTime, NextStep, RequestLink
from matching.permissions import client_for, household_of, owned_for
from matching.reading import readers_of
from matching.timeline import timeline_of
from matching.tracing import record_refusal
from matching.views.door import StaffRequest, for_caseworkers, form_page, press
from matching.views.identity import identity_of

NEWEST = 30
# Questions shown; the rest is counted.
MOST_ASKED = 5


@for_caseworkers
@require_GET
def person(request: StaffRequest, number: str) -> HttpResponse:
    """Who it is, what happened, what they can and want, where they were connected to."""
    client = client_for(request.user, number, page="person")
    collect_letters(municipality=client.municipality)
    entries = timeline_of(request.user, client)
    everything = request.GET.get("all") == "1"
    form = RecordForm()
    draft = drafts.put_back(form, client=client, name="record", user=request.user)
    context = {
        "draft": draft,
        "draft_url": reverse("desk_draft", args=[client.number, "record"]),
        "section": "people",
        "page_name": "desk_person",
        "client": client,
        "identity": identity_of(request.user, client),
        "form": form,
        "entries": entries if everything else entries[:NEWEST],
        "entry_count": len(entries),
        "everything": everything,
        "steps": client.next_steps.waiting(),
        "troubles": [
            (codes.label("troubles", row.code, row.version), row.is_main)
            for row in client.troubles.filter(resolved_on=None)
        ],
        "household": household_of(request.user, client, page="person"),
        "state_form": StateForm(initial={"state": client.state}),
        **answers_of(client),
        **connections_of(client),
    }
    return render(request, "matching/person/person.html", context)


def answers_of(client: Client) -> dict[str, Any]:
    """希望と条件: what is known, what is still to be asked."""
    known = {row.key: row for row in client.conditions.current()}
    answered = [row for key in QUESTIONS if (row := known.get(key)) is not None and row.answer is not None]
    answered.sort(key=lambda row: not row.is_important)
    free = list(client.free_times.current())
    unanswered = {key for key in QUESTIONS if key not in known or known[key].answer is None}
    ask = to_ask(client, unanswered | (set() if free else {DAYS}), today=timezone.localdate())
    return {
        "conditions": answered,
        "question_count": len(QUESTIONS) + 1,
        "known_count": len(answered) + bool(free),
        "to_ask": ask[:MOST_ASKED],
        "to_ask_more": max(0, len(ask) - MOST_ASKED),
        "free_times": _by_time([row for row in free if row.answer]),
        "limits": [row for row in answered if row.answer],
        # What is no matter to this person is known too, but nobody has to read it line by line.
        "no_limits": [row for row in answered if not row.answer],
        "busy_days": [row.get_weekday_display() for row in free if row.answer is False],
        "wishes": client.wishes.current(),
    }


def _by_time(rows: list[FreeTime]) -> list[tuple[str, FreeTime]]:
    """(the days on which it is the same, one of them): 月・火・水 9:30～16:00 instead of three lines."""
    groups: dict[tuple[object, ...], list[FreeTime]] = {}
    for row in sorted(rows, key=lambda one: (one.weekday, one.begins or time.min)):
        groups.setdefault((row.begins, row.ends, row.source, row.on), []).append(row)
    names = [[str(one.get_weekday_display()) for one in each] for each in groups.values()]
    days = [each[0] if len(each) == 1 else "・".join(name[0] for name in each) for each in names]
    return [(words, each[0]) for words, each in zip(days, groups.values(), strict=True)]


def connections_of(client: Client) -> dict[str, Any]:
    """つないだ場, プラン."""
    proposals = client.proposals.select_related("place", "placement").prefetch_related("visits", "requests")
    return {
        "proposals": list(proposals),
        "plan": client.plans.first(),
        "waits": client.seat_waits.waiting().select_related("place"),
        "supports": client.supports.filter(ended_on=None),
    }


def save_record(request: StaffRequest, client: Client, form: RecordForm) -> None:
    """One entry, and the next step when one was agreed."""
    data = form.cleaned_data
    record(
        client=client,
        way=RecordWay(data["way"]),
        words=data["words"],
        on=data["on"],
        visibility=RecordVisibility(data["visibility"]),
        form_key=data["form_key"],
        by=request.user,
    )
    if data["next_on"]:
        next_step(
            client=client, due_on=data["next_on"], kind=data["next_kind"], words=data["next_words"], by=request.user
        )


@for_caseworkers
@require_http_methods(["GET", "POST"])
def write_record(request: StaffRequest, number: str) -> HttpResponse:
    """記録する, from the person's page."""
    client = client_for(request.user, number, page="record")
    form = RecordForm(request.POST or None)
    return form_page(
        request,
        client,
        form,
        lambda: save_record(request, client, form),
        title=_("記録する"),
        button=_("記録する"),
        done=_("記録しました。"),
        back=reverse("desk_person", args=[client.number]),
        draft="record",
    )


@for_caseworkers
@require_http_methods(["GET", "POST"])
def record_step(request: StaffRequest, number: str, key: uuid.UUID) -> HttpResponse:
    """Record that a step in the diary has been done, with what was done."""
    client = client_for(request.user, number, page="step")
    step = owned_for(request.user, client, NextStep, key)
    form = RecordForm(request.POST or None)

    def act() -> None:
        save_record(request, client, form)
        finish(step=step, by=request.user)

    return form_page(
        request,
        client,
        form,
        act,
        title=_("記録する"),
        button=_("記録する"),
        done=_("記録しました。"),
        back=reverse("desk_person", args=[client.number]),
    )


@for_caseworkers
@require_POST
def step_done(request: StaffRequest, number: str, key: uuid.UUID) -> HttpResponse:
    """Tick a step off without a record."""
    client = client_for(request.user, number, page="step")
    step = owned_for(request.user, client, NextStep, key)
    return press(
        request,
        lambda: finish(step=step, by=request.user),
        done=_("すんだことにしました。"),
        back=reverse("desk_person", args=[client.number]),
    )


@for_caseworkers
@require_POST
def answer_seen(request: StaffRequest, number: str, key: uuid.UUID) -> HttpResponse:
    """A host's answer, or report, has been read."""
    client = client_for(request.user, number, page="answer")
    link = RequestLink.objects.filter(proposal__client=client, uuid=key).first()
    report = CollectedReport.objects.filter(request__proposal__client=client, uuid=key).first()
    if link is None and report is None:
        record_refusal(user=request.user, what="letter", subject=client)
        raise Http404("no such letter of this client")

    def act() -> None:
        if link is not None:
            mark_seen(link=link, by=request.user)
        elif report is not None:
            mark_report_seen(report=report, by=request.user)

    return press(
        request,
        act,
        done=_("返事を見たことにしました。"),
        back=reverse("desk_today"),
    )


@for_caseworkers
@require_POST
def change_state(request: StaffRequest, number: str) -> HttpResponse:
    """支援中, 待っている, お休み, 終わった."""
    client = client_for(request.user, number, page="state")
    form = StateForm(request.POST)
    wanted = form.cleaned_data["state"] if form.is_valid() else ""
    state = ClientState(wanted or client.state)
    return press(
        request,
        lambda: client_actions.set_state(client=client, state=state, by=request.user),
        done=_("状態を書きました。"),
        back=reverse("desk_person", args=[client.number]),
    )


@for_caseworkers
@require_http_methods(["GET", "POST"])
def facts(request: StaffRequest, number: str) -> HttpResponse:
    """Names and ways to reach the person; the second of two editors sees both texts."""
    client = client_for(request.user, number, page="facts")
    names = [name for name in FactsForm.base_fields if name != "edit_version"]
    initial = {name: getattr(client, name) for name in [*names, "edit_version"]}
    form = FactsForm(request.POST or None, municipality=client.municipality, initial=initial)

    def act() -> None:
        data = dict(form.cleaned_data)
        client_actions.change(client=client, edit_version=data.pop("edit_version"), by=request.user, **data)

    return form_page(
        request,
        client,
        form,
        act,
        title=_("名前・連絡先"),
        button=_("保存する"),
        done=_("保存しました。"),
        back=reverse("desk_person", args=[client.number]),
        newest_version=Client.objects.only("edit_version").get(pk=client.pk).edit_version,
        page_name="desk_facts",
    )


@for_caseworkers
@require_http_methods(["GET", "POST"])
def troubles(request: StaffRequest, number: str) -> HttpResponse:
    """The coded troubles (課題) as staff see them now."""
    client = client_for(request.user, number, page="troubles")
    current = client.troubles.filter(resolved_on=None)
    initial = {"troubles": [row.code for row in current], "main": [row.code for row in current if row.is_main]}
    form = TroublesForm(request.POST or None, initial=initial)
    return form_page(
        request,
        client,
        form,
        lambda: set_troubles(
            client=client, troubles=form.cleaned_data["troubles"], main=form.cleaned_data["main"], by=request.user
        ),
        title=_("課題"),
        button=_("保存する"),
        done=_("保存しました。"),
        back=reverse("desk_person", args=[client.number]),
        note=_("この一覧の言い方は、国・県の様式で確かめる必要があります（要確認）。") if form.needs_check else "",
    )


@for_caseworkers
@require_GET
def seen(request: StaffRequest, number: str) -> HttpResponse:
    """Who looked at this record, when, on which page; the person may ask for this list."""
    client = client_for(request.user, number, page="seen")
    context = {
        "section": "people",
        "page_name": "desk_seen",
        "client": client,
        "identity": identity_of(request.user, client),
        "readings": readers_of(client, limit=200),
        "until": timezone.now(),
    }
    return render(request, "matching/person/seen.html", context)
