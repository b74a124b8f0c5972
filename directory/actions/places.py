"""The life of a listing: published, paused, reopened, withdrawn, merged. Nothing is deleted."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.choices import PlaceState
from directory.models import Place, User

from .errors import CannotPublish, NotNow
from .recording import changed


@transaction.atomic
def publish(*, place: Place, by: User | None) -> Place:
    """Show a listing to everybody. Raises CannotPublish while the town has no fallback contact."""
    place = Place.objects.select_for_update().select_related("municipality").get(pk=place.pk)
    if not place.municipality.can_publish:
        raise CannotPublish
    if place.merged_into_id:
        raise NotNow(_("ほかの場にまとめられた場です。まとめた先を直してください。"))
    return _to(place, PlaceState.PUBLISHED, action="listing.publish", by=by, note="")


@transaction.atomic
def pause(*, place: Place, note: str, by: User) -> Place:
    """Say on the page that a place rests; it stays findable, with the note."""
    place = Place.objects.select_for_update().get(pk=place.pk)
    return _to(place, PlaceState.PAUSED, action="listing.pause", by=by, note=note)


@transaction.atomic
def withdraw(*, place: Place, note: str, by: User) -> Place:
    """Take a listing off the site for good; its address says that it ended."""
    place = Place.objects.select_for_update().get(pk=place.pk)
    place.withdrawn_at = timezone.now()
    return _to(place, PlaceState.WITHDRAWN, action="listing.withdraw", by=by, note=note)


@transaction.atomic
def merge(*, place: Place, into: Place, by: User) -> Place:
    """Two listings were one place: the first leads to the second from now on. Raises NotNow for a circle."""
    if place.pk == into.pk or into.merged_into_id:
        raise NotNow(_("まとめる先がまちがっています。もう一度えらんでください。"))
    place = Place.objects.select_for_update().get(pk=place.pk)
    place.merged_into = into
    place.withdrawn_at = timezone.now()
    return _to(place, PlaceState.WITHDRAWN, action="listing.merge", by=by, note="")


def _to(place: Place, state: PlaceState, *, action: str, by: User | None, note: str) -> Place:
    place.state, place.state_note, place.state_since_on = state, note.strip(), timezone.localdate()
    if state != PlaceState.WITHDRAWN:
        place.withdrawn_at = None
    place.save()
    changed(place, action=action, by=by)
    return place
