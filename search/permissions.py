"""Who may look after the words of search: the duties that look after places, each for their own towns."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest

from directory.models import Municipality, User
from directory.permissions import KEEPERS, denied, towns_of

from .models import SearchTerm, VocabularyChange, VocabularyEntry


def towns_of_keeper(request: HttpRequest) -> QuerySet[Municipality]:
    """The towns whose words this person looks after; PermissionDenied when there are none."""
    assert isinstance(request.user, User)
    towns = towns_of(request.user, KEEPERS)
    if not towns.exists():
        denied(request, kind="duty")
        raise PermissionDenied
    return towns


def scopes_of_keeper(request: HttpRequest) -> list[Municipality | None]:
    """Where this person's lines may act, the usual first. None = in every town: only for whoever keeps all of several.

    What acts everywhere changes other towns' search too, so a keeper of one town of many reads it and leaves it.
    """
    towns = list(towns_of_keeper(request))
    return [None, *towns] if len(towns) > 1 and len(towns) == Municipality.objects.count() else [*towns]


def entries_for_keeper(request: HttpRequest) -> QuerySet[VocabularyEntry]:
    """Lines that act in this person's towns, also those that act everywhere."""
    found = VocabularyEntry.objects.select_related("municipality")
    return found.filter(Q(municipality__in=towns_of_keeper(request)) | Q(municipality=None))


def entry_to_change(request: HttpRequest, uuid: UUID) -> VocabularyEntry:
    """A line this person may change; Http404 for any other."""
    entry = VocabularyEntry.objects.select_related("municipality").filter(uuid=uuid).first()
    scopes = scopes_of_keeper(request)
    if entry is None or entry.municipality not in scopes:
        if entry is not None:
            denied(request, kind="vocabulary")
        raise Http404
    return entry


def changes_for_keeper(request: HttpRequest) -> QuerySet[VocabularyChange]:
    """The history of the lines this person may read."""
    return VocabularyChange.objects.filter(entry__in=entries_for_keeper(request)).select_related(
        "entry__municipality", "by", "undone_by", "undoes"
    )


def terms_for_keeper(request: HttpRequest) -> QuerySet[SearchTerm]:
    """What the residents of this person's towns look for."""
    found = SearchTerm.objects.filter(municipality__in=towns_of_keeper(request))
    return found.select_related("municipality", "district")
