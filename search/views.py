"""The search page and its suggestions. The database has the last word on what is shown."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from directory.choices import PlaceKind, Want
from directory.models import Activity, ConsultationWindow, District, Municipality, Place
from directory.openings import with_openings
from directory.public.page import PlacePage

from .around import METRES, USUAL_METRES, Middle, around_district, around_here, middles
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
    "near": _("近い順"),
}
# Who asks from where they stand gets so many at once: a second page would need the position in its address.
MOST_NEAR = 40
CARD_TAGS = ("welcome_alone", "may_watch", "can_be_silent", "step_free", "pickup", "may_help", "with_children")


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Words and choices in, cards out; the next opening first."""
    town: Municipality | None = request.town  # type: ignore[attr-defined]
    middle, near = around_district(request.GET, town)
    query = query_from(request.GET, town=town, vocabulary=in_force(town.pk if town else None), near=near)
    return _answered(request, query, town, middle=middle)


@csrf_exempt  # It changes nothing and needs no cookie; it is sent, not linked, so that no address holds a position.
@require_POST
def search_near(request: HttpRequest) -> HttpResponse:
    """Around where somebody stands: one page of the nearest. The position is in no address, log or cookie."""
    town: Municipality | None = request.town  # type: ignore[attr-defined]
    near = around_here(request.POST)
    query = query_from(request.POST, town=town, vocabulary=in_force(town.pk if town else None), near=near)
    response = _answered(request, replace(query, page=1, size=MOST_NEAR), town, is_here=True)
    response["Cache-Control"] = "no-store"
    return response


def _answered(
    request: HttpRequest,
    query: Query,
    town: Municipality | None,
    *,
    middle: Middle | None = None,
    is_here: bool = False,
) -> HttpResponse:
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
        "chips": _chips(query, town, middle),
        "chosen": len(_chips(query, town, middle)),
        "sorts": [(key, label, key == query.sort) for key, label in SORT_WORDS.items() if key != "near" or query.near],
        "middles": middles(town),
        "middle": middle,
        "is_here": is_here,
        "distances": [(metres, distance_words(metres)) for metres in METRES[:5]],
        "within": query.near.metres if query.near else USUAL_METRES,
        "mean_url": f"{reverse('search')}?{urlencode({'q': results.did_you_mean})}" if results.did_you_mean else "",
    }
    return render(request, "search/search.html", context)


def distance_words(metres: int) -> str:
    """`500m`, `2km`."""
    return f"{metres // 1000}km" if metres >= 1000 else f"{metres}m"


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


def _chips(query: Query, town: Municipality | None, middle: Middle | None) -> list[dict[str, str]]:
    """Each choice with the address that takes it away."""
    made: list[tuple[str, Any, Any]] = [
        *[("do", value, Want(value).label) for value in query.wants],
        *[("when", value, WHEN_WORDS[value]) for value in query.when],
        *[("how", value, HOW_WORDS[value]) for value in query.how],
        *[("kind", value, PlaceKind(value).label) for value in query.kinds],
    ]
    names = dict(District.objects.filter(pk__in=query.districts).values_list("pk", "name"))
    made += [("area", str(pk), names[pk]) for pk in query.districts if pk in names]
    if middle and query.near:
        words = _("%(district)sから%(distance)s") % {
            "district": middle.district.name, "distance": distance_words(query.near.metres),
        }  # fmt: skip
        made.append(("around", str(middle.district.pk), words))
    everything = [("q", query.words)] if query.words else []
    everything += [(name, str(value)) for name, value, _label in made]
    if middle and query.near:
        everything.append(("within", str(query.near.metres)))
    if query.sort != "fit":
        everything.append(("sort", query.sort))
    return [
        {
            "label": str(label),
            "url": f"{reverse('search')}?" + urlencode([pair for pair in everything if pair != (name, str(value))]),
        }
        for name, value, label in made
    ]


@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """Names, kinds and districts that begin with what is typed."""
    town: Municipality | None = request.town  # type: ignore[attr-defined]
    found = engine().suggest(request.GET.get("q", ""), municipalities=(town.pk,) if town else ())
    return JsonResponse({"suggestions": found})
