"""Whether index and database say the same, and mending what differs."""

from dataclasses import asdict, dataclass, field
from typing import Any

from django.db.models import F, Min
from django.utils import timezone

from directory.models import ConsultationWindow, Place

from .engines import elasticsearch, embedded, uses_elasticsearch
from .engines.errors import Refused, Unreachable
from .indexing import searchable
from .models import Outbox, OutboxKind
from .text import analysis_version


@dataclass
class Drift:
    """Numbers of places that differ, in one index."""

    index: str
    missing: list[int] = field(default_factory=list)
    left_over: list[int] = field(default_factory=list)
    older: list[int] = field(default_factory=list)

    @property
    def total(self) -> int:
        return len(self.missing) + len(self.left_over) + len(self.older)


def compare(name: str, inside: dict[int, int], wanted: dict[int, int]) -> Drift:
    return Drift(
        name,
        missing=sorted(set(wanted) - set(inside)),
        left_over=sorted(set(inside) - set(wanted)),
        older=sorted(pk for pk in set(wanted) & set(inside) if inside[pk] < wanted[pk]),
    )


def drifts() -> list[Drift]:
    """Every index of this site against the database. Raises Unreachable when the cluster does not answer."""
    wanted = dict(searchable().values_list("pk", "search_version"))
    windows = dict(ConsultationWindow.objects.published().values_list("pk", "search_version"))
    found = [
        compare("embedded", embedded().versions(), wanted),
        compare("windows", embedded().window_versions(), windows),
    ]
    if uses_elasticsearch():
        found.append(compare("elasticsearch", _on_the_cluster(wanted), wanted))
    return found


def _on_the_cluster(wanted: dict[int, int]) -> dict[int, int]:
    """Versions inside; only those blocks of numbers are fetched in which count or sum differ."""
    target = elasticsearch()
    if not target.indices(target.alias):
        return {}
    blocks = target.blocks()
    ours: dict[int, tuple[int, int]] = {}
    for pk, version in wanted.items():
        count, total = ours.get(pk // target.BLOCK, (0, 0))
        ours[pk // target.BLOCK] = (count + 1, total + version)
    differing = sorted(block for block in set(ours) | set(blocks) if ours.get(block) != blocks.get(block))
    inside = {pk: version for pk, version in wanted.items() if pk // target.BLOCK not in set(differing)}
    for block in differing:
        inside |= target.versions(block=block)
    return inside


def queue(found: list[Drift]) -> None:
    """Put right what differs in the embedded index, and leave what differs on the cluster to the worker."""
    from .outbox import to_embedded

    for drift in found:
        kind = OutboxKind.WINDOW if drift.index == "windows" else OutboxKind.PLACE
        if drift.index == "elasticsearch":
            # Somebody may have deleted a place there, which counts as a version of its own: ours must be newer.
            changed = Place.objects.filter(pk__in=[*drift.missing, *drift.older])
            changed.update(search_version=F("search_version") + 1)
        numbers = [*drift.missing, *drift.left_over, *drift.older]
        rows = [Outbox(kind=kind, object_id=number, version=_version(kind, number)) for number in numbers]
        to_embedded(rows)
        if drift.index == "elasticsearch":
            Outbox.objects.bulk_create(
                rows, update_conflicts=True, unique_fields=["kind", "object_id"], update_fields=["version", "try_at"]
            )


def mend(found: list[Drift]) -> None:
    """Put right what differs, and wait until it is so. Needs the right to write to the cluster."""
    from .outbox import drain

    queue(found)
    if uses_elasticsearch():
        while drain().sent:
            pass
        elasticsearch(writes=True).refresh()


def _version(kind: OutboxKind, number: int) -> int:
    """The version to send; of what is no longer in the database one that nothing can be newer than."""
    known: int | None
    if kind == OutboxKind.PLACE:
        known = Place.objects.filter(pk=number).values_list("search_version", flat=True).first()
    else:
        known = ConsultationWindow.objects.filter(pk=number).values_list("search_version", flat=True).first()
    return known or 2**40


@dataclass
class Status:
    """What the desk and `search_status` show."""

    engine: str
    analysis: str
    is_current: bool
    places: int
    pending: int
    # Seconds since the oldest change that has not been sent; 0 when nothing waits.
    lag_seconds: int
    differing: int | None
    cluster: dict[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def status() -> Status:
    """Never raises because of the cluster: what it does not tell stays None."""
    oldest = Outbox.objects.aggregate(at=Min("made_at"))["at"]
    cluster: dict[str, Any] = {}
    differing: int | None
    try:
        differing = sum(drift.total for drift in drifts())
        if uses_elasticsearch():
            cluster = elasticsearch().facts()
    except (Unreachable, Refused) as error:
        differing = None
        cluster = {"answers": False, "why": str(error)}
    return Status(
        engine="elasticsearch" if uses_elasticsearch() else "embedded",
        analysis=analysis_version(),
        is_current=embedded().is_current() and cluster.get("is_current", True),
        places=len(embedded().versions()),
        pending=Outbox.objects.count(),
        lag_seconds=int((timezone.now() - oldest).total_seconds()) if oldest else 0,
        differing=differing,
        cluster=cluster,
    )
