"""How search is: what answers, what waits, what differs; and two buttons for those who keep every town."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from directory.models import Event, Municipality, User
from directory.permissions import for_staff
from search.drift import drifts, queue, status
from search.engines.errors import Refused, Unreachable
from search.models import Outbox
from search.permissions import towns_of_keeper


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def state(request: HttpRequest) -> HttpResponse:
    """Facts for everybody who keeps a town's words; acting on the whole index is for whoever keeps all of them."""
    may_act = towns_of_keeper(request).count() == Municipality.objects.count()
    if request.method == "POST":
        if not may_act:
            raise PermissionDenied
        _act(request)
        return redirect("desk_search_state")
    found = status()
    context = {
        "section": "words",
        "page_name": "state",
        "status": found,
        "megabytes": round(found.cluster.get("bytes", 0) / 1e6, 1),
        "failing": Outbox.objects.exclude(error="").order_by("made_at")[:20],
        "may_act": may_act,
    }
    return render(request, "search/desk/state.html", context)


def _act(request: HttpRequest) -> None:
    assert isinstance(request.user, User)
    if request.POST.get("do") == "send":
        waiting = Outbox.objects.update(try_at=timezone.now())
        messages.success(request, _("%(n)s件をすぐに送ります。") % {"n": waiting})
    else:
        try:
            found = drifts()
            queue(found)
        except (Unreachable, Refused):
            words = _("Elasticsearchが答えないので、くらべられませんでした。少し待って、もう一度おしてください。")
            messages.error(request, words)
            return
        total = sum(drift.total for drift in found)
        words = _("ちがっていた%(n)s件を直しました。") % {"n": total} if total else _("ちがいはありません。")
        messages.success(request, words)
    Event.append(action="search.state", actor=request.user, do=request.POST.get("do", "")[:10])
