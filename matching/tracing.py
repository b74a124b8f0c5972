"""Every reading and refusal leaves an event; a reading is recorded before anything is shown. Changes: changes.py."""

from collections.abc import Iterable
from typing import Any

from django.db import DatabaseError, transaction
from django.utils import timezone

from directory.models import Municipality, User
from matching.models import Client, Event, Sighting


class NotRecorded(Exception):
    """The access could not be recorded, so nothing may be shown (the page answers 503)."""


def record_reading(*, user: User, client: Client, page: str) -> None:
    """Commit that this person's record is about to be shown; raises NotRecorded."""
    try:
        with transaction.atomic():
            Event.append(action="client.read", actor=user, subject=client, municipality=client.municipality, page=page)
    except DatabaseError as error:
        raise NotRecorded from error


def record_listing(
    *, user: User, clients: Iterable[Client], page: str, municipality: Municipality, **details: Any
) -> None:
    """Commit that these persons are about to be shown in one list; raises NotRecorded."""
    shown = list({client.uuid: client for client in clients}.values())
    try:
        with transaction.atomic():
            event = Event.append(
                action="clients.listed",
                actor=user,
                municipality=municipality,
                page=page,
                clients=sorted(str(client.uuid) for client in shown),
                **details,
            )
            Sighting.objects.bulk_create(
                [Sighting(event=event, client_uuid=client.uuid, at=event.at) for client in shown]
            )
    except DatabaseError as error:
        raise NotRecorded from error


def record_refusal(*, user: User, what: str, subject: Client | None) -> None:
    """Commit that somebody asked for what is not theirs, or does not exist."""
    try:
        with transaction.atomic():
            Event.append(
                action="denied",
                actor=user,
                subject=subject,
                municipality=subject.municipality if subject else None,
                at=timezone.now(),
                what=what,
            )
    except DatabaseError as error:
        raise NotRecorded from error
