"""What every page of ours is given."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from directory.choices import UserKind
from directory.models import User
from directory.permissions import DEVELOPERS, KEEPERS, READERS, SHARERS, duties_of, towns_of

# (key, name of the address, words, duties that see it; None = whoever may see persons)
SECTIONS = [
    ("today", "desk_today", _("今日"), None),
    ("people", "desk_people", _("人"), None),
    ("intake", "desk_intake", _("相談受付"), None),
    ("boards", "desk_boards", _("調整会議"), SHARERS),
    ("resources", "desk_resources", _("資源開拓"), DEVELOPERS),
    ("figures", "desk_figures", _("集計"), SHARERS),
    ("rules", "desk_rules", _("町の決まり"), SHARERS),
    ("review", "desk_review", _("変更の確認"), KEEPERS),
    ("places", "desk_places", _("場"), READERS),
    ("reports", "desk_reports", _("住民からの連絡"), KEEPERS),
    ("words", "desk_words", _("さがすことば"), KEEPERS),
]


def page(request: HttpRequest) -> dict[str, Any]:
    """The town (or None), whether maps may load tiles, the entries of the staff's bar, where it finds a person."""
    return {
        "town": getattr(request, "town", None),
        "map_tiles": settings.MAP_TILES,
        "desk_sections": SimpleLazyObject(lambda: _sections(request)),
        "desk_find": SimpleLazyObject(lambda: _find(request)),
    }


def _find(request: HttpRequest) -> str:
    """Where a number or a reading is sent; empty for who opens no person's record, and where there is no casework."""
    user = getattr(request, "user", None)
    if not isinstance(user, User) or user.kind != UserKind.STAFF or not _sees_persons(user):
        return ""
    try:
        return reverse("desk_find")
    except NoReverseMatch:
        return ""


def _sees_persons(user: User) -> bool:
    return bool({role.duty for role in duties_of(user)} & _PERSONS)


def _sections(request: HttpRequest) -> list[dict[str, Any]]:
    user = getattr(request, "user", None)
    if not isinstance(user, User) or user.kind != UserKind.STAFF:
        return []
    # One question for the whole bar: which duties, not which towns, decide what stands in it.
    held = {role.duty for role in duties_of(user)}
    sees_persons = _sees_persons(user) or user.is_superuser
    shown = []
    for key, name, label, duties in SECTIONS:
        allowed = sees_persons if duties is None else user.is_superuser or not held.isdisjoint(duties)
        try:
            href = reverse(name)
        except NoReverseMatch:
            continue
        if allowed:
            shown.append({"key": key, "href": href, "label": label, "count": _count(key, user)})
    return shown


_PERSONS = {duty.value for duty in READERS if duty.sees_clients}


def _count(key: str, user: User) -> int:
    from directory.choices import ReportState
    from directory.models import Report, Submission

    if key == "review":
        return Submission.objects.waiting().filter(municipality__in=towns_of(user, KEEPERS)).count()
    if key == "reports":
        return Report.objects.filter(municipality__in=towns_of(user, KEEPERS), state=ReportState.NEW).count()
    return 0
