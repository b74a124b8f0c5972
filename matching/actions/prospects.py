"""Cards of 資源開拓: made, moved along the way, changed."""

import uuid
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models import District, Municipality, Place, User
from matching.candidates.near_miss import REMEDIES
from matching.choices import ProspectState
from matching.models import Event, Prospect, ProspectStep
from matching.new_places import PROMISES
from matching.refusals import EditedMeanwhile, NotPossible, ValueMissing, WrongStep


@dataclass(frozen=True, kw_only=True)
class Idea:
    """What a card says."""

    name: str
    contact: str = ""
    idea: str = ""
    district: District | None = None
    want: str = ""
    remedies: list[str] = field(default_factory=list)
    meets: list[str] = field(default_factory=list)
    looked_for: str = ""
    place: Place | None = None
    next_on: date | None = None


def _noted(action: str, prospect: Prospect, by: User, **details: Any) -> None:
    Event.append(action=action, actor=by, subject=prospect, municipality=prospect.municipality, **details)


def _checked(idea: Idea) -> Idea:
    if not idea.name.strip():
        raise ValueMissing(_("相手（店・会・人）を書いてください。まだ決まらないときは「さがす」と書けます。"))
    if set(idea.remedies) - set(REMEDIES) or set(idea.meets) - set(PROMISES):
        raise NotPossible(_("「開くこと」か「かなえること」に、一覧にないことばがあります。選び直してください。"))
    return idea


@transaction.atomic
def make(*, municipality: Municipality, idea: Idea, worker: User, by: User, form_key: uuid.UUID) -> Prospect:
    """A new card, 未接触. The same form sent twice gives the same card."""
    before = Prospect.objects.filter(form_key=form_key).first()
    if before is not None:
        return before
    prospect = Prospect.objects.create(
        municipality=municipality, worker=worker, made_by=by, form_key=form_key, **_checked(idea).__dict__
    )
    _noted("prospect.made", prospect, by, remedies=sorted(prospect.remedies))
    return prospect


@transaction.atomic
def change(*, prospect: Prospect, idea: Idea, worker: User, edit_version: int, by: User) -> Prospect:
    """What the card says; of two editors the second sees both texts."""
    live = Prospect.objects.select_for_update().get(pk=prospect.pk)
    wanted = {**_checked(idea).__dict__, "worker": worker}
    differing = {name: value for name, value in wanted.items() if getattr(live, name) != value}
    if not differing:  # Pressed twice, or nothing changed.
        return live
    if live.edit_version != edit_version:
        raise EditedMeanwhile({name: str(getattr(live, name) or "") for name in differing}, differing)
    for name, value in wanted.items():
        setattr(live, name, value)
    live.edit_version += 1
    live.save()
    _noted("prospect.changed", live, by)
    return live


@transaction.atomic
def move(
    *,
    prospect: Prospect,
    seen: ProspectState,
    to: ProspectState,
    by: User,
    words: str = "",
    on: date | None = None,
    next_on: date | None = None,
    place: Place | None = None,
) -> Prospect:
    """One step of the way, or a talk that leaves the card where it is. `seen` is where the card stood on the page.

    登録 names the place it became. Sent twice, the second finds the card moved and changes nothing.
    """
    live = Prospect.objects.select_for_update().get(pk=prospect.pk)
    day = on or timezone.localdate()
    last = live.steps.order_by("-pk").first()
    if last and (last.before, last.after, last.on, last.by_id, last.words) == (seen, to, day, by.pk, words):
        return live  # Pressed twice.
    if live.state != seen:
        raise WrongStep
    if to != seen and to not in ProspectState(live.state).may_become:
        raise WrongStep(_("その段階へは、ここから進めません。一つずつ戻してから選んでください。"))
    if to == seen and not words.strip():
        raise ValueMissing(_("話したことを書くか、次の段階を選んでください。"))
    if to == ProspectState.REGISTERED and place is None and live.place is None:
        raise ValueMissing(_("登録には、どの場になったかを選んでください。場は先に「場」のページで作ります。"))
    ProspectStep.objects.create(
        municipality=live.municipality, prospect=live, before=live.state, after=to, words=words, by=by,
        on=day,
    )  # fmt: skip
    live.state, live.next_on = to, next_on
    live.place = place or live.place
    live.edit_version += 1
    live.save()
    _noted("prospect.moved", live, by, before=str(seen), after=str(to))
    return live
