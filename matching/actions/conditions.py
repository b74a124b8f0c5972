"""Writing down what a person can, cannot and would like, with who said so and when."""

from datetime import date, time
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models import User
from matching.changes import changed
from matching.choices import Source, WishKind
from matching.conditions import QUESTIONS, Shape
from matching.models import Client, Condition, FreeTime, Wish
from matching.refusals import NotPossible, TooManyImportant, ValueMissing

MOST_IMPORTANT = 3


@transaction.atomic
def set_condition(
    *,
    client: Client,
    key: str,
    answer: bool | None,
    source: Source,
    by: User,
    value: Any = None,
    note: str = "",
    on: date | None = None,
    is_important: bool = False,
) -> Condition:
    """Answer one question はい (with its value), いいえ or まだ分からない; the answer before is kept.

    The same answer given again on another day `on` is a new one: how old an answer is matters.
    Raises KeyError for an unknown question, ValueMissing, TooManyImportant.
    """
    value = _fitting(key, value) if answer is True else None
    Client.objects.select_for_update().get(pk=client.pk)
    before = client.conditions.current().filter(key=key).first()
    same = (answer, value, note, source, is_important)
    if before is not None and _said(before) == same and (on is None or before.on == on):
        return before
    if is_important and _important(client, but=before) >= MOST_IMPORTANT:
        raise TooManyImportant
    if before is not None:
        before.superseded_at = timezone.now()
        before.save()
    condition = Condition.objects.create(
        client=client,
        key=key,
        answer=answer,
        value=value,
        note=note,
        source=source,
        on=on or timezone.localdate(),
        is_important=is_important,
        recorded_by=by,
    )
    changed("condition.set", client=client, by=by, key=key, answer=answer)
    return condition


def _said(row: Condition) -> tuple[Any, ...]:
    return (row.answer, row.value, row.note, row.source, row.is_important)


@transaction.atomic
def set_free_time(
    *,
    client: Client,
    weekday: int,
    answer: bool | None,
    source: Source,
    by: User,
    times: list[tuple[time, time]] | None = None,
    on: date | None = None,
) -> list[FreeTime]:
    """Say of one weekday (0 = Monday) whether it is possible, and from when to when; replaces what was said before."""
    wanted = sorted(times or []) if answer is True else []
    if answer is True and (not wanted or any(begins >= ends for begins, ends in wanted)):
        raise ValueMissing(_("行ける曜日には、何時から何時までかも書いてください。"))
    Client.objects.select_for_update().get(pk=client.pk)
    before = list(client.free_times.current().filter(weekday=weekday))
    same_times = sorted((row.begins, row.ends) for row in before if row.answer) == wanted
    is_asked_anew = on is not None and any(row.on != on for row in before)
    if (
        before
        and same_times
        and not is_asked_anew
        and all(row.answer == answer and row.source == source for row in before)
    ):
        return before
    for row in before:
        row.superseded_at = timezone.now()
        row.save()
    spans: list[tuple[time | None, time | None]] = [*wanted] or [(None, None)]
    rows = [
        FreeTime.objects.create(
            client=client,
            weekday=weekday,
            answer=answer,
            begins=begins,
            ends=ends,
            source=source,
            on=on or timezone.localdate(),
            recorded_by=by,
        )
        for begins, ends in spans
    ]
    changed("free_time.set", client=client, by=by, weekday=weekday, answer=answer)
    return rows


@transaction.atomic
def add_wish(
    *,
    client: Client,
    kind: WishKind,
    words: str,
    source: Source,
    by: User,
    want: str = "",
    on: date | None = None,
    is_important: bool = False,
) -> Wish:
    """Add something the person would like, likes or is good at, in their words. The same words stand there once."""
    Client.objects.select_for_update().get(pk=client.pk)
    for wish in client.wishes.current().filter(kind=kind):
        if wish.words == words:
            return wish
    if is_important and _important(client) >= MOST_IMPORTANT:
        raise TooManyImportant
    wish = Wish.objects.create(
        client=client,
        kind=kind,
        words=words,
        want=want,
        source=source,
        on=on or timezone.localdate(),
        is_important=is_important,
        recorded_by=by,
    )
    changed("wish.added", client=client, by=by, wish=str(wish.uuid), kind=kind)
    return wish


@transaction.atomic
def drop_wish(*, wish: Wish, by: User) -> Wish:
    """It is no longer so; the words are kept in the history."""
    live = Wish.objects.select_for_update().get(pk=wish.pk)
    if live.superseded_at is None:
        live.superseded_at = timezone.now()
        live.save()
        changed("wish.dropped", client=live.client, by=by, wish=str(live.uuid))
    return live


def _important(client: Client, *, but: Condition | None = None) -> int:
    conditions = client.conditions.current().filter(is_important=True).exclude(pk=but.pk if but else None)
    return conditions.count() + client.wishes.current().filter(is_important=True).count()


def _fitting(key: str, value: Any) -> Any:
    """The value of a yes in its stored shape; raises ValueMissing when it does not answer the question."""
    question = QUESTIONS[key]
    codes = [code for code, _label in question.choices]
    match question.shape:
        case Shape.YES:
            return None
        case Shape.NUMBER if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 100_000:
            return value
        case Shape.CHOICE if value in codes:
            return value
        case Shape.CHOICES if value and all(code in codes for code in value):
            return [code for code in codes if code in value]
        case Shape.RANGE if value and (value.get("min") or value.get("max")):
            low, high = value.get("min"), value.get("max")
            if low is not None and high is not None and low > high:
                raise NotPossible(_("少ない方の人数が、多い方より大きくなっています。"))
            return {"min": low, "max": high}
    raise ValueMissing
