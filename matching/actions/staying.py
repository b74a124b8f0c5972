"""定着: resting and coming back, moving between stages, and seeing to early signs."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models import User
from matching import clocks
from matching.changes import changed
from matching.choices import ChangeKind, Stage
from matching.models import Placement, PlacementChange, SignSeen
from matching.refusals import WrongStep


def _running(placement: Placement) -> Placement:
    live = Placement.objects.select_for_update().get(pk=placement.pk)
    if live.ends_on is not None:
        raise WrongStep(_("この参加は終わっています。また始めるときは、場を提案するところから始めます。"))
    return live


@transaction.atomic
def rest(
    *, placement: Placement, from_on: date, by: User, words: str = "", ask_again_on: date | None = None
) -> Placement:
    """お休み: the seat is kept, signs of staying away are quiet, and 今日 asks how it is on `ask_again_on`.

    For somebody who rests already it sets the next day of asking. Raises WrongStep.
    """
    live = _running(placement)
    if from_on < live.begins_on:
        raise WrongStep(_("休みに入った日は、始まった日より後の日にしてください。"))
    begins = live.rests_from_on or from_on
    asked = ask_again_on or clocks.after(max(begins, timezone.localdate()), clocks.of(live.municipality)["rest"])
    if asked < begins:
        raise WrongStep(_("ようすを聞く日は、休みに入った日より後の日にしてください。"))
    if live.rests_from_on is not None and live.ask_again_on == asked:
        return live
    is_new = live.rests_from_on is None
    live.rests_from_on, live.ask_again_on = begins, asked
    live.save()
    if is_new or words:
        _note(live, ChangeKind.REST, on=from_on, words=words, by=by)
    changed("placement.rests", client=live.client, by=by, placement=str(live.uuid), ask_again_on=asked.isoformat())
    return live


@transaction.atomic
def come_back(*, placement: Placement, on: date, by: User, words: str = "") -> Placement:
    """The rest is over; nothing was lost by it. Raises WrongStep."""
    live = _running(placement)
    if live.rests_from_on is None:
        return live
    if on < live.rests_from_on:
        raise WrongStep(_("戻った日は、休みに入った日より後の日にしてください。"))
    live.rests_from_on = live.ask_again_on = None
    live.save()
    _note(live, ChangeKind.BACK, on=on, words=words, by=by)
    changed("placement.came_back", client=live.client, by=by, placement=str(live.uuid))
    return live


@transaction.atomic
def move(*, placement: Placement, seen: Stage, to: Stage, on: date, by: User, words: str = "") -> Placement:
    """To another stage of the same placement, forwards or back. `seen` is the stage the mover had on screen.

    Raises WrongStep when it has ended, or when somebody else moved it meanwhile.
    """
    live = _running(placement)
    if live.stage == to:
        return live
    if live.stage != seen:
        raise WrongStep
    if on < live.begins_on:
        raise WrongStep(_("段階が変わった日は、始まった日より後の日にしてください。"))
    live.stage = to
    live.save()
    _note(live, ChangeKind.STAGE, on=on, words=words, by=by, before=seen, after=to)
    changed("placement.moved", client=live.client, by=by, placement=str(live.uuid), before=seen, after=to)
    return live


@transaction.atomic
def see_signs(*, placement: Placement, signs: Iterable[str], by: User) -> list[SignSeen]:
    """These signs, as they stood on the screen, have been seen to; what came since still shows."""
    live = Placement.objects.select_for_update().get(pk=placement.pk)
    seen = []
    for sign in sorted(set(signs)):
        row, is_new = SignSeen.objects.get_or_create(
            placement=live, sign=sign, defaults={"municipality": live.municipality, "by": by}
        )
        if is_new:
            seen.append(row)
    if seen:
        changed("signs.seen", client=live.client, by=by, placement=str(live.uuid), signs=[row.sign for row in seen])
    return seen


def _note(
    live: Placement, kind: ChangeKind, *, on: date, words: str, by: User, before: str = "", after: str = ""
) -> None:
    PlacementChange.objects.create(
        municipality=live.municipality,
        placement=live,
        kind=kind,
        before=before,
        after=after,
        on=on,
        words=words,
        by=by,
    )
