"""What staff do with search: write its words, try them, take them back, and read what residents do not find."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from directory.actions.errors import NotNow, SomebodyElseSaved
from directory.exchange.excel import excel_csv
from directory.models import Event, Municipality, User
from directory.permissions import DEVELOPERS, for_staff, towns_of
from search.actions import vocabulary
from search.choices import EntryKind, EntryState
from search.models import VocabularyEntry
from search.permissions import (
    changes_for_keeper,
    entries_for_keeper,
    entry_to_change,
    scopes_of_keeper,
    terms_for_keeper,
    towns_of_keeper,
)
from search.words import Line, shipped_line

from .counting import csv_rows, found_in, weeks_of
from .forms import FORMS, EntryForm, ListForm, MissForm
from .preview import preview
from .rows import BETWEEN, Row, label_of, narrowed, rows, told, value_words

ROWS = 50


@require_safe
@for_staff
def word_list(request: HttpRequest) -> HttpResponse:
    """Every line that acts in one's towns, or could; as a table for Excel on request."""
    form = ListForm(request.GET)
    found = narrowed(rows(list(entries_for_keeper(request)), scopes_of_keeper(request)), form)
    if request.GET.get("format") == "csv":
        Event.append(action="export.words", actor=_user(request), count=len(found))
        return excel_csv("words.csv", _csv_lines(found))
    context = {
        "section": "words",
        "page_name": "words",
        "form": form,
        "page": Paginator(found, ROWS).get_page(request.GET.get("page")),
        "query": request.GET.urlencode(),
        "kinds": EntryKind.choices,
    }
    return render(request, "search/desk/word_list.html", context)


def _csv_lines(found: list[Row]) -> Any:
    yield [
        _("種類"),
        _("ことば"),
        _("同じ意味"),
        _("関連することば"),
        _("どの町で"),
        _("もと"),
        _("状態"),
        _("職員のメモ"),
        _("版"),
    ]
    for row in found:
        yield [
            row.kind.label,
            row.words,
            row.means,
            row.related,
            row.where,
            row.origin,
            row.state.label,
            row.entry.note if row.entry else "",
            row.entry.version if row.entry else "",
        ]


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def word_add(request: HttpRequest) -> HttpResponse:
    """A new line, or one in the place of a shipped one; `words` in the address fills the first field."""
    scopes = scopes_of_keeper(request)
    given = request.POST if request.method == "POST" else request.GET
    line = _shipped(given.get("shipped", ""))
    kind = line.kind.value if line else given.get("kind", "")
    form_class = FORMS.get(kind, FORMS[EntryKind.SYNONYM])
    initial = vocabulary.facts_of(line) if line else {"words": given.get("words", "")[:60]}
    form = form_class(request.POST or None, initial=initial, scopes=scopes)

    def draft() -> VocabularyEntry:
        head = line.head if line else ""
        return VocabularyEntry(municipality=form.town(), kind=form.kind, shipped=head, **form.facts())

    def save() -> VocabularyEntry:
        return vocabulary.add(
            kind=form.kind,
            municipality=form.town(),
            facts=form.facts(),
            by=_user(request),
            shipped=line.head if line else "",
        )

    more = {
        "shipped": f"{line.kind.value}{BETWEEN}{line.head}" if line else "",
        "kind": form.kind.value,
        "kinds": [] if line else EntryKind.choices,
        "title": _("はじめからの行を直す") if line else _("ことばを足す"),
    }
    return _form_page(request, form, draft, save, **more)


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def word_entry(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One line of the staff's: its words, and how it became what it is."""
    entry = entry_to_change(request, uuid)
    form = FORMS[entry.kind](request.POST or None, initial=entry.facts(), scopes=[entry.municipality])
    back_in_use = {"state": EntryState.ON.value} if entry.state == EntryState.GONE else {}

    def draft() -> VocabularyEntry:
        made = VocabularyEntry.objects.get(pk=entry.pk)
        for name, value in {**form.facts(), "state": EntryState.ON.value}.items():
            setattr(made, name, value)
        return made

    def save() -> VocabularyEntry:
        version = request.POST.get("version", "")
        return vocabulary.change(
            entry=entry,
            version=int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0,
            facts={**form.facts(), **back_in_use},
            by=_user(request),
        )

    more = {
        "entry": entry,
        "title": _("ことばを直す"),
        "version": request.POST.get("version", entry.version),
        "changes": _told(request, entry),
    }
    return _form_page(request, form, draft, save, **more)


def _form_page(
    request: HttpRequest,
    form: EntryForm,
    draft: Callable[[], VocabularyEntry],
    save: Callable[[], VocabularyEntry],
    **more: Any,
) -> HttpResponse:
    """Show the form, or what it would change, or save it; whatever happens, what was typed stays."""
    context = {"section": "words", "page_name": "words", "form": form, **more}
    if request.method == "POST" and form.is_valid():
        if "preview" in request.POST:
            context["preview"] = preview(draft(), towns_of_keeper(request))
            return render(request, "search/desk/word_form.html", context)
        try:
            entry = save()
        except SomebodyElseSaved as refusal:
            form.add_error(None, str(refusal))
            context |= _clash(form, draft(), refusal.fields)
        except NotNow as refusal:
            form.add_error("words", str(refusal))
        else:
            on = entry.state == EntryState.ON
            said = (
                _("「%s」を保存しました。次にさがすときから使われます。")
                if on
                else _("「%s」を保存しました。いまは使わないことになっています。")
            )
            messages.success(request, said % entry)
            return redirect("desk_words")
    return render(request, "search/desk/word_form.html", context, status=422 if form.is_bound else 200)


def _clash(form: EntryForm, mine: VocabularyEntry, fields: list[str]) -> dict[str, Any]:
    """Both texts side by side; the form now goes to what the other person saved, in its newest version."""
    found = (
        VocabularyEntry.objects.filter(pk=mine.pk)
        if mine.pk
        else VocabularyEntry.objects.filter(municipality=mine.municipality, kind=mine.kind, shipped=mine.shipped)
    )
    theirs = found.get()
    shown = [
        {
            "label": label_of(theirs.kind, name),
            "theirs": value_words(theirs.kind, name, theirs.facts()[name]),
            "mine": value_words(theirs.kind, name, mine.facts()[name]),
        }
        for name in fields
    ]
    return {
        "clash": shown,
        "entry": theirs,
        "version": theirs.version,
        "action": reverse("desk_words_entry", args=[theirs.uuid]),
    }


@require_POST
@for_staff
def word_switch(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Let one line act or rest."""
    entry = vocabulary.switch(entry=entry_to_change(request, uuid), on=request.POST.get("on") == "1", by=_user(request))
    sentence = (
        _("「%s」を使うようにしました。") if entry.state == EntryState.ON else _("「%s」を使わないようにしました。")
    )
    messages.success(request, sentence % entry)
    return _back(request)


@require_POST
@for_staff
def shipped_off(request: HttpRequest) -> HttpResponse:
    """Take a shipped line out of use, where this person's lines usually act."""
    town = scopes_of_keeper(request)[0]
    line = _shipped(request.POST.get("shipped", ""))
    if line is None:
        messages.error(request, _("そのことばは、はじめからの行にはありません。一覧から選び直してください。"))
        return _back(request)
    entry = vocabulary.switch_off_shipped(line=line, municipality=town, by=_user(request))
    where = town.name if town else _("すべての町")
    messages.success(
        request, _("「%(entry)s」を%(where)sで使わないようにしました。") % {"entry": entry, "where": where}
    )
    return _back(request)


@require_POST
@for_staff
def word_undo(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take one change back."""
    change = get_object_or_404(changes_for_keeper(request), uuid=uuid)
    # The line itself must be one's own, too.
    entry_to_change(request, change.entry.uuid)
    try:
        entry = vocabulary.undo(change=change, by=_user(request))
    except NotNow as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("「%s」の変更を取り消しました。") % entry)
    return redirect("desk_words_history")


@require_safe
@for_staff
def word_history(request: HttpRequest) -> HttpResponse:
    """Every change of every line, the latest first."""
    page = Paginator(changes_for_keeper(request).order_by("-pk"), ROWS).get_page(request.GET.get("page"))
    context = {
        "section": "words",
        "page_name": "history",
        "page": page,
        "changes": _changes(page.object_list, scopes_of_keeper(request)),
    }
    return render(request, "search/desk/word_history.html", context)


@require_safe
@for_staff
def miss_list(request: HttpRequest) -> HttpResponse:
    """What residents look for and do not find, week by week; as a table for Excel on request."""
    allowed = terms_for_keeper(request)
    weeks = weeks_of(allowed)
    form = MissForm(request.GET or None, weeks=[(week.isoformat(), label) for week, label in weeks])
    found = found_in(allowed, form, weeks)
    if request.GET.get("format") == "csv":
        Event.append(action="export.misses", actor=_user(request), count=found.count())
        return excel_csv("misses.csv", csv_rows(found))
    assert isinstance(request.user, User)
    context = {
        "may_develop": towns_of(request.user, DEVELOPERS).exists(),
        "section": "words",
        "page_name": "misses",
        "form": form,
        "page": Paginator(found, ROWS).get_page(request.GET.get("page")),
        "query": request.GET.urlencode(),
        "several_towns": towns_of_keeper(request).count() > 1,
    }
    return render(request, "search/desk/miss_list.html", context)


def _changes(found: Any, scopes: list[Municipality | None]) -> list[dict[str, Any]]:
    return [
        {
            "change": change,
            "facts": told(change),
            "may_undo": not change.is_undone
            and change.entry.facts() == change.after
            and change.entry.municipality in scopes,
        }
        for change in found
    ]


def _told(request: HttpRequest, entry: VocabularyEntry) -> list[dict[str, Any]]:
    found = changes_for_keeper(request).filter(entry=entry).order_by("-pk")[:20]
    return _changes(found, scopes_of_keeper(request))


def _shipped(name: str) -> Line | None:
    """From kind:head, as lists and forms write it."""
    kind, _between, head = name.partition(BETWEEN)
    return shipped_line(kind, head)


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def _back(request: HttpRequest) -> HttpResponse:
    """To the list as it was narrowed."""
    kept = request.POST.get("back", "")[:300]
    return redirect(f"{reverse('desk_words')}?{kept}" if kept else "desk_words")
