"""The host's pages: a volunteer with a phone keeps a listing true in under a minute."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from directory.actions import confirmations, days, letterbox, submissions
from directory.actions.errors import NotNow, SomebodyElseSaved
from directory.actions.snapshot import value_of, words_of
from directory.choices import Attendance, ConfirmationWay, DayChangeKind, FunctionalNeed, HostAnswer, SubmissionState
from directory.fields import FIELDS, SECTIONS
from directory.models import DayChange, HostRequest, Place, Submission
from directory.openings import next_openings_of, with_openings
from directory.permissions import for_hosts, place_of_host, request_of_host, submission_of_host

from .forms import ActivityForm, AnswerForm, DayForm, PhoneForm, SectionForm, VisitForm

OPENINGS_SHOWN = 8
GUESTS = 20


@require_safe
@for_hosts
def home(request: HttpRequest) -> HttpResponse:
    """One place: its page at once. Several: a list. None yet: whom to call."""
    places = list(Place.objects.of(request.user).select_related("municipality"))
    if len(places) == 1:
        return redirect("host_place", code=places[0].code)
    return render(request, "directory/hosts/home.html", {"places": places})


@require_safe
@for_hosts
def place(request: HttpRequest, code: str) -> HttpResponse:
    """The three large buttons, letters that wait, the next eight openings, what was sent."""
    found = _with_town(request, code)
    loaded = with_openings(Place.objects.filter(pk=found.pk)).select_related("municipality").get()
    today = timezone.localdate()
    context = {
        "place": loaded,
        "days_since": (today - loaded.confirmed_on).days if loaded.confirmed_on else None,
        "openings": next_openings_of(loaded, count=OPENINGS_SHOWN, cancelled=True),
        "changes": DayChange.objects.filter(activity__place=loaded, withdrawn_at=None, on__gte=today).order_by("on"),
        "requests": [_letter(letter) for letter in HostRequest.objects.open().filter(place=loaded)],
        # The newest first: whoever has just begun is reported on most.
        "guests": Paginator(
            HostRequest.objects.coming().filter(place=loaded).order_by("-answered_at", "-pk"), GUESTS
        ).get_page(request.GET.get("page")),
        "submissions": loaded.submissions.all()[:8],
    }
    return render(request, "directory/hosts/place.html", context)


def _with_town(request: HttpRequest, code: str) -> Place:
    found = place_of_host(request, code)
    request.town = found.municipality  # type: ignore[attr-defined]
    return found


def _letter(letter: HostRequest) -> dict[str, Any]:
    needs = [FunctionalNeed(need).label for need in letter.needs if need in FunctionalNeed.values]
    if letter.escort and FunctionalNeed.ESCORT not in letter.needs:
        needs.append(FunctionalNeed.ESCORT.label)
    return {"request": letter, "needs": needs}


@require_POST
@for_hosts
def confirm(request: HttpRequest, code: str) -> HttpResponse:
    """「このままで合っています」: one tap."""
    found = _with_town(request, code)
    confirmations.confirm(place=found, by=request.user, way=ConfirmationWay.HOST_PAGE)  # type: ignore[arg-type]
    messages.success(request, _("ありがとうございます。確かめた日が今日になりました。"))
    return redirect("host_place", code=found.code)


@require_http_methods(["GET", "HEAD", "POST"])
@for_hosts
def day(request: HttpRequest, code: str) -> HttpResponse:
    """Tell of a day off, another time, an extra day; the town sees it at once."""
    found = _with_town(request, code)
    loaded = with_openings(Place.objects.filter(pk=found.pk)).get()
    openings = next_openings_of(loaded, count=OPENINGS_SHOWN)
    if request.method != "POST":
        initial = {"opening": request.GET.get("opening", ""), "kind": DayChangeKind.CANCELLED}
        form = DayForm(place=loaded, openings=openings, initial=initial)
        return render(request, "directory/hosts/day.html", {"form": form, "place": loaded})
    form = DayForm(request.POST, place=loaded, openings=openings)
    if form.is_valid():
        told = form.cleaned_data
        common = {
            "activity": told["chosen_activity"],
            "on": told["chosen_on"],
            "reason": told["reason"],
            "by": request.user,
        }
        try:
            match told["kind"]:
                case DayChangeKind.CANCELLED:
                    days.cancel_day(**common)
                case DayChangeKind.CHANGED:
                    days.change_times(begins=told["begins"], ends=told["ends"], **common)
                case DayChangeKind.EXTRA:
                    days.open_extra_day(begins=told["begins"], ends=told["ends"], **common)
        except NotNow as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(
                request, _("知らせました。町の人のページに、もう出ています。まちがえたときは、下で取り消せます。")
            )
            return redirect("host_place", code=found.code)
    return render(request, "directory/hosts/day.html", {"form": form, "place": loaded}, status=422)


@require_POST
@for_hosts
def day_back(request: HttpRequest, code: str, uuid: UUID) -> HttpResponse:
    """「やはり開く」: take an announcement back."""
    found = _with_town(request, code)
    change = get_object_or_404(DayChange.objects.filter(activity__place=found), uuid=uuid)
    days.withdraw_day_change(change=change, by=request.user)  # type: ignore[arg-type]
    messages.success(request, _("取り消しました。町の人のページも、もとにもどりました。"))
    return redirect("host_place", code=found.code)


@require_safe
@for_hosts
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """What can be changed, in sections; each is one short form."""
    found = _with_town(request, code)
    waiting = {name for submission in found.submissions.waiting() for name in submission.changes}
    sections = [
        {
            "key": key,
            "label": label,
            "rows": [
                (field.label, words_of(field.name, value_of(found, field.name)), field.name in waiting)
                for field in FIELDS.values()
                if field.section == key and field.name not in {"activities", "contacts", "tags"}
            ][:5],
        }
        for key, label in SECTIONS.items()
    ]
    context = {
        "place": found,
        "sections": sections,
        "activities": found.activities.all(),
        "contacts": found.contacts.filter(kind="phone"),
    }
    return render(request, "directory/hosts/edit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_hosts
def edit_section(request: HttpRequest, code: str, section: str) -> HttpResponse:
    """The plain fields of one section."""
    if section not in SECTIONS:
        raise Http404
    found = _with_town(request, code)
    form = SectionForm(request.POST or None, place=found, section=section)
    if request.method == "POST" and form.is_valid():
        return _send(request, found, form.wanted(), form, note=form.cleaned_data["note"])
    return _form(request, found, form, form.title)


@require_http_methods(["GET", "HEAD", "POST"])
@for_hosts
def edit_activity(request: HttpRequest, code: str, uuid: UUID) -> HttpResponse:
    """One activity, its opening in one's own words."""
    found = _with_town(request, code)
    activity = get_object_or_404(found.activities.select_related("place"), uuid=uuid)
    form = ActivityForm(request.POST or None, activity=activity)
    if request.method == "POST" and form.is_valid():
        rows = [
            {**row, **form.changed_row()} if row["uuid"] == str(activity.uuid) else row
            for row in value_of(found, "activities")
        ]
        if form.unresolved:
            messages.warning(
                request,
                _(
                    "開く日は、書いたことばのまま届きます。機械では読めなかったので、職員が確かめてからカレンダーに入れます。"
                ),
            )
        return _send(request, found, {"activities": rows}, form)
    return _form(request, found, form, activity.name)


@require_http_methods(["GET", "HEAD", "POST"])
@for_hosts
def edit_phone(request: HttpRequest, code: str) -> HttpResponse:
    """The telephone people call."""
    found = _with_town(request, code)
    contact = found.contacts.filter(kind="phone").first()
    form = PhoneForm(request.POST or None, place=found, contact=contact)
    if request.method == "POST" and form.is_valid():
        rows = value_of(found, "contacts")
        made = form.changed_row()
        rows = (
            [made if contact and row["uuid"] == str(contact.uuid) else row for row in rows]
            if contact
            else [*rows, made]
        )
        return _send(request, found, {"contacts": rows}, form)
    return _form(request, found, form, _("電話"))


def _form(request: HttpRequest, found: Place, form: Any, title: str) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(
        request, "directory/hosts/edit_form.html", {"place": found, "form": form, "title": title}, status=status
    )


def _send(request: HttpRequest, found: Place, wanted: dict[str, Any], form: Any, note: str = "") -> HttpResponse:
    """Apply what may be applied, keep the rest for the reviewer, and say which is which."""
    try:
        applied, waiting = submissions.submit(
            place=found,
            wanted=wanted,
            by=request.user,  # type: ignore[arg-type]
            edit_version=form.cleaned_data.get("edit_version"),
            note=note,
        )
    except SomebodyElseSaved as problem:
        form.add_error(None, str(problem))
        both = [
            (FIELDS[name].label, words_of(name, value_of(found, name)), words_of(name, wanted[name]))
            for name in problem.fields
        ]
        context = {"place": found, "form": form, "title": _("両方を見くらべてください"), "both": both}
        return render(request, "directory/hosts/edit_form.html", context, status=409)
    except ValidationError as problem:
        form.add_error(None, " ".join(problem.messages))
        return _form(request, found, form, _("直してください"))
    if applied is None and waiting is None:
        messages.info(request, _("前と同じでした。何も変えていません。"))
    if applied is not None:
        messages.success(request, _("直しました。町の人のページに、もう出ています。"))
    if waiting is not None:
        messages.success(
            request,
            _("届きました。職員が確かめるまで、前の案内がそのまま見えています。確かめたらメールでお知らせします。"),
        )
        return redirect("host_submission", code=found.code, uuid=waiting.uuid)
    return redirect("host_place", code=found.code)


@require_safe
@for_hosts
def submission(request: HttpRequest, code: str, uuid: UUID) -> HttpResponse:
    """One change that was sent: before, after, what happens next."""
    found = _with_town(request, code)
    sent = submission_of_host(request, uuid)
    return render(
        request, "directory/hosts/submission.html", {"place": found, "submission": sent, "rows": rows_of(sent)}
    )


def rows_of(sent: Submission) -> list[dict[str, Any]]:
    """Each field of a change in words: label, before, after, what was decided."""
    rows = []
    for name, change in sent.changes.items():
        before, after = _differing(words_of(name, change["before"]), words_of(name, change["after"]))
        rows.append(
            {
                "name": name,
                "label": FIELDS[name].label if name in FIELDS else name,
                "before": before,
                "after": after,
                "decision": sent.decisions.get(name, {}),
            }
        )
    return rows


def _differing(before: str, after: str) -> tuple[str, str]:
    """Without the lines both have: of three activities the one that changes is shown."""
    old, new = before.split("\n"), after.split("\n")
    left, right = [line for line in old if line not in new], [line for line in new if line not in old]
    return "\n".join(left) or _("（なし）"), "\n".join(right) or _("（なし）")


@require_POST
@for_hosts
def undo(request: HttpRequest, code: str, uuid: UUID) -> HttpResponse:
    """Take back: a change that waits, or one that was applied at once."""
    found = _with_town(request, code)
    sent = submission_of_host(request, uuid)
    try:
        if sent.state == SubmissionState.WAITING:
            submissions.take_back(submission=sent, by=request.user)  # type: ignore[arg-type]
        else:
            submissions.undo(submission=sent, by=request.user)  # type: ignore[arg-type]
    except NotNow as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("取り消しました。"))
    return redirect("host_place", code=found.code)


@require_http_methods(["GET", "HEAD", "POST"])
@for_hosts
def answer(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """はい、どうぞ / 相談したい / 今回は無理."""
    letter = request_of_host(request, uuid)
    request.town = letter.place.municipality  # type: ignore[attr-defined]
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            letterbox.answer_request(
                request=letter,
                answer=HostAnswer(told["answer"]),
                reason=told["reason"],
                call_me=told["call_me"],
                by=request.user,  # type: ignore[arg-type]
            )
        except NotNow as problem:
            messages.warning(request, str(problem))
        else:
            messages.success(request, _("お返事を受け取りました。担当の職員に伝わります。"))
        return redirect("host_place", code=letter.place.code)
    context = {"letter": _letter(letter), "place": letter.place, "form": form}
    return render(request, "directory/hosts/answer.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_hosts
def report(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Whether somebody came, in two taps."""
    letter = request_of_host(request, uuid)
    if letter.answer != HostAnswer.YES:
        raise Http404
    request.town = letter.place.municipality  # type: ignore[attr-defined]
    form = VisitForm(request.POST or None, initial={"on": timezone.localdate(), "attendance": Attendance.CAME})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            letterbox.report_visit(
                request=letter,
                on=told["on"],
                attendance=Attendance(told["attendance"]),
                burden=told["burden"],
                call_me=told["call_me"],
                by=request.user,  # type: ignore[arg-type]
            )
        except NotNow as problem:
            messages.warning(request, str(problem))
        else:
            messages.success(request, _("ありがとうございます。受け取りました。"))
        return redirect("host_place", code=letter.place.code)
    context = {"letter": _letter(letter), "place": letter.place, "form": form}
    return render(request, "directory/hosts/report.html", context, status=422 if form.errors else 200)
