"""How a change of the directory reaches every index: written with the change, sent by the worker, never lost.

On a SQLite site the embedded index stands or falls with the place in one transaction, and nothing else is needed. With
Elasticsearch, or with a PostgreSQL database and the embedded index in a file beside it, a row of the outbox is written
in the transaction of the change; the worker reads the place as it stands *then*, sends it with its version, and takes
the row away unless it has changed meanwhile.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from directory.models import ConsultationWindow

from .engines import elasticsearch, embedded, uses_elasticsearch
from .engines.errors import Unreachable
from .indexing import documents, searchable, window_documents
from .models import Outbox, OutboxKind

log = logging.getLogger(__name__)
CHUNK = 500
LONGEST_PAUSE_SECONDS = 300


def has_sidecar() -> bool:
    """Whether the embedded index lies in a file of its own, which no transaction of the database covers."""
    return connection.vendor != "sqlite"


def is_needed() -> bool:
    return uses_elasticsearch() or has_sidecar()


def note(kind: OutboxKind, object_id: int, version: int) -> None:
    """Remember a change, in the transaction of the change."""
    if not is_needed():
        return
    Outbox.objects.bulk_create(
        [Outbox(kind=kind, object_id=object_id, version=version)],
        update_conflicts=True,
        unique_fields=["kind", "object_id"],
        # `made_at` stays: since then the index has been behind.
        update_fields=["version", "try_at", "attempts", "error"],
    )
    if has_sidecar():
        # The file beside the database is written right after the commit; should that fail, the row is still there.
        transaction.on_commit(lambda: _sidecar_now(kind, object_id, version), robust=True)


def note_everything() -> int:
    """Send everything once more, as when dated openings have to be rolled on; returns how many."""
    places = searchable().values_list("pk", "search_version")
    rows = (Outbox(kind=OutboxKind.PLACE, object_id=pk, version=version) for pk, version in places.iterator())
    made = Outbox.objects.bulk_create(rows, batch_size=CHUNK, ignore_conflicts=True)
    return len(made)


def _sidecar_now(kind: OutboxKind, object_id: int, version: int) -> None:
    to_embedded([Outbox(kind=kind, object_id=object_id, version=version)])
    if not uses_elasticsearch():
        Outbox.objects.filter(kind=kind, object_id=object_id, version=version).delete()


@dataclass
class Drained:
    """What one round of the worker did."""

    sent: int = 0
    failed: int = 0
    # The cluster did not answer at all: wait before the next round.
    is_down: bool = False


def drain(*, limit: int = CHUNK, before_send: Callable[[], None] = lambda: None) -> Drained:
    """Send what is due. No transaction is open meanwhile, so that nobody who saves waits for a slow cluster."""
    rows = list(Outbox.objects.filter(try_at__lte=timezone.now()).order_by("made_at", "pk")[:limit])
    done = Drained()
    if not rows:
        return done
    before_send()
    failures: dict[int, str] = {}
    if has_sidecar():
        to_embedded(rows)
    if uses_elasticsearch():
        places = [row for row in rows if row.kind == OutboxKind.PLACE]
        failures, done.is_down = _to_elasticsearch(places)
    for row in rows:
        error = failures.get(row.object_id, "") if row.kind == OutboxKind.PLACE else ""
        same = Outbox.objects.filter(pk=row.pk, version=row.version)
        if error:
            pause = min(2 ** (row.attempts + 1), LONGEST_PAUSE_SECONDS)
            same.update(attempts=F("attempts") + 1, error=error, try_at=timezone.now() + timedelta(seconds=pause))
            done.failed += 1
        else:
            same.delete()
            done.sent += 1
    return done


def to_embedded(rows: list[Outbox]) -> None:
    """Bring these into the embedded index as they stand now, or out of it."""
    target = embedded()
    wanted = [row.object_id for row in rows if row.kind == OutboxKind.PLACE]
    made = list(documents(searchable().filter(pk__in=wanted)))
    target.index(made)
    target.remove(set(wanted) - {document.id for document in made})
    wanted = [row.object_id for row in rows if row.kind == OutboxKind.WINDOW]
    windows = list(ConsultationWindow.objects.published().filter(pk__in=wanted))
    target.index_windows(window_documents(windows))
    target.remove_windows(set(wanted) - {window.pk for window in windows})


def _to_elasticsearch(rows: list[Outbox]) -> tuple[dict[int, str], bool]:
    """({place: kind of failure}, whether nothing answered)."""
    target = elasticsearch(writes=True)
    versions = {row.object_id: row.version for row in rows}
    found = list(documents(searchable().filter(pk__in=versions)))
    gone = [(pk, version) for pk, version in versions.items() if pk not in {document.id for document in found}]
    try:
        target.ready()
        told = list(target.write(found, target.targets(), gone=gone))
    except Unreachable as error:
        log.warning("the index waits: %s", error)
        return dict.fromkeys(versions, str(error)), True
    return {number: error for number, error in told if error}, False
