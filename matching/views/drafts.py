"""Where the browser sends what is being typed. Nothing is shown here, so nothing is read."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from matching import drafts
from matching.permissions import client_for, client_to_write
from matching.views.door import StaffRequest, for_caseworkers, press

BACK_TO = {"wishes": "desk_wishes", "record": "desk_person", "plan": "desk_plan"}


@for_caseworkers
@require_POST
def keep(request: StaffRequest, number: str, form: str) -> HttpResponse:
    """Keep what has been typed so far; 204 when it is kept."""
    client = client_to_write(request.user, number)
    if form not in drafts.FORMS:
        raise Http404("no drafts of such a form")
    drafts.keep(client=client, name=form, data=request.POST, by=request.user)
    return HttpResponse(status=204)


@for_caseworkers
@require_POST
def drop(request: StaffRequest, number: str, form: str) -> HttpResponse:
    """Throw a draft away."""
    client = client_for(request.user, number, page="draft")
    if form not in drafts.FORMS:
        raise Http404("no drafts of such a form")
    return press(
        request,
        lambda: drafts.drop(client=client, name=form, by=request.user),
        done=_("下書きを捨てました。"),
        back=reverse(BACK_TO[form], args=[client.number]),
    )
