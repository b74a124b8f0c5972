"""Places and people to be kept away from."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models import Place, User
from matching.changes import changed
from matching.choices import AvoidanceKind, Consequence, ProposalState
from matching.facts_of import avoided_places, kept_away_from
from matching.models import Avoidance, Client
from matching.refusals import NotPossible, ValueMissing


@transaction.atomic
def avoid(
    *,
    client: Client,
    kind: AvoidanceKind,
    by: User,
    place: Place | None = None,
    other: Client | None = None,
    words: str = "",
) -> Avoidance:
    """From now on this place, or every place of that other person, is suggested nowhere to this person.

    The event says neither where nor whom nor why, and nothing is written into the other person's file. Whatever is
    under way there is called off at once; a running placement is put into today's diary to be talked over. Words alone
    close no place. Raises ValueMissing, NotPossible.
    """
    if other is not None and (other.pk == client.pk or other.municipality_id != client.municipality_id):
        raise NotPossible(_("この町で相談している、ほかの人の番号を書いてください。"))
    if place is not None and other is not None:
        raise NotPossible(_("場と人は、別々に書いてください。"))
    if place is None and (kind == AvoidanceKind.NG or not (words or other)):
        raise ValueMissing(_("避ける場を選ぶか、だれ・どこを避けるのかを書いてください。"))
    Client.objects.select_for_update().get(pk=client.pk)
    named = str(other.uuid) if other else ""
    for before in Avoidance.objects.standing().filter(client=client, place=place, kind=kind):
        if place or (before.other == named and (named or before.words == words)):
            return before
    avoidance = Avoidance.objects.create(
        client=client, kind=kind, place=place, other=named, names_person=bool(other), words=words, recorded_by=by
    )
    if place or other:
        _call_off(client, by)
    changed("avoidance.set", client=client, by=by, avoidance=str(avoidance.uuid))
    return avoidance


def _call_off(client: Client, by: User) -> None:
    """Open suggestions with their letters and visits, waits and holds at places now avoided, by one neutral reason."""
    from matching.actions.proposals import decline
    from matching.actions.records import next_step
    from matching.actions.waiting import stop_waiting

    keys = avoided_places(client)
    for proposal in client.proposals.open().filter(place__uuid__in=keys):
        decline(proposal=proposal, reason="other", by=by)
    # Nobody is asked about such a place again, nor about what to do after.
    client.proposals.filter(state=ProposalState.DECLINED, place__uuid__in=keys).update(
        consequence=Consequence.HIDE_SLOT, held_until_on=None
    )
    for wait in client.seat_waits.waiting().filter(place__uuid__in=keys):
        stop_waiting(wait=wait, by=by)
    if client.placements.running().filter(place__uuid__in=keys).exists():
        words = str(_("参加している場について、続けるかどうかをすぐに話し合う"))
        next_step(client=client, due_on=timezone.localdate(), kind="meeting", words=words, by=by)


@transaction.atomic
def lift(*, avoidance: Avoidance, by: User) -> Avoidance:
    """It need not be avoided any longer; the row stays, with the moment. What was declined there is settled anew."""
    live = Avoidance.objects.select_for_update().get(pk=avoidance.pk)
    if live.lifted_at is None:
        before = avoided_places(live.client)
        live.lifted_at, live.lifted_by = timezone.now(), by
        live.save()
        live.client.proposals.filter(
            state=ProposalState.DECLINED,
            consequence=Consequence.HIDE_SLOT,
            place__uuid__in=before - avoided_places(live.client),
        ).update(consequence="")
        changed("avoidance.lifted", client=live.client, by=by, avoidance=str(live.uuid))
    return live


def is_kept_away(client: Client, place: Place) -> bool:
    """Whether the place was written down as one to avoid; a suggestion withdrawn for safety alone may be set back."""
    return str(place.uuid) in kept_away_from(client)


def is_avoided(client: Client, place: Place) -> bool:
    """Whether this place must not be suggested to this person, for whatever reason; by every way that leads there."""
    return str(place.uuid) in avoided_places(client)
