"""尺度 of one person: written down when they agree to it. No list, order or gate ever looks here."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from directory.models import Municipality
from matching.actions.measures import load_wording, measure, strike
from matching.choices import MeasureWay
from matching.forms.measures import MeasureForm, WordingForm
from matching.measures import Scale, paired, scales
from matching.models import Measurement, ScaleWording
from matching.permissions import client_for, owned_for
from matching.refusals import NotPossible
from matching.views.door import StaffRequest, for_caseworkers, for_sharers, form_page, press
from matching.views.identity import identity_of


def scale_named(code: str) -> Scale:
    if (scale := scales().by_code.get(code)) is None:
        raise Http404("no such scale")
    return scale


def wording_of(town: Municipality, scale: Scale) -> ScaleWording | None:
    return ScaleWording.objects.filter(municipality=town, scale=scale.code).first()


@for_caseworkers
@require_GET
def measures(request: StaffRequest, number: str) -> HttpResponse:
    """Every scale with its answers so far, the first beside the last."""
    client = client_for(request.user, number, page="measures")
    rows = list(client.measurements.filter(struck_at=None).select_related("asked_by"))
    by_scale = []
    for scale in scales().by_code.values():
        own = [row for row in rows if row.scale == scale.code]
        by_scale.append((scale, own, paired(own), bool(wording_of(client.municipality, scale))))
    context = {
        "section": "people",
        "page_name": "desk_measures",
        "client": client,
        "identity": identity_of(request.user, client),
        "by_scale": by_scale,
    }
    return render(request, "matching/person/measures.html", context)


@for_caseworkers
@require_http_methods(["GET", "POST"])
def ask(request: StaffRequest, number: str, scale: str) -> HttpResponse:
    """One scale on one day."""
    client = client_for(request.user, number, page="measures")
    asked = scale_named(scale)
    wording = wording_of(client.municipality, asked)
    form = MeasureForm(request.POST or None, scale=asked, wording=wording)

    def act() -> None:
        data = form.cleaned_data
        measure(
            client=client,
            scale=asked,
            answers=form.answers,
            way=MeasureWay(data["way"]),
            on=data["on"],
            refused=data["refused"],
            words=data["words"],
            form_key=data["form_key"],
            by=request.user,
        )

    note = (
        "" if wording else _("質問の文は、町がまだ読みこんでいません。許諾のある紙で聞き、番号だけを書いてください。")
    )
    return form_page(
        request,
        client,
        form,
        act,
        title=asked.title,
        button=_("書く"),
        done=_("尺度を書きました。"),
        back=reverse("desk_measures", args=[client.number]),
        note=note,
    )


@for_caseworkers
@require_POST
def strike_out(request: StaffRequest, number: str, key: uuid.UUID) -> HttpResponse:
    client = client_for(request.user, number, page="measures")
    row = owned_for(request.user, client, Measurement, key)
    return press(
        request,
        lambda: strike(measurement=row, by=request.user),
        done=_("取り消しました。"),
        back=reverse("desk_measures", args=[client.number]),
    )


@for_sharers
@require_http_methods(["GET", "POST"])
def wording(request: StaffRequest, town: Municipality, scale: str) -> HttpResponse:
    """The questions of a scale, as the town holds them under its licence."""
    asked = scale_named(scale)
    form = WordingForm(request.POST or None, wording=wording_of(town, asked))
    if request.method == "POST" and form.is_valid():
        try:
            load_wording(
                municipality=town,
                scale=asked,
                items=form.lines("items"),
                labels=form.lines("labels"),
                licence=form.cleaned_data["licence"],
                by=request.user,
            )
        except NotPossible as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            messages.success(request, str(_("質問の文を保存しました。")))
            return redirect("desk_rules")
    context = {
        "section": "rules",
        "form": form,
        "title": _("質問の文　%(title)s") % {"title": asked.title},
        "back": reverse("desk_rules"),
    }
    return render(request, "matching/resources/form.html", context, status=422 if form.is_bound else 200)
