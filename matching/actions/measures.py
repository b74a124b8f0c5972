"""尺度: answers written down, struck out, and the wording a town loads under its licence."""

import uuid
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models import Municipality, User
from matching.changes import changed
from matching.choices import MeasureWay
from matching.measures import Scale, scales
from matching.models import Client, Event, Measurement, ScaleWording
from matching.refusals import NotPossible


@transaction.atomic
def measure(
    *,
    client: Client,
    scale: Scale,
    answers: list[int | None],
    way: MeasureWay,
    on: date,
    form_key: uuid.UUID,
    by: User,
    refused: bool = False,
    words: str = "",
) -> Measurement:
    """Write down one scale. 答えたくない is an answer. The same form sent twice writes once; raises NotPossible."""
    before = Measurement.objects.filter(form_key=form_key, client=client).first()
    if before is not None:
        return before
    given: list[int | None] = [None] * scale.items if refused else answers
    if not refused and all(answer is None for answer in given):
        raise NotPossible(_("一つも答えがありません。答えたくないときは「答えたくない」を選んでください。"))
    try:
        score = scale.score(given)
    except ValueError as error:
        raise NotPossible(_("答えの数字が、尺度の範囲にありません。")) from error
    row = Measurement.objects.create(
        client=client,
        scale=scale.code,
        scale_version=scales().version,
        on=on,
        way=way,
        answers=given,
        score=score,
        refused=refused,
        words=words,
        asked_by=by,
        form_key=form_key,
    )
    changed("measure.written", client=client, by=by, measurement=str(row.uuid), scale=scale.code, refused=refused)
    return row


@transaction.atomic
def strike(*, measurement: Measurement, by: User) -> Measurement:
    """It was written by mistake; it counts nowhere any more."""
    live = Measurement.objects.select_for_update().get(pk=measurement.pk)
    if live.struck_at is None:
        live.struck_at = timezone.now()
        live.save()
        changed("measure.struck", client=live.client, by=by, measurement=str(live.uuid))
    return live


@transaction.atomic
def load_wording(
    *, municipality: Municipality, scale: Scale, items: list[str], labels: list[str], licence: str, by: User
) -> ScaleWording:
    """The questions, and the words of the answers from the lowest number up. Raises NotPossible."""
    levels = scale.high - scale.low + 1
    if len(items) != scale.items:
        raise NotPossible(_("質問は%(number)s行にしてください。") % {"number": scale.items})
    if len(labels) != levels:
        raise NotPossible(_("答えは%(number)s行にしてください（小さい数から）。") % {"number": levels})
    newest = ScaleWording.objects.filter(municipality=municipality, scale=scale.code).first()
    if newest and (newest.items, newest.labels, newest.licence) == (items, labels, licence):
        return newest
    row = ScaleWording.objects.create(
        municipality=municipality, scale=scale.code, items=items, labels=labels, licence=licence, loaded_by=by
    )
    Event.append(action="wording.loaded", actor=by, municipality=municipality, scale=scale.code, wording=str(row.uuid))
    return row
