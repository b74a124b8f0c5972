"""「このままで合っています」: a listing is still true, said by whom and how."""

from django.db import transaction
from django.utils import timezone

from directory.choices import ConfirmationWay
from directory.models import Confirmation, Place, User

from .recording import changed


@transaction.atomic
def confirm(*, place: Place, by: User, way: ConfirmationWay) -> Confirmation:
    """Set the day of confirmation to today. A second tap on the same day changes nothing."""
    today = timezone.localdate()
    made, is_new = Confirmation.objects.get_or_create(place=place, on=today, by=by, way=way)
    if is_new:
        Place.objects.filter(pk=place.pk).update(confirmed_on=today, confirmed_by=by, confirmed_way=way)
        place.refresh_from_db(fields=["confirmed_on", "confirmed_by", "confirmed_way"])
        changed(place, action="listing.confirm", by=by, way=way)
    return made
