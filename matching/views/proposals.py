"""つないだ場: one suggestion from the person's answer to the beginning, one form per step."""

import uuid
from collections.abc import Iterable

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from directory.choices import FunctionalNeed, HostAnswer, Offer
from directory.models import HostRequest, Place
from matching import clocks, codes
from matching.actions import proposals as actions
from matching.actions.avoidances import is_avoided
from matching.actions.disclosures import AFTER_THE_YES, consent_to_name, tell_host
from matching.actions.placements import begin
from matching.actions.requests import ask_host, collect_letters, note_answer
from matching.choices import DisclosureItem, PersonAnswer, Stage
from matching.forms import proposal as forms
from matching.models import Client, Consent, Disclosure, Proposal
from matching.permissions import client_for, proposal_for
from matching.plain_words import plain_reasons
from matching.refusals import WrongStep
from matching.views.door import StaffRequest, for_caseworkers, form_page, press
from matching.views.identity import identity_of


def opened(request: StaffRequest, number: str, key: uuid.UUID) -> tuple[Client, Proposal, str]:
    """The client (its reading recorded), the proposal, and its page."""
    client = client_for(request.user, number, page="proposal")
    proposal = proposal_for(request.user, client, key)
    return client, proposal, reverse("desk_proposal", args=[client.number, proposal.uuid])


@for_caseworkers
@require_GET
def proposal(request: StaffRequest, number: str, key: uuid.UUID) -> HttpResponse:
    """What was suggested and why, what was said, and what comes next."""
    client, row, _page = opened(request, number, key)
    collect_letters(municipality=client.municipality)
    row.refresh_from_db()
    link = row.requests.first()
    context = {
        "section": "people",
        "client": client,
        "identity": identity_of(request.user, client),
        "proposal": row,
        "explanation": _lines(row.explanation),
        "visits": row.visits.select_related("escort"),
        "link": link,
        "has_papers": not is_avoided(client, row.place),
        "letter": HostRequest.objects.filter(uuid=link.request_uuid).first() if link else None,
        "letter_needs": _needs(link.told_needs) if link else [],
        "consent": _consent(client),
        "told": told_of(row.disclosures.select_related("told_by")),
        "may_tell": row.state in AFTER_THE_YES and consent_to_name(client, on=timezone.localdate()) is not None,
        "placement": getattr(row, "placement", None),
        "decline_words": codes.label("decline_reasons", row.decline_reason, row.decline_version)
        if row.decline_reason
        else "",
    }
    return render(request, "matching/person/proposal.html", context)


@for_caseworkers
@require_GET
def reasons_sheet(request: StaffRequest, number: str, key: uuid.UUID) -> HttpResponse:
    """Why this place, on paper for the person, in easy words with readings; no name stands on it."""
    client, row, page = opened(request, number, key)
    must_be_shown(client, row.place)
    context: dict[str, object] = {
        "reasons": plain_reasons(_lines(row.explanation)),
        "place": row.place,
        "on": row.proposed_on,
        "office": client.office,
        "town": client.municipality,
        "back": page,
    }
    return render(request, "matching/person/reasons_sheet.html", context)


def must_be_shown(client: Client, place: Place) -> None:
    """No paper names a place that the person is kept away from."""
    if is_avoided(client, place):
        raise Http404("no such paper for this client")


def _lines(explanation: object) -> list[tuple[str, str]]:
    """The frozen explanation as (mark, words), whatever shape the rules of that time wrote."""
    if isinstance(explanation, dict) and isinstance(explanation.get("lines"), list):
        return [(str(line.get("mark", "")), str(line.get("text", ""))) for line in explanation["lines"]]
    if isinstance(explanation, dict):
        return [("", str(text)) for texts in explanation.values() if isinstance(texts, list) for text in texts]
    return []


def _needs(codes_told: list[str]) -> list[str]:
    return [str(FunctionalNeed(need).label) for need in codes_told if need in FunctionalNeed.values]


def told_of(disclosures: Iterable[Disclosure]) -> list[tuple[Disclosure, str]]:
    """Each with what was told, in words."""
    return [(row, "・".join(str(DisclosureItem(item).label) for item in row.items)) for row in disclosures]


def _consent(client: Client) -> Consent | None:
    return Consent.objects.for_hosts(on=timezone.localdate()).filter(client=client).first()


@for_caseworkers
@require_http_methods(["GET", "POST"])
def answer(request: StaffRequest, number: str, key: uuid.UUID) -> HttpResponse:
    """本人の返事."""
    client, row, page = opened(request, number, key)
    form = forms.AnswerForm(request.POST or None)

    def act() -> None:
        data = form.cleaned_data
        actions.answer(
            proposal=row,
            answer=PersonAnswer(data["answer"]),
            words=data["words"],
            on=data["on"],
            held_until_on=data["held_until_on"],
            by=request.user,
        )

    return form_page(
        request,
        client,
        form,
        act,
        title=_("本人の返事　%(place)s") % {"place": row.place.name},
        button=_("返事を書く"),
        done=_("本人の返事を書きました。"),
        back=page,
        note=_("「いやだ」と言っても、ほかの場の提案や順番には何も影響しません。"),
    )


@for_caseworkers
@require_http_methods(["GET", "POST"])
def ask(request: StaffRequest, number: str, key: uuid.UUID) -> HttpResponse:
    """受け入れ先にたずねる: only with consent; the page shows exactly what the host will read."""
    client, row, page = opened(request, number, key)
    consent = _consent(client)
    form = forms.AskHostForm(request.POST or None, proposal=row, consent=consent)

    def act() -> None:
        data = form.cleaned_data
        ask_host(
            proposal=row,
            offer=Offer(data["offer"]),
            needs=[FunctionalNeed(need) for need in data["needs"]],
            escort=data["escort"],
            from_on=data["from_on"],
            until_on=data["until_on"],
            by=request.user,
        )

    return form_page(
        request,
        client,
        form,
        act,
        title=_("受け入れ先にたずねる　%(place)s") % {"place": row.place.name},
        button=_("名前を出さずにたずねる"),
        done=_("受け入れ先にお願いを送りました。"),
        back=page,
        template="matching/person/ask.html",
        proposal=row,
        consent=consent,
    )


@for_caseworkers
@require_http_methods(["GET", "POST"])
def host_answer(request: StaffRequest, number: str, key: uuid.UUID) -> HttpResponse:
    """What the host said on the telephone."""
    client, row, page = opened(request, number, key)
    form = forms.HostAnswerForm(request.POST or None)

    def act() -> None:
        link = row.requests.open().first() or row.requests.filter(withdrawn_at=None).first()
        if link is None:
            raise WrongStep
        note_answer(
            link=link,
            answer=HostAnswer(form.cleaned_data["answer"]),
            reason=form.cleaned_data["reason"],
            by=request.user,
        )

    return form_page(
        request,
        client,
        form,
        act,
        title=_("電話で聞いた返事　%(place)s") % {"place": row.place.name},
        button=_("返事を書く"),
        done=_("受け入れ先の返事を書きました。"),
        back=page,
    )


@for_caseworkers
@require_http_methods(["GET", "POST"])
def tell(request: StaffRequest, number: str, key: uuid.UUID) -> HttpResponse:
    """受け入れ先に伝えたことを書く (F15): the register of what a host was told; the page itself sends nothing."""
    client, row, page = opened(request, number, key)
    form = forms.TellHostForm(request.POST or None, initial={"told_on": timezone.localdate()})

    def act() -> None:
        data = form.cleaned_data
        tell_host(
            proposal=row,
            items=[DisclosureItem(item) for item in data["items"]],
            purpose=data["purpose"],
            told_on=data["told_on"],
            by=request.user,
        )

    return form_page(
        request,
        client,
        form,
        act,
        title=_("受け入れ先に伝えたこと　%(place)s") % {"place": row.place.name},
        button=_("台帳に書く"),
        done=_("伝えたことを台帳に書きました。"),
        back=page,
        note=_("ここから受け入れ先には何も送られません。電話や対面で伝えてから、書いてください。"),
    )


@for_caseworkers
@require_http_methods(["GET", "POST"])
def start(request: StaffRequest, number: str, key: uuid.UUID) -> HttpResponse:
    """参加を始める."""
    client, row, page = opened(request, number, key)
    form = forms.BeginForm(request.POST or None, initial={"begins_on": timezone.localdate()})
    return form_page(
        request,
        client,
        form,
        lambda: begin(
            proposal=row,
            begins_on=form.cleaned_data["begins_on"],
            agreed=form.cleaned_data["agreed"],
            stage=Stage(form.cleaned_data["stage"]),
            by=request.user,
        ),
        title=_("参加を始める　%(place)s") % {"place": row.place.name},
        button=_("始める"),
        done=_("参加が始まりました。ようす伺いと、受け入れ先への電話を予定に入れました。"),
        back=page,
        note=_("予定に入るもの　%(person)s　／　受け入れ先に電話: %(host)s")
        % {"person": _cadence(client, "person"), "host": _cadence(client, "host")},
    )


def _cadence(client: Client, side: str) -> str:
    """開始から1週・開始から1か月: as the town has set it."""
    return "・".join(str(step.label) for step in clocks.cadence_of(client.municipality, side))


@for_caseworkers
@require_http_methods(["GET", "POST"])
def decline(request: StaffRequest, number: str, key: uuid.UUID) -> HttpResponse:
    """見送る, with a typed reason."""
    client, row, page = opened(request, number, key)
    form = forms.DeclineForm(request.POST or None)
    return form_page(
        request,
        client,
        form,
        lambda: actions.decline(
            proposal=row,
            reason=form.cleaned_data["reason"],
            words=form.cleaned_data["words"],
            by=request.user,
        ),
        title=_("見送る　%(place)s") % {"place": row.place.name},
        button=_("見送る"),
        done=_("見送りました。あとから「一つ戻す」で戻せます。"),
        back=page,
    )


@for_caseworkers
@require_POST
def step_back(request: StaffRequest, number: str, key: uuid.UUID) -> HttpResponse:
    """一つ戻す."""
    _client, row, page = opened(request, number, key)
    return press(
        request,
        lambda: actions.step_back(proposal=row, by=request.user, seen=request.POST.get("seen", "")),
        done=_("一つ前に戻しました。"),
        back=page,
    )
