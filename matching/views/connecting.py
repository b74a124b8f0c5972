"""つなぐ: a person's places with their reasons, side by side, why not this one, and suggesting one."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from matching.actions.proposals import propose
from matching.actions.waiting import wait_for_seat
from matching.candidates.explanation import NEUTRAL
from matching.candidates.finding import State
from matching.choices import PlanState
from matching.conditions import QUESTIONS, value_words
from matching.forms.connecting import FindPlaceForm, ProposeForm
from matching.forms.staying import WaitForm
from matching.models import Client, Condition
from matching.narrowing import searched_for
from matching.options import BAND_CODES, Option, explanation_of, inputs_of, options_for, resting_places
from matching.permissions import client_for
from matching.refusals import NotPossible
from matching.town_rules import rules_of
from matching.views.door import StaffRequest, for_caseworkers, form_page
from matching.views.identity import identity_of
from matching.views.person import answers_of

# Nobody reads on after so many; the rest is found by name.
MOST_SHOWN = 20
# Few enough to be weighed against each other without scrolling for long.
SEEN_AT_ONCE = 6
MOST_NEAR = 6
FEWEST_COMPARED, MOST_COMPARED = 2, 4
BEST_COMPARED = 3


def page(request: StaffRequest, client: Client, name: str, **more: Any) -> dict[str, Any]:
    """What every page of つなぐ shows around its own."""
    return {
        "section": "people",
        "page_name": name,
        "client": client,
        "identity": identity_of(request.user, client),
        "rules_version": rules_of(client.municipality).version,
        "neutral": NEUTRAL,
        # No place is left out for these: whoever suggests one reads them first.
        "must_look_out": client.avoidances.standing().in_words_only().exists(),
        **more,
    }


@dataclass(frozen=True)
class Group:
    """One part of the list: its heading, its look, what is shown of it, and how many are left."""

    key: str
    title: str | Promise
    tone: str
    options: list[Option]

    @property
    def shown(self) -> list[Option]:
        return self.options[:SEEN_AT_ONCE]

    @property
    def folded(self) -> list[Option]:
        """What opens with one press more."""
        return self.options[SEEN_AT_ONCE:MOST_SHOWN]

    @property
    def more(self) -> int:
        return max(0, len(self.options) - MOST_SHOWN)


@for_caseworkers
@require_http_methods(["GET", "POST"])
def candidates(request: StaffRequest, number: str) -> HttpResponse:
    """All places of the town for one person, in bands; asked with words, the places they name and why or why not."""
    client = client_for(request.user, number, page="candidates")
    form = FindPlaceForm(request.POST or None)
    words = form.cleaned_data["words"] if form.is_bound and form.is_valid() else ""
    searched = searched_for(client, words)
    options = options_for(client, also=searched)
    context = page(
        request,
        client,
        "desk_candidates",
        form=form,
        words=words,
        found=options.named(words, also=searched)[:MOST_SHOWN],
        resting=resting_places(options, words)[:MOST_SHOWN],
        options=options,
        bands=[Group(f"band-{tone}", title, tone, found) for title, tone, found in options.bands],
        ask_first=Group("ask", _("確認が必要"), "care", options.ask_first),
        full=Group("full", _("満員"), "", options.full),
        excluded=Group("excluded", _("合わない条件がある"), "", options.excluded),
        near=options.near_by_remedy[:MOST_NEAR],
        near_count=len(options.near),
        person_questions=options.person_questions,
        numbers={state.name.lower(): options.number(state) for state in State},
        only_counted=sum(options.left_out.values()),
    )
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "matching/connecting/candidates.html", context, status=status)


@for_caseworkers
@require_GET
def why(request: StaffRequest, number: str, key: uuid.UUID) -> HttpResponse:
    """Everything about one place for one person; one neutral sentence for what may not be told or does not exist."""
    client = client_for(request.user, number, page="why")
    option = options_for(client, also=[str(key)]).by_key.get(str(key))
    context = page(request, client, "desk_why", option=option)
    return render(request, "matching/connecting/why.html", context)


@for_caseworkers
@require_GET
def compare(request: StaffRequest, number: str) -> HttpResponse:
    """Two to four places side by side; the best ones where none were chosen."""
    client = client_for(request.user, number, page="compare")
    asked = list(dict.fromkeys(request.GET.getlist("place")))
    options = options_for(client, also=asked)
    chosen = [options.by_key[key] for key in asked if key in options.by_key]
    note: str | Promise = ""
    if len(chosen) > MOST_COMPARED:
        note = _("一度に比べられるのは4か所までです。はじめの4か所を出しています。")
    elif asked and len(chosen) < len(asked):
        note = NEUTRAL
    elif asked and len(chosen) < FEWEST_COMPARED:
        note = _("2か所から4か所を選ぶと、ならべて比べられます。")
    columns = (chosen or (options.candidates + options.ask_first)[:BEST_COMPARED])[:MOST_COMPARED]
    context = page(
        request,
        client,
        "desk_compare",
        columns=columns,
        was_chosen=bool(chosen),
        note=note,
        wishes=wishes_of(client),
        options=options,
        person_questions=options.person_questions,
        near=options.near_by_remedy[:BEST_COMPARED],
        near_count=len(options.near),
    )
    return render(request, "matching/connecting/compare.html", context)


def wishes_of(client: Client) -> list[tuple[str | Promise, str, list[str]]]:
    """(heading, mark, lines): what matters most, what must be, what would be nice, what nobody knows yet."""
    answers = answers_of(client)
    conditions: list[Condition] = answers["conditions"]
    yes = [row for row in conditions if row.answer]
    most = [wish.words for wish in answers["wishes"] if wish.is_important]
    most += [_condition(row) for row in yes if row.is_important]
    must = [_condition(row) for row in yes if QUESTIONS[row.key].is_hard and not row.is_important]
    must += [f"{days} {row.begins:%H:%M}～{row.ends:%H:%M}" for days, row in answers["free_times"]]
    nice = [wish.words for wish in answers["wishes"] if not wish.is_important]
    nice += [_condition(row) for row in yes if not QUESTIONS[row.key].is_hard and not row.is_important]
    parts: list[tuple[str | Promise, str, list[str]]] = [
        (_("大切にしたいこと"), "◎", most),
        (_("かならず"), "○", must),
        (_("できれば"), "○", nice),
        (_("まだ分からない"), "？", [str(question.ask) for question in answers["to_ask"]]),
    ]
    return [part for part in parts if part[2]]


def _condition(row: Condition) -> str:
    """`1回に払える額に限りがある: 300円まで`."""
    question = QUESTIONS[row.key]
    return f"{question.label}: {value_words(row.key, row.value)}" if row.value is not None else str(question.label)


@for_caseworkers
@require_http_methods(["GET", "POST"])
def suggest(request: StaffRequest, number: str, key: uuid.UUID) -> HttpResponse:
    """この場を提案する: against the order only with a reason; what was known and said is frozen."""
    client = client_for(request.user, number, page="propose")
    options = options_for(client, also=[str(key)])
    option = options.by_key.get(str(key))
    if option is None:
        raise Http404("no such place for this client")
    better = options.better_than(option)
    slot = request.GET.get("slot", "")
    form = ProposeForm(request.POST or None, option=option, needs_reason=bool(better), slot=slot)
    if request.method == "POST" and form.is_valid():
        chosen_slot, role = form.chosen()
        try:
            made = propose(
                client=client,
                place=option.place,
                by=request.user,
                inputs=inputs_of(options, option),
                explanation=explanation_of(option),
                rules_version=options.rules.version,
                band=BAND_CODES[option.candidate.band],
                against_order=form.cleaned_data.get("against_order", ""),
                slot=chosen_slot,
                role=role,
            )
        except NotPossible as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            messages.success(request, str(_("提案を書きました。本人の返事を聞いたら、ここに書きます。")))
            return redirect("desk_proposal", client.number, made.uuid)
    context = page(
        request,
        client,
        "desk_propose",
        title=_("この場を提案する"),
        option=option,
        better=better[:BEST_COMPARED],
        form=form,
        has_plan=client.plans.exclude(state=PlanState.CLOSED).exists(),
    )
    return render(request, "matching/connecting/propose.html", context, status=422 if form.is_bound else 200)


@for_caseworkers
@require_http_methods(["GET", "POST"])
def wait(request: StaffRequest, number: str, key: uuid.UUID) -> HttpResponse:
    """空き待ち for a full place."""
    client = client_for(request.user, number, page="wait")
    option = options_for(client, also=[str(key)]).by_key.get(str(key))
    if option is None:
        raise Http404("no such place for this client")
    form = WaitForm(request.POST or None)
    return form_page(
        request,
        client,
        form,
        lambda: wait_for_seat(
            client=client, place=option.place, until_on=form.cleaned_data["until_on"], by=request.user
        ),
        title=_("空きを待つ　%(place)s") % {"place": option.place.name},
        button=_("空きを待つ"),
        done=_("空き待ちにしました。空きが出たら、今日の一覧に出ます。"),
        back=client.get_absolute_url(),
        note=_("受け入れ先には知らせません。ほかの場の提案は、そのまま続けられます。"),
    )


CONNECTING = "people/<str:number>/places/"
urlpatterns: list[URLPattern] = [
    path(CONNECTING, candidates, name="desk_candidates"),
    path(f"{CONNECTING}compare/", compare, name="desk_compare"),
    path(f"{CONNECTING}<uuid:key>/", why, name="desk_why"),
    path(f"{CONNECTING}<uuid:key>/propose/", suggest, name="desk_propose"),
    path(f"{CONNECTING}<uuid:key>/wait/", wait, name="desk_wait"),
]
