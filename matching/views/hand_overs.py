"""まとめて引きつぐ: the people of one worker to another, each with a memo of their own."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from directory.models import User
from matching.actions.clients import Memo, hand_over
from matching.choices import ClientState
from matching.forms.hand_overs import CaseloadForm
from matching.models import Client
from matching.permissions import clients_of, desk_town, workers_of
from matching.refusals import NotPossible
from matching.tracing import record_listing
from matching.underway import underway_of
from matching.views.door import StaffRequest, for_caseworkers

# One press hands on so many; the rest stay on the page for the next one, also when something stops it half way.
PAGE = 50


@for_caseworkers
@require_http_methods(["GET", "POST"])
def hand_overs(request: StaffRequest) -> HttpResponse:
    """GET shows the people of one worker; POST hands on those who were ticked, one transaction a person."""
    town = desk_town(request.user)
    workers = workers_of(town)
    before = _worker(request, workers)
    theirs = clients_of(request.user).filter(municipality=town, main_worker=before).exclude(state=ClientState.CLOSED)
    page = Paginator(theirs.order_by("next_on", "-fiscal_year", "-serial"), PAGE).get_page(request.GET.get("page"))
    rows: list[Client] = list(page.object_list)
    # Who was ticked on a page that has since grown shorter is still one of theirs.
    ticked = theirs.filter(uuid__in=_uuids(request.POST.getlist("people"))) if request.method == "POST" else []
    known = list({client.pk: client for client in [*rows, *ticked]}.values())
    form = CaseloadForm(
        request.POST or None,
        municipality=town,
        clients=known,
        initial={"people": [str(client.uuid) for client in rows]},
    )
    record_listing(user=request.user, clients=known, page="hand_overs", municipality=town)
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["to"] == before:
            form.add_error("to", _("いまの主担当とはちがう人をえらんでください。"))
        else:
            _hand_on(request, form)
            return redirect(f"{reverse('desk_hand_overs')}?worker={before.uuid}")
    context = {
        "section": "people",
        "form": form,
        "page": page,
        "rows": [(client, underway_of(client)) for client in rows],
        "ticked": set(form["people"].value() or []),
        "workers": workers,
        "before": before,
    }
    return render(request, "matching/people/hand_overs.html", context, status=422 if form.is_bound else 200)


def _hand_on(request: StaffRequest, form: CaseloadForm) -> None:
    done, to = 0, form.cleaned_data["to"]
    for client in form.chosen:
        memo = Memo(underway=underway_of(client), cautions=form.cleaned_data["cautions"])
        try:
            hand_over(client=client, to=to, memo=memo, by=request.user)
        except NotPossible as refusal:
            messages.error(request, f"{client.number}　{refusal.sentence}")
        else:
            done += 1
    words = ngettext(
        "%(number)s人の主担当を%(name)sさんに変えました。メモは%(name)sさんの「今日」で待っています。",
        "%(number)s人の主担当を%(name)sさんに変えました。メモは%(name)sさんの「今日」で待っています。",
        done,
    )
    messages.success(request, words % {"number": done, "name": to.name})


def _worker(request: StaffRequest, workers: list[User]) -> User:
    """Whose people are shown: the one asked for, else who asks."""
    asked = _uuids([request.GET.get("worker", "")])
    return next((worker for worker in workers if worker.uuid in asked), request.user)


def _uuids(texts: list[str]) -> list[UUID]:
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
