"""What every page about persons goes through: who may come in, and what happens when something is refused."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from directory.choices import StaffDuty, UserKind
from directory.models import User
from directory.permissions import DEVELOPERS, SHARERS, towns_of
from matching import drafts
from matching.models import Client
from matching.permissions import may_open_clients
from matching.refusals import EditedMeanwhile, NotPossible
from matching.tracing import NotRecorded, record_refusal
from matching.views.identity import identity_of

View = Callable[..., HttpResponse]
Words = str | Promise


class StaffRequest(HttpRequest):
    """A request behind the door: somebody is signed in."""

    user: User


def for_caseworkers(view: View) -> View:
    """Only staff with a duty that opens persons' records; to all others the page does not exist.

    What is not theirs, and what does not exist, get one and the same answer, on a page of the desk.
    """

    @login_required
    @wraps(view)
    def behind_the_door(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            if not may_open_clients(request.user):
                record_refusal(user=request.user, what="desk", subject=None)
                raise Http404("no duty that sees clients")
            try:
                return view(request, *args, **kwargs)
            except Http404:
                return render(request, "matching/missing.html", {"section": "people"}, status=404)
        except NotRecorded:
            # Nothing is shown whose reading left no trace.
            return render(request, "matching/not_recorded.html", status=503)

    return behind_the_door


def for_duties(duties: tuple[StaffDuty, ...], section: str) -> Callable[[View], View]:
    """Only staff who hold one of these duties today; the view is given their town. To all others it does not exist."""

    def decorate(view: View) -> View:
        @login_required
        @wraps(view)
        def behind_the_door(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                town = towns_of(request.user, duties).order_by("pk").first() if is_staff(request.user) else None
                if town is None:
                    record_refusal(user=request.user, what=section, subject=None)
                    raise Http404("no duty for this part of the desk")
                try:
                    return view(request, town, *args, **kwargs)
                except Http404:
                    return render(request, "matching/missing.html", {"section": section}, status=404)
            except NotRecorded:
                return render(request, "matching/not_recorded.html", status=503)

        return behind_the_door

    return decorate


# 資源開拓: caseworkers, coordinators, those who build the community, supervisors; each in their own town.
for_developers = for_duties(DEVELOPERS, "resources")
# 調整会議: those who share scarce seats among the people of a whole town.
for_sharers = for_duties(SHARERS, "boards")


def is_staff(user: User) -> bool:
    return user.is_active and user.kind == UserKind.STAFF


def back_to(request: HttpRequest, default: str) -> str:
    """Where the form was opened from, if that is a page of the desk."""
    wanted = request.POST.get("back", "") or request.GET.get("back", "")
    safe = wanted.startswith("/desk/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if safe else default


def press(request: HttpRequest, act: Callable[[], Any], *, done: Words, back: str) -> HttpResponse:
    """A button without a form: do it, say so, go back. A refusal is said in its own words."""
    try:
        act()
    except NotPossible as refusal:
        messages.error(request, str(refusal.sentence))
    else:
        messages.success(request, str(done))
    return redirect(back_to(request, back))


def form_page(
    request: StaffRequest,
    client: Client,
    form: forms.Form,
    act: Callable[[], Any],
    *,
    title: Words,
    button: Words,
    done: Words,
    back: str,
    template: str = "matching/form.html",
    draft: str = "",
    **more: Any,
) -> HttpResponse:
    """Show a form about a client; when it is sent and right, act and go back; else show it again, nothing lost.

    `draft` names the form in matching/drafts.py: what is typed is kept on the way, and put back.
    """
    clash: EditedMeanwhile | None = None
    kept = drafts.put_back(form, client=client, name=draft, user=request.user) if draft else None
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except EditedMeanwhile as refusal:
            clash = refusal
            form.add_error(None, str(refusal.sentence))
        except NotPossible as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            if draft:
                drafts.drop(client=client, name=draft, by=request.user)
            messages.success(request, str(done))
            return redirect(back_to(request, back))
    context = {
        "section": "people",
        "draft": kept,
        "draft_url": reverse("desk_draft", args=[client.number, draft]) if draft else "",
        "client": client,
        "identity": identity_of(request.user, client),
        "form": form,
        "title": title,
        "button": button,
        "back": back_to(request, back),
        "clash": both_texts(form, clash) if clash else [],
        **more,
    }
    return render(request, template, context, status=422 if form.is_bound else 200)


def both_texts(form: forms.Form, clash: EditedMeanwhile) -> list[dict[str, Any]]:
    """Field by field: what the other saved, and what stands in this form."""
    return [
        {
            "label": form.fields[name].label if name in form.fields else name,
            "theirs": theirs if theirs not in (None, "") else _("（なし）"),
            "mine": clash.mine[name] if clash.mine[name] not in (None, "") else _("（なし）"),
        }
        for name, theirs in clash.theirs.items()
    ]
