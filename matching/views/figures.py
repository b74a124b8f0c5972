"""集計: 定着, 露出監査, 尺度の変化, 止まっている人. Counts for those with the right to report; each names its scope."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from directory.choices import PlaceKind
from directory.exchange.excel import excel_csv
from directory.models import Municipality
from matching.charts import moved, stacked
from matching.exposure import COLUMNS, Audit, Rate, audit
from matching.flow import WHERE, Pace, days_there, furthest, pace, since, standing
from matching.forms.figures import PeriodForm
from matching.measures import Change, change_of, scales
from matching.models import Census, Client, Measurement, Placement, Standing
from matching.permissions import clients_of
from matching.retention import Retention, pooled, retention_of, spells_of
from matching.standstill import standstill
from matching.tracing import record_listing
from matching.views.door import StaffRequest, for_sharers

PAGE = 30


@for_sharers
@require_GET
def figures(request: StaffRequest, town: Municipality) -> HttpResponse:
    """What can be counted, and what each count says."""
    return render(request, "matching/figures/figures.html", {"section": "figures", "town": town})


def _period(request: StaffRequest, otherwise: str = "") -> tuple[PeriodForm, tuple[date, date] | None]:
    form = PeriodForm(request.GET or None, today=timezone.localdate(), otherwise=otherwise)
    return form, form.period()


@for_sharers
@require_GET
def retention(request: StaffRequest, town: Municipality) -> HttpResponse:
    """R4: how long people take part, and how it ends; kinds of place pooled, never ranked."""
    form, period = _period(request)
    today = timezone.localdate()
    rows = Placement.objects.filter(municipality=town, client__is_protected=False).select_related("place")
    if period:
        rows = rows.filter(begins_on__range=period)
    spells = spells_of(rows, today_ordinal=today.toordinal())
    found, kinds = retention_of(spells), pooled(spells)
    named = [(PlaceKind(one.kind).label if one.kind else _("種類がまだ"), one) for one in kinds]
    if request.GET.get("format") == "csv":
        return excel_csv("retention.csv", _retention_rows(found, named))
    context = {
        "section": "figures",
        "form": form,
        "retention": found,
        "chart": stacked(found) if found.milestones else None,
        "kinds": named,
    }
    return render(request, "matching/figures/retention.html", context)


def _retention_rows(found: Retention, kinds: list[Any]) -> Iterator[list[Any]]:
    yield [
        _("開始からの日数"),
        _("参加中"),
        _("卒業・目標達成"),
        _("途中で終わった"),
        _("転居・死亡"),
        _("たどれた人数"),
    ]
    for one in found.milestones:
        yield [
            one.day, _with_interval(one.staying), *map(_with_interval, one.shares), one.followed,
        ]  # fmt: skip
    yield []
    yield [_("場の種類"), _("半年つづいた・卒業した（ならした値）"), _("人数")]
    for name, one in kinds:
        yield [name, _with_interval(one.kept), one.number]


def _percent(share: float) -> str:
    return f"{share * 100:.0f}%"


def _with_interval(share: Any) -> str:
    return f"{_percent(share.value)}（{_percent(share.low)}～{_percent(share.high)}）"


@for_sharers
@require_GET
def flow(request: StaffRequest, town: Municipality) -> HttpResponse:
    """R3: where everybody stands, today and on days counted before; how long each step took."""
    form, period = _period(request, _("この1年"))
    today = timezone.localdate()
    from_on, until_on = period or (date(today.year - 1, today.month, 1), today)
    now, paces = standing(town), pace(town, from_on=from_on, until_on=until_on)
    # One counted day a month back is enough to see a change.
    before = [
        row
        for days in (30, 91, 182)
        if (row := Census.objects.filter(municipality=town, on__lte=today - timedelta(days=days)).first())
    ]
    rows = [(str(words), now[key], [day.counts.get(key, 0) for day in before]) for key, words in WHERE.items()]
    there = days_there(town, on=today)
    if request.GET.get("format") == "csv":
        return excel_csv("flow.csv", _flow_rows(rows, [day.on for day in before], paces))
    most = max(1, *(number for _words, number, _before in rows))
    context = {
        "section": "figures",
        "form": form,
        "rows": [
            (key, words, now, now / most, there[key], list(zip(counted, before, strict=True)))
            for key, (words, now, counted) in zip(WHERE, rows, strict=True)
        ],
        "days": [day.on for day in before],
        "pace": paces,
    }
    return render(request, "matching/figures/flow.html", context)


@for_sharers
@require_GET
def flow_people(request: StaffRequest, town: Municipality, where: str) -> HttpResponse:
    """Who stands behind a number of 人の流れ: now, or as counted on a day (`?on=`)."""
    if where not in WHERE:
        raise Http404("no such place to stand")
    today, on = timezone.localdate(), _day(request.GET.get("on", ""))
    if on is None:
        known = since(town, where)
        days = {pk: known.get(pk) for pk, stands in furthest(town).items() if stands == where}
    else:
        days = dict(Standing.objects.filter(municipality=town, where=where).on(on).values_list("client", "from_on"))
    visible = clients_of(request.user).filter(pk__in=days).select_related("main_worker")
    # Those who have stood there longest first; who came today has no day yet.
    order = sorted(visible, key=lambda client: (days[client.pk] or today, client.pk))
    page = Paginator(order, PAGE).get_page(request.GET.get("page"))
    record_listing(user=request.user, clients=page.object_list, page="flow", municipality=town)
    context = {
        "section": "figures",
        "where": WHERE[where],
        "on": on,
        "page": page,
        "rows": [
            (client, from_on, ((on or today) - from_on).days if from_on else 0)
            for client in page.object_list
            for from_on in [days[client.pk]]
        ],
    }
    return render(request, "matching/figures/flow_people.html", context)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _flow_rows(rows: list[Any], days: list[date], paces: list[Pace]) -> Iterator[list[Any]]:
    yield [_("ところ"), _("いま"), *days]
    yield from ([words, now, *before] for words, now, before in rows)
    yield []
    yield [_("段階"), _("件数"), _("まん中の日数")]
    yield from ([one.words, one.number, "—" if one.days is None else one.days] for one in paces)


@for_sharers
@require_GET
def exposure(request: StaffRequest, town: Municipality) -> HttpResponse:
    """R11: whether the work passes some group by."""
    form, period = _period(request, _("この1年"))
    today = timezone.localdate()
    from_on, until_on = period or (date(today.year - 1, today.month, 1), today)
    found = audit(town, from_on=from_on, until_on=min(until_on, today), today=today)
    if request.GET.get("format") == "csv":
        return excel_csv("exposure.csv", _exposure_rows(found))
    context = {"section": "figures", "form": form, "audit": found, "columns": COLUMNS, "groups": _compared(found)}
    return render(request, "matching/figures/exposure.html", context)


def _compared(found: Audit) -> list[tuple[str, list[Any]]]:
    """(kind of group, [(tally, [(rate, whether it differs from everybody's, everybody's)])])."""
    whole = found.whole.rates
    return [
        (
            group,
            [
                (
                    tally,
                    [(rate, rate.differs_from(every), every) for rate, every in zip(tally.rates, whole, strict=True)],
                )
                for tally in tallies
            ],
        )
        for group, tallies in found.groups
    ]


def _exposure_rows(found: Audit) -> Iterator[list[Any]]:
    yield [_("区分"), _("人"), _("人数"), *(str(column) for column in COLUMNS)]
    yield [_("全体"), found.whole.name, len(found.whole.people), *map(_shown, found.whole.rates)]
    for group, tallies in found.groups:
        for tally in tallies:
            yield [group, tally.name, len(tally.people), *map(_shown, tally.rates)]
    yield []
    yield [_("受け入れ先の断りの理由"), _("件数")]
    yield from ([reason, number] for reason, number in found.declines)
    yield []
    yield [_("区分"), _("人"), *(reason for reason, _number in found.declines)]
    yield from ([group, name, *numbers] for group, name, numbers in found.declines_by_group)


def _shown(rate: Rate) -> str:
    """`3/12`; nothing below five people."""
    return f"{rate.hits}/{rate.of}" if rate.is_shown else "—"


@for_sharers
@require_GET
def change(request: StaffRequest, town: Municipality) -> HttpResponse:
    """R14: first against last of the same people, with who is missing."""
    form, period = _period(request)
    rows = Measurement.objects.filter(municipality=town, client__is_protected=False)
    people = Client.objects.filter(municipality=town, is_protected=False)
    if period:
        rows, people = rows.filter(on__lte=period[1]), people.filter(opened_on__range=period)
    clients, measured = list(people), list(rows)
    changes = [change_of(scale, measured, clients) for scale in scales().by_code.values()]
    if request.GET.get("format") == "csv":
        return excel_csv("change.csv", _change_rows(changes))
    context = {
        "section": "figures",
        "form": form,
        "changes": [(one, moved(one)) for one in changes],
        "people": len(clients),
    }
    return render(request, "matching/figures/change.html", context)


def _change_rows(changes: list[Change]) -> Iterator[list[Any]]:
    yield [
        _("尺度"), _("前後がある人"), _("はじめ"), _("いま"), _("変化"), _("95%区間"),
        _("よくなった"), _("同じ"), _("わるくなった"), _("一度だけ"), _("答えのない質問"),
        _("答えたくない"), _("聞いていない"),
    ]  # fmt: skip
    for one in changes:
        shown = one.pairs >= 5
        means = (one.before, one.after, one.mean)
        yield [
            one.scale.title, one.pairs, *(_tenth(value) if shown else "—" for value in means),
            f"{_tenth(one.low)}～{_tenth(one.high)}" if shown else "—",
            *(number if shown else "—" for number in (one.better, one.same, one.worse)),
            one.one_only, one.missing, one.refused, one.never,
        ]  # fmt: skip


def _tenth(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}"


@for_sharers
@require_GET
def standing_still(request: StaffRequest, town: Municipality) -> HttpResponse:
    """R9: for whom nothing moves, and what is long overdue."""
    today = timezone.localdate()
    found = standstill(request.user, town, on=today)
    still = Paginator(found.still, PAGE).get_page(request.GET.get("page"))
    late = found.late[:PAGE]
    record_listing(
        user=request.user,
        clients=[*(one.client for one in still.object_list), *(item.client for item in late)],
        page="standstill",
        municipality=town,
    )
    context = {
        "section": "figures",
        "page": still,
        "still": [(one, one.days(on=today)) for one in still.object_list],
        "late": [(item, item.days_late(on=today)) for item in late],
        "late_number": len(found.late),
    }
    return render(request, "matching/figures/standstill.html", context)
