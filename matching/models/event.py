"""Who saw or changed what of whom: the chain of casework."""

from django.db import models

from directory.models import ChainedEvent


class Event(ChainedEvent):
    """Persons' records: every read, change, search and refusal. Uuids and codes, never words."""

    class Meta(ChainedEvent.Meta):
        indexes = [
            models.Index(fields=["subject", "at"], name="matching_event_subject"),
            models.Index(fields=["actor", "at"], name="matching_event_actor"),
        ]


class Sighting(models.Model):
    """One person in one event: a list names many, and "who saw person X" must be answered from an index."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="sightings")
    client_uuid = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["client_uuid", "at"], name="sighting_by_client")]
        constraints = [
            models.UniqueConstraint(fields=["event", "client_uuid"], name="a_person_once_per_event"),
        ]

    def __str__(self) -> str:
        return f"sighting {self.pk}"
