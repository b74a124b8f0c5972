"""Who may do what with the directory: one carefully tested function per kind of object; nothing else fetches it."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse

from directory.choices import StaffDuty, UserKind
from directory.models import Event, HostRequest, Municipality, Place, Report, StaffRole, Submission, User

# Duties that look after the directory's truth.
KEEPERS = (StaffDuty.REVIEWER, StaffDuty.COMMUNITY, StaffDuty.SUPERVISOR, StaffDuty.ADMINISTRATOR)
# Duties that may read the staff's list of places.
READERS = (*KEEPERS, StaffDuty.CASEWORKER, StaffDuty.COORDINATOR, StaffDuty.INTAKE)

# Duties that look for places to be, and for what would open those that are (資源開拓).
DEVELOPERS = (StaffDuty.CASEWORKER, StaffDuty.COORDINATOR, StaffDuty.COMMUNITY, StaffDuty.SUPERVISOR)
# Duties that hold the meeting which shares scarce seats (調整会議).
SHARERS = (StaffDuty.COORDINATOR, StaffDuty.SUPERVISOR)

View = Callable[..., HttpResponse]


def remember_duties(user: User) -> list[StaffRole]:
    """Read the roles held today once for a request: every page of the desk asks for them several times.

    Only for the user of a request, who lives no longer than it.
    """
    user.duties_of_request = list(user.duties())  # type: ignore[attr-defined]
    return duties_of(user)


def duties_of(user: User) -> list[StaffRole]:
    """The roles held today, the earliest first; those of the request where it has read them."""
    held = getattr(user, "duties_of_request", None)
    return sorted(user.duties() if held is None else held, key=lambda role: (role.from_on, role.pk))


def signed_in(kind: UserKind) -> Callable[[View], View]:
    """Only accounts of one kind; visitors are sent to the door, others are refused and the refusal is kept."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
            if not isinstance(request.user, User) or request.user.kind != kind:
                denied(request, kind=str(kind))
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate


for_hosts = signed_in(UserKind.HOST)
for_staff = signed_in(UserKind.STAFF)


def denied(request: HttpRequest, **details: Any) -> None:
    """Keep a refusal: who, and which kind of thing; never what was typed."""
    match = request.resolver_match
    actor = request.user if isinstance(request.user, User) else None
    Event.append(action="denied", actor=actor, view=(match.view_name or "") if match else "", **details)


def place_of_host(request: HttpRequest, code: str) -> Place:
    """A listing this host may change; Http404 for any other, exactly as for one that does not exist."""
    assert isinstance(request.user, User)
    place = (
        Place.objects.of(request.user).select_related("municipality", "organization").filter(code=code.upper()).first()
    )
    if place is None:
        if Place.objects.filter(code=code.upper()).exists():
            denied(request, kind="place")
        raise Http404
    return place


def request_of_host(request: HttpRequest, uuid: UUID) -> HostRequest:
    """A letter to a place of this host."""
    assert isinstance(request.user, User)
    found = (
        HostRequest.objects.filter(uuid=uuid, place__in=Place.objects.of(request.user)).select_related("place").first()
    )
    if found is None:
        if HostRequest.objects.filter(uuid=uuid).exists():
            denied(request, kind="request")
        raise Http404
    return found


def submission_of_host(request: HttpRequest, uuid: UUID) -> Submission:
    """A change this host's group sent."""
    assert isinstance(request.user, User)
    found = (
        Submission.objects.filter(uuid=uuid, place__in=Place.objects.of(request.user)).select_related("place").first()
    )
    if found is None:
        if Submission.objects.filter(uuid=uuid).exists():
            denied(request, kind="submission")
        raise Http404
    return found


def towns_of(user: User, duties: tuple[StaffDuty, ...]) -> QuerySet[Municipality]:
    """Towns in which this person holds one of these duties today."""
    if user.is_superuser:
        return Municipality.objects.all()
    held = user.duties().filter(duty__in=duties).values("municipality")
    return Municipality.objects.filter(pk__in=held)


def _require(request: HttpRequest, duties: tuple[StaffDuty, ...]) -> QuerySet[Municipality]:
    assert isinstance(request.user, User)
    towns = towns_of(request.user, duties)
    if not towns.exists():
        denied(request, kind="duty")
        raise PermissionDenied
    return towns


def places_for_staff(request: HttpRequest) -> QuerySet[Place]:
    """Every listing of the towns this person works for, in whatever state."""
    return Place.objects.filter(municipality__in=_require(request, READERS))


def place_for_keeper(request: HttpRequest, code: str) -> Place:
    """A listing this person may publish, pause, confirm or withdraw."""
    place = Place.objects.filter(municipality__in=_require(request, KEEPERS), code=code.upper()).first()
    if place is None:
        raise Http404
    return place


def submissions_for_reviewer(request: HttpRequest) -> QuerySet[Submission]:
    """Changes this person may decide about."""
    return Submission.objects.filter(municipality__in=_require(request, KEEPERS))


def reports_for_staff(request: HttpRequest) -> QuerySet[Report]:
    """What residents told the towns this person works for."""
    return Report.objects.filter(municipality__in=_require(request, KEEPERS))


def may_keep(user: User) -> bool:
    """Whether review pages are shown in this person's bar."""
    return towns_of(user, KEEPERS).exists()


def keeps(user: User, place: Place) -> bool:
    """Whether this person may publish, pause, confirm or withdraw this listing, and decide about its changes."""
    return towns_of(user, KEEPERS).filter(pk=place.municipality_id).exists()
