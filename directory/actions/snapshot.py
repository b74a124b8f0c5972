"""The fields of a listing as canonical JSON, and how such values are written back."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from directory.calendar import Schedule
from directory.choices import Booking, ContactKind, PlaceKind, Want, Way
from directory.fields import CHILDREN, FIELDS
from directory.models import Activity, Contact, Place

ACTIVITY_FIELDS = [
    "name", "yomi", "kind", "way", "description", "wants", "for_whom", "cost_yen", "cost_note", "booking",
    "booking_note", "schedule", "opening_text",
]  # fmt: skip
CONTACT_FIELDS = ["kind", "value", "label", "hours", "is_public"]


def value_of(place: Place, name: str) -> Any:
    """One field as JSON: a scalar, or for children a list of rows with their uuids."""
    match name:
        case "activities":
            return [_row(row, ACTIVITY_FIELDS) for row in place.activities.order_by("position", "pk")]
        case "contacts":
            return [_row(row, CONTACT_FIELDS) for row in place.contacts.order_by("position", "pk")]
        case "tags":
            return sorted(place.tags.names())
        case _:
            return getattr(place, name)


def _row(row: models.Model, names: list[str]) -> dict[str, Any]:
    return {"uuid": str(row.uuid), **{name: getattr(row, name) for name in names}}  # type: ignore[attr-defined]


def snapshot(place: Place, names: "list[str] | None" = None) -> dict[str, Any]:
    """{field: value} of everything a host may change."""
    return {name: value_of(place, name) for name in names or FIELDS}


def write(place: Place, name: str, value: Any) -> None:
    """Put one value into the listing and save it; children are matched by uuid, missing ones removed.

    Raises ValidationError with a Japanese sentence when the value does not fit.
    """
    if name not in FIELDS:
        raise ValidationError(_("この項目は直せません。"))
    match name:
        case "activities":
            _write_activities(place, value)
        case "contacts":
            _write_contacts(place, value)
        case "tags":
            place.tags.set(value)
        case _:
            setattr(place, name, value)
            place.clean_fields(exclude=[field.name for field in place._meta.fields if field.name != name])
            if name == "yomi":
                place.yomi_confirmed = True
            place.needs_check = [field for field in place.needs_check if field != name]
            place.save(update_fields=[name, "yomi_confirmed", "needs_check", "updated_at"])


def _write_activities(place: Place, rows: list[dict[str, Any]]) -> None:
    if not rows:
        raise ValidationError(_("活動はひとつ以上のこしてください。"))
    kept = {str(row.uuid): row for row in place.activities.all()}
    for position, given in enumerate(rows):
        activity = kept.pop(str(given.get("uuid", "")), None) or Activity(place=place)
        for field in ACTIVITY_FIELDS:
            if field in given:
                setattr(activity, field, given[field])
        if activity.schedule is not None:
            activity.schedule = Schedule.from_dict(activity.schedule).to_dict()
        activity.position = position
        activity.full_clean(exclude=["place"])
        activity.save()
    # A slot that casework points at protects its activity; the sentence says what to do.
    for gone in kept.values():
        if gone.slots.exists():
            raise ValidationError(
                _("「%(name)s」は支援の受け入れに使われているので消せません。職員に電話してください。")
                % {"name": gone.name}
            )
        gone.delete()


def _write_contacts(place: Place, rows: list[dict[str, Any]]) -> None:
    kept = {str(row.uuid): row for row in place.contacts.all()}
    for position, given in enumerate(rows):
        contact = kept.pop(str(given.get("uuid", "")), None) or Contact(place=place)
        for field in CONTACT_FIELDS:
            if field in given:
                setattr(contact, field, given[field])
        contact.position = position
        contact.full_clean(exclude=["place"])
        contact.save()
    for gone in kept.values():
        gone.delete()


def words_of(name: str, value: Any) -> str:
    """A value as people read it, for before and after: lines of text, yes/no words, one line per child."""
    if value is None or value == "":
        return _("（なし）")
    if isinstance(value, bool):
        return _("はい") if value else _("いいえ")
    match name:
        case "kind":
            return str(PlaceKind(value).label) if value in PlaceKind.values else str(value)
        case "booking":
            return str(Booking(value).label) if value in Booking.values else str(value)
        case "cost_yen":
            return _("無料") if value == 0 else f"{value:,}円"
        case "activities":
            return "\n".join(_activity_words(row) for row in value) or _("（なし）")
        case "contacts":
            return "\n".join(_contact_words(row) for row in value) or _("（なし）")
        case "tags":
            return "、".join(value) or _("（なし）")
        case _:
            return str(value)


def _activity_words(row: dict[str, Any]) -> str:
    parts = [row.get("name", ""), row.get("opening_text", ""), row.get("description", "")]
    parts += [str(Want(want).label) for want in row.get("wants") or [] if want in Want.values]
    if row.get("way") not in (None, "", Way.COME):
        parts.append(str(Way(row["way"]).label))
    if row.get("cost_yen") is not None:
        parts.append(words_of("cost_yen", row["cost_yen"]))
    return "　".join(part for part in parts if part)


def _contact_words(row: dict[str, Any]) -> str:
    shown = _("公開") if row.get("is_public") else _("職員だけ")
    kind = str(ContactKind(row["kind"]).label) if row.get("kind") in ContactKind.values else ""
    return "　".join(part for part in [kind, row.get("value", ""), row.get("label", ""), f"（{shown}）"] if part)


__all__ = ["CHILDREN", "snapshot", "value_of", "words_of", "write"]
