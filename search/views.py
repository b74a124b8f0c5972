"""The search page and its suggestions. The database has the last word on what is shown."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from directory.choices import PlaceKind, Want
from directory.models import Activity, ConsultationWindow, District, Municipality, Place
from directory.openings import with_openings
from directory.public.page import PlacePage

from .cursor import After
from .editions import in_force
from .engines import engine
from .forms import query_from
from .highlight import asked_norms, marked
from .indexing import Rolled
from .misses import note
from .plan import plan_of
from .query import Query
from .rebuilding import rebuild_embedded
from .results import Results

WHEN_WORDS: dict[str, "str | Promise"] = {
    "now": _("いま開いている"),
    "today": _("今日"),
    "tomorrow": _("あした"),
    "weekend": _("今度の土日"),
    "week": _("この7日間"),
    "weekday_day": _("平日の昼"),
    "evening": _("夕方から"),
}
HOW_WORDS: dict[str, "str | Promise"] = {
    "no_booking": _("申しこみなし"),
    "welcome_alone": _("ひとりで入りやすい"),
    "may_watch": _("見るだけでもよい"),
    "can_be_silent": _("話さなくてもよい"),
    "free": _("無料"),
    "wheelchair": _("車いすで入れる"),
    "pickup": _("むかえの車がある"),
    "online": _("オンライン"),
    "plain_japanese": _("やさしい日本語"),
    "with_children": _("子どもと来られる"),
    "may_help": _("手伝える"),
}
SORT_WORDS: dict[str, "str | Promise"] = {
    "fit": _("よく合う順"),
    "next": _("次に開く日が早い順"),
    "fresh": _("新しく確かめた順"),
}
CARD_TAGS = ("welcome_alone", "may_watch", "can_be_silent", "step_free", "pickup", "may_help", "with_children")


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Words and choices in, cards out; the next opening first."""
    town: Municipality | None = request.town  # type: ignore[attr-defined]
    query = query_from(request.GET, town=town, vocabulary=in_force(town.pk if town else None))
    if Rolled.is_due():
        rebuild_embedded()
    at = query.after.at if query.after else timezone.now()
    results = engine().search(query, at=at)
    note(request, query, results)
    cards = _cards(results, asked_norms(plan_of(query)))
    context = {
        "section": "search",
        "query": query,
        "results": results,
        "cards": cards,
        "windows": _windows(results),
        "page": _page(query, results),
        "after": After(results.hits[-1].relaxed, results.hits[-1].key, int(at.timestamp()) // 60).pack()
        if results.hits
        else "",
        "groups": _groups(query, results, town),
        "chips": _chips(query, town),
        "chosen": len(_chips(query, town)),
        "sorts": [(key, label, key == query.sort) for key, label in SORT_WORDS.items()],
        "mean_url": f"?{urlencode({'q': results.did_you_mean})}" if results.did_you_mean else "",
    }
    return render(request, "search/search.html", context)


def _cards(results: Results, norms: frozenset[str]) -> list[dict[str, Any]]:
    """What the database says about the places found; one that is gone since is not shown."""
    ids = [hit.place for hit in results.hits]
    places = with_openings(Place.objects.published().select_related("municipality", "district").filter(pk__in=ids))
    found = places.prefetch_related("contacts").in_bulk(ids)
    wanted = {number for hit in results.hits for number in hit.activities}
    names = dict(Activity.objects.filter(pk__in=wanted).values_list("pk", "name"))
    now = timezone.now()
    cards = []
    for hit in results.hits:
        place = found.get(hit.place)
        if place is None:
            continue
        page = PlacePage(place, at=now)
        matched = [names[number] for number in hit.activities if number in names and names[number] != place.name][:2]
        lead = marked(place.lead, norms)
        cards.append({"page": page, "place": place, "hit": hit, "matched": matched, "tags": _tags(place), "lead": lead})
    return cards


def _tags(place: Place) -> list[str]:
    """At most three things that make it easier to go."""
    return [str(Place._meta.get_field(name).verbose_name) for name in CARD_TAGS if getattr(place, name)][:3]  # type: ignore[union-attr]


def _windows(results: Results) -> list[ConsultationWindow]:
    found = ConsultationWindow.objects.published().select_related("municipality").in_bulk(list(results.windows))
    return [found[number] for number in results.windows if number in found]


def _page(query: Query, results: Results) -> "Page[Any]":
    return Paginator(range(results.total), query.size).get_page(query.page)


def _groups(query: Query, results: Results, town: Municipality | None) -> list[dict[str, Any]]:
    """The choices with how many places each would leave."""
    districts = {str(d.pk): d.name for d in District.objects.filter(municipality=town)} if town else {}
    plans: list[tuple[str, Any, str, dict[str, Any], tuple[Any, ...]]] = [
        ("do", _("したいこと"), "wants", dict(Want.choices), query.wants),
        ("when", _("いつ"), "when", WHEN_WORDS, query.when),
        ("how", _("行きやすさ"), "how", HOW_WORDS, query.how),
        ("area", _("地区"), "districts", districts, tuple(str(d) for d in query.districts)),
        ("kind", _("種類"), "kinds", dict(PlaceKind.choices), query.kinds),
    ]
    groups = []
    for name, label, facet, words, chosen in plans:
        counts = results.facets.get(facet, {})
        options = [
            {"value": value, "label": text, "count": counts.get(value, 0), "checked": value in chosen}
            for value, text in words.items()
            if counts.get(value, 0) or value in chosen
        ]
        if options:
            groups.append({"name": name, "label": label, "options": options})
    return groups


def _chips(query: Query, town: Municipality | None) -> list[dict[str, str]]:
    """Each choice with the address that takes it away."""
    made: list[tuple[str, Any, Any]] = [
        *[("do", value, Want(value).label) for value in query.wants],
        *[("when", value, WHEN_WORDS[value]) for value in query.when],
        *[("how", value, HOW_WORDS[value]) for value in query.how],
        *[("kind", value, PlaceKind(value).label) for value in query.kinds],
    ]
    names = dict(District.objects.filter(pk__in=query.districts).values_list("pk", "name"))
    made += [("area", str(pk), names[pk]) for pk in query.districts if pk in names]
    everything = [("q", query.words)] if query.words else []
    everything += [(name, str(value)) for name, value, _label in made]
    if query.sort != "fit":
        everything.append(("sort", query.sort))
    return [
        {"label": str(label), "url": "?" + urlencode([pair for pair in everything if pair != (name, str(value))])}
        for name, value, label in made
    ]


@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """Names, kinds and districts that begin with what is typed."""
    town: Municipality | None = request.town  # type: ignore[attr-defined]
    found = engine().suggest(request.GET.get("q", ""), municipalities=(town.pk,) if town else ())
    return JsonResponse({"suggestions": found})
