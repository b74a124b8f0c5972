"""つないだ場: one suggestion from the person's answer to the beginning, one form per step."""

import uuid

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
from matching.actions.placements import begin
from matching.actions.requests import ask_host, collect_letters, note_answer
from matching.actions.visits import plan_visit, record_visit, reflect
from matching.choices import PersonAnswer, Stage, VisitKind, VisitResult
from matching.conditions import value_words
from matching.forms import proposal as forms
from matching.models import Client, Consent, Proposal, Visit
from matching.permissions import client_for, proposal_for
from matching.plain_words import plain_reasons
from matching.refusals import WrongStep
from matching.tracing import record_refusal
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
    _must_be_shown(client, row.place)
    context: dict[str, object] = {
        "reasons": plain_reasons(_lines(row.explanation)),
        "place": row.place,
        "on": row.proposed_on,
        "office": client.office,
        "town": client.municipality,
        "back": page,
    }
    return render(request, "matching/person/reasons_sheet.html", context)


def _must_be_shown(client: Client, place: Place) -> None:
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
def visit_plan(request: StaffRequest, number: str, key: uuid.UUID) -> HttpResponse:
    """見学・同行・体験 を決める."""
    client, row, page = opened(request, number, key)
    form = forms.PlanVisitForm(request.POST or None, municipality=client.municipality)

    def act() -> None:
        data = form.cleaned_data
        plan_visit(
            proposal=row,
            at=form.moment(),
            kind=VisitKind(data["kind"]),
            minutes=data["minutes"],
            escort=data["escort"],
            company=data["company"],
            arrangements=data["arrangements"],
            travel=data["travel"],
            met_by=data["met_by"],
            signal=data["signal"],
            bring=data["bring"],
            by=request.user,
        )

    return form_page(
        request,
        client,
        form,
        act,
        title=_("見学・同行を決める　%(place)s") % {"place": row.place.name},
        button=_("決める"),
        done=_("見学・同行を決めました。"),
        back=page,
        note=helps_wanted(client),
    )


def helps_wanted(client: Client) -> str:
    """`はじめての日にほしい助け: 入口で待っていてもらう・写真や地図で先に知る`, nothing when nobody has asked."""
    row = client.conditions.current().filter(key="first_visit_needs", answer=True).first()
    if row is None:
        return ""
    return _("はじめての日にほしい助け: %(helps)s") % {"helps": value_words(row.key, row.value)}


@for_caseworkers
@require_GET
def visit_sheet(request: StaffRequest, number: str, key: uuid.UUID) -> HttpResponse:
    """The plan of the visit on paper, for the person: large, in easy words, with readings; no name stands on it."""
    client, visit, page = opened_visit(request, number, key)
    place = visit.proposal.place
    _must_be_shown(client, place)
    context: dict[str, object] = {
        "at": timezone.localtime(visit.at),
        "visit": visit,
        "place": place,
        "office": client.office,
        "town": client.municipality,
        "back": page,
    }
    return render(request, "matching/person/visit_sheet.html", context)


def opened_visit(request: StaffRequest, number: str, key: uuid.UUID) -> tuple[Client, Visit, str]:
    client = client_for(request.user, number, page="visit")
    visit = Visit.objects.filter(proposal__client=client, uuid=key).select_related("proposal__place").first()
    if visit is None:
        record_refusal(user=request.user, what="visit", subject=client)
        raise Http404("no such visit of this client")
    return client, visit, reverse("desk_proposal", args=[client.number, visit.proposal.uuid])


@for_caseworkers
@require_http_methods(["GET", "POST"])
def visit_record(request: StaffRequest, number: str, key: uuid.UUID) -> HttpResponse:
    """F8: how it was."""
    client, visit, page = opened_visit(request, number, key)
    form = forms.RecordVisitForm(request.POST or None)
    return form_page(
        request,
        client,
        form,
        lambda: record_visit(
            visit=visit,
            result=VisitResult(form.cleaned_data["result"]),
            notes=form.cleaned_data["notes"],
            by=request.user,
        ),
        title=_("見学・同行の記録　%(place)s") % {"place": visit.proposal.place.name},
        button=_("記録する"),
        done=_("記録しました。"),
        back=page,
    )


@for_caseworkers
@require_http_methods(["GET", "POST"])
def visit_reflect(request: StaffRequest, number: str, key: uuid.UUID) -> HttpResponse:
    """ふり返り, in the person's words."""
    client, visit, page = opened_visit(request, number, key)
    form = forms.ReflectForm(request.POST or None)
    return form_page(
        request,
        client,
        form,
        lambda: reflect(visit=visit, reflection=form.cleaned_data["reflection"], by=request.user),
        title=_("ふり返り　%(place)s") % {"place": visit.proposal.place.name},
        button=_("記録する"),
        done=_("ふり返りを書きました。"),
        back=page,
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
