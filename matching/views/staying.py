"""定着: a rest and the way back, other stages, early signs, and what follows a decline."""

import uuid

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from matching.actions import staying
from matching.actions.proposals import settle
from matching.actions.waiting import stop_waiting
from matching.choices import Consequence, Stage
from matching.forms import staying as forms
from matching.models import SeatWait
from matching.permissions import client_for, owned_for, placement_for, proposal_for
from matching.signs import signs_of
from matching.views.door import StaffRequest, for_caseworkers, form_page, press
from matching.views.placements import page_of


@for_caseworkers
@require_http_methods(["GET", "POST"])
def rest(request: StaffRequest, number: str, key: uuid.UUID) -> HttpResponse:
    """お休み: as normal as coming."""
    client = client_for(request.user, number, page="rest")
    row = placement_for(request.user, client, key)
    form = forms.RestForm(request.POST or None, placement=row)
    resting = row.rests_from_on is not None
    return form_page(
        request,
        client,
        form,
        lambda: staying.rest(
            placement=row,
            from_on=form.cleaned_data["from_on"],
            ask_again_on=form.cleaned_data["ask_again_on"],
            words=form.cleaned_data["words"],
            by=request.user,
        ),
        title=(_("まだ休む　%(place)s") if resting else _("お休みに入る　%(place)s")) % {"place": row.place.name},
        button=_("まだ休む") if resting else _("お休みにする"),
        done=_("お休みを書きました。席はそのまま残ります。"),
        back=page_of(client, row),
        note=_("席はそのまま残り、来ないことの気づきは出ません。「ようすを聞く日」に、今日の一覧に出ます。"),
    )


@for_caseworkers
@require_http_methods(["GET", "POST"])
def back(request: StaffRequest, number: str, key: uuid.UUID) -> HttpResponse:
    """The rest is over."""
    client = client_for(request.user, number, page="rest")
    row = placement_for(request.user, client, key)
    form = forms.BackForm(request.POST or None)
    return form_page(
        request,
        client,
        form,
        lambda: staying.come_back(
            placement=row, on=form.cleaned_data["on"], words=form.cleaned_data["words"], by=request.user
        ),
        title=_("お休みから戻った　%(place)s") % {"place": row.place.name},
        button=_("戻ったと書く"),
        done=_("戻ったことを書きました。"),
        back=page_of(client, row),
    )


@for_caseworkers
@require_http_methods(["GET", "POST"])
def stage(request: StaffRequest, number: str, key: uuid.UUID) -> HttpResponse:
    """居場所 → 役割 → 就労体験, and back."""
    client = client_for(request.user, number, page="stage")
    row = placement_for(request.user, client, key)
    form = forms.StageForm(request.POST or None, placement=row)
    return form_page(
        request,
        client,
        form,
        lambda: staying.move(
            placement=row,
            seen=Stage(form.cleaned_data["seen"]),
            to=Stage(form.cleaned_data["to"]),
            on=form.cleaned_data["on"],
            words=form.cleaned_data["words"],
            by=request.user,
        ),
        title=_("段階を変える　%(place)s") % {"place": row.place.name},
        button=_("段階を変える"),
        done=_("段階を書きました。"),
        back=page_of(client, row),
        note=_("のぼらなくてもかまいません。戻ることも、ふつうの一歩です。別の場に移るときは、新しく提案します。"),
    )


@for_caseworkers
@require_POST
def signs_seen(request: StaffRequest, number: str, key: uuid.UUID) -> HttpResponse:
    """The signs that stood on the page have been seen to."""
    client = client_for(request.user, number, page="signs")
    row = placement_for(request.user, client, key)
    standing = signs_of([row], town=client.municipality, today=timezone.localdate()).get(row.pk, [])
    # Only what really is a sign: nothing typed ever stands in that column.
    keys = {sign.key for sign in standing} & set(request.POST.getlist("sign"))
    return press(
        request,
        lambda: staying.see_signs(placement=row, signs=keys, by=request.user),
        done=_("気づきを見たことにしました。新しいことがあれば、また出ます。"),
        back=page_of(client, row),
    )


@for_caseworkers
@require_http_methods(["GET", "POST"])
def after_decline(request: StaffRequest, number: str, key: uuid.UUID) -> HttpResponse:
    """見送りのあと: staff confirm what it leads to."""
    client = client_for(request.user, number, page="proposal")
    row = proposal_for(request.user, client, key)
    form = forms.SettleForm(request.POST or None, proposal=row)
    return form_page(
        request,
        client,
        form,
        lambda: settle(
            proposal=row,
            consequence=Consequence(form.cleaned_data["consequence"]),
            until_on=form.cleaned_data["until_on"],
            by=request.user,
        ),
        title=_("見送りのあと　%(place)s") % {"place": row.place.name},
        button=_("決める"),
        done=_("見送りのあとを決めました。"),
        back=reverse("desk_proposal", args=[client.number, row.uuid]),
        note=_("断ったことで、ほかの場の順番が下がることはありません。"),
    )


@for_caseworkers
@require_POST
def wait_stop(request: StaffRequest, number: str, key: uuid.UUID) -> HttpResponse:
    """No longer waits for this seat."""
    client = client_for(request.user, number, page="wait")
    row = owned_for(request.user, client, SeatWait, key)
    return press(
        request,
        lambda: stop_waiting(wait=row, by=request.user),
        done=_("空き待ちを終えました。"),
        back=client.get_absolute_url(),
    )
