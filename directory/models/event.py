"""Append-only events, hash-chained: who did, read or was refused what. Uuids and codes, never words."""

import hashlib
import json
import uuid
from datetime import UTC, datetime
from typing import Any, Self

from django.db import models, transaction
from django.utils import timezone

BEGINNING = "0" * 64


class EventsAreForEver(Exception):
    """Somebody tried to change or delete an event."""


class EventQuerySet(models.QuerySet[Any]):
    """Reads only: events are added one by one and never touched again."""

    def update(self, **kwargs: Any) -> int:
        raise EventsAreForEver("events are never changed")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise EventsAreForEver("events are never deleted")

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> list[Any]:
        raise EventsAreForEver("events are appended one by one, each chained to the one before")


class ChainedEvent(models.Model):
    """One event. No foreign keys, so that disposal of a record never breaks the chain."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    at = models.DateTimeField(default=timezone.now)
    municipality_code = models.CharField(max_length=6, blank=True)
    actor = models.UUIDField(null=True)
    action = models.CharField(max_length=40)
    subject_type = models.CharField(max_length=40, blank=True)
    subject = models.UUIDField(null=True)
    # Codes, counts and uuids only: no word that a person said or that names one.
    details = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise EventsAreForEver("events are never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise EventsAreForEver("events are never deleted")

    def expected_digest(self) -> str:
        """SHA-256 over the previous digest and every column, in canonical JSON."""
        content = json.dumps(
            [
                self.previous,
                str(self.uuid),
                self.at.astimezone(UTC).isoformat(),
                self.municipality_code,
                str(self.actor or ""),
                self.action,
                self.subject_type,
                str(self.subject or ""),
                self.details,
            ],
            ensure_ascii=False,
            sort_keys=True,
            separators=(",", ":"),
        )
        return hashlib.sha256(content.encode()).hexdigest()

    @classmethod
    def append(
        cls,
        *,
        action: str,
        actor: models.Model | None = None,
        subject: models.Model | None = None,
        municipality: models.Model | None = None,
        at: datetime | None = None,
        **details: Any,
    ) -> Self:
        """Add one event, in the caller's transaction if there is one; `details` are codes, counts and uuids."""
        # An event that fails takes the caller's whole change with it: no savepoint to go on from.
        with transaction.atomic(savepoint=False):
            # The last row is locked where the database can, so that two writers never chain to the same one.
            last = cls.objects.select_for_update().order_by("-pk").values_list("digest", flat=True).first()
            event = cls(
                at=at or timezone.now(),
                municipality_code=getattr(municipality, "code", ""),
                actor=getattr(actor, "uuid", None),
                action=action,
                subject_type=subject._meta.model_name or "" if subject is not None else "",
                subject=getattr(subject, "uuid", None),
                details=details,
                previous=last or BEGINNING,
            )
            event.digest = event.expected_digest()
            event.save()
        return event

    @classmethod
    def first_break(cls) -> Self | None:
        """The first event whose digest or link does not hold, or None when the chain is whole."""
        previous = BEGINNING
        for event in cls.objects.order_by("pk").iterator(chunk_size=2000):
            if event.previous != previous or event.digest != event.expected_digest():
                return event
            previous = event.digest
        return None


class Event(ChainedEvent):
    """Accounts, hosts, listings, refusals. What concerns persons stands in matching.Event."""

    class Meta(ChainedEvent.Meta):
        indexes = [
            models.Index(fields=["subject", "at"], name="directory_event_subject"),
            models.Index(fields=["actor", "at"], name="directory_event_actor"),
        ]
