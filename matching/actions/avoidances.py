"""Places and people to be kept away from."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models import Place, User
from matching.changes import changed
from matching.choices import AvoidanceKind
from matching.facts_of import avoided_places
from matching.models import Avoidance, Client
from matching.refusals import ValueMissing


@transaction.atomic
def avoid(*, client: Client, kind: AvoidanceKind, by: User, place: Place | None = None, words: str = "") -> Avoidance:
    """From now on this place is suggested nowhere to this person. The event does not say which place or why."""
    if place is None and (kind == AvoidanceKind.NG or not words):
        raise ValueMissing(_("避ける場を選ぶか、だれ・どこを避けるのかを書いてください。"))
    Client.objects.select_for_update().get(pk=client.pk)
    if place is not None:
        before = Avoidance.objects.filter(client=client, place=place, kind=kind, lifted_at=None).first()
        if before is not None:
            return before
    avoidance = Avoidance.objects.create(client=client, kind=kind, place=place, words=words, recorded_by=by)
    changed("avoidance.set", client=client, by=by, avoidance=str(avoidance.uuid))
    return avoidance


@transaction.atomic
def lift(*, avoidance: Avoidance, by: User) -> Avoidance:
    """It need not be avoided any longer; the row stays, with the moment."""
    live = Avoidance.objects.select_for_update().get(pk=avoidance.pk)
    if live.lifted_at is None:
        live.lifted_at, live.lifted_by = timezone.now(), by
        live.save()
        changed("avoidance.lifted", client=live.client, by=by, avoidance=str(live.uuid))
    return live


def is_avoided(client: Client, place: Place) -> bool:
    """Whether this place must not be suggested to this person, for whatever reason; by every way that leads there."""
    return str(place.uuid) in avoided_places(client)
