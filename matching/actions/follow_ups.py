"""Asking how it goes."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from directory.models import User
from matching.changes import changed
from matching.choices import Regularity
from matching.models import FollowUp
from matching.refusals import AlreadyRecorded, WrongStep


@transaction.atomic
def record_follow_up(
    *,
    follow_up: FollowUp,
    regularity: Regularity | str,
    by: User,
    words: str = "",
    self_rating: int | None = None,
    worker_rating: int | None = None,
    on: date | None = None,
) -> FollowUp:
    """Write down how it goes; leaves 今日. Raises AlreadyRecorded when something else was written before."""
    live = FollowUp.objects.select_for_update().get(pk=follow_up.pk)
    mine = (str(regularity), words, self_rating, worker_rating)
    if live.done_on is not None:
        if (live.regularity, live.words, live.self_rating, live.worker_rating) == mine:
            return live
        raise AlreadyRecorded
    if live.cancelled_at is not None:
        raise WrongStep
    live.regularity, live.words, live.self_rating, live.worker_rating = mine
    live.done_on, live.done_by = on or timezone.localdate(), by
    live.save()
    changed("follow_up.recorded", client=live.placement.client, by=by, follow_up=str(live.uuid), step=live.step)
    return live
