"""One row of 今日: what is to be done, by when, for whom, and why."""

import uuid
from dataclasses import dataclass, field
from datetime import date, time

from matching.models import Client


@dataclass(frozen=True, order=True)
class Item:
    """One row. `kind` and `key` say which form records it in place; the empty kind only leads to the person."""

    due_on: date
    at: time
    client_pk: int
    what: str
    client: Client = field(compare=False)
    detail: str = field(compare=False, default="")
    why: str = field(compare=False, default="")
    kind: str = field(compare=False, default="")
    key: uuid.UUID | None = field(compare=False, default=None)
    has_time: bool = field(compare=False, default=False)

    def days_late(self, *, on: date) -> int:
        return max(0, (on - self.due_on).days)

    @property
    def anchor(self) -> str:
        """Which row is open, for the address of the page: a kind and a uuid, nothing personal."""
        return f"{self.kind}-{self.key}"


def item_of(client: Client, due_on: date, what: str, *, at: time | None = None, **more: object) -> Item:
    return Item(due_on, at or time(23, 59), client.pk, what, client, has_time=at is not None, **more)  # type: ignore[arg-type]
