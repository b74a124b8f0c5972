"""空き待ち: waiting for a seat of a full place, and no longer."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models import Place, Slot, User
from matching import clocks
from matching.actions.avoidances import is_avoided
from matching.changes import changed
from matching.models import Client, SeatWait
from matching.refusals import NotForThisPerson, NotPossible


@transaction.atomic
def wait_for_seat(
    *, client: Client, place: Place, by: User, slot: Slot | None = None, until_on: date | None = None
) -> SeatWait:
    """Wait from today; the place tells nobody. For somebody who waits already, the new day of asking is kept.

    Raises NotForThisPerson, NotPossible.
    """
    if is_avoided(client, place):
        raise NotForThisPerson
    today = timezone.localdate()
    until = until_on or clocks.after(today, clocks.of(client.municipality)["seat_wait"])
    if until < today:
        raise NotPossible(_("これからの日を選んでください。"))
    Client.objects.select_for_update().get(pk=client.pk)
    standing = client.seat_waits.waiting().filter(place=place).first()
    if standing is not None:
        if standing.until_on != until:
            standing.until_on = until
            standing.save()
            changed("seat_wait.prolonged", client=client, by=by, wait=str(standing.uuid))
        return standing
    wait = SeatWait.objects.create(client=client, place=place, slot=slot, until_on=until, made_by=by)
    changed("seat_wait.begun", client=client, by=by, wait=str(wait.uuid), place=str(place.uuid))
    return wait


@transaction.atomic
def stop_waiting(*, wait: SeatWait, by: User) -> SeatWait:
    """The seat was offered, or is wanted no more; nothing else changes by it."""
    live = SeatWait.objects.select_for_update().get(pk=wait.pk)
    if live.ended_at is None:
        live.ended_at = timezone.now()
        live.save()
        changed("seat_wait.ended", client=live.client, by=by, wait=str(live.uuid))
    return live
