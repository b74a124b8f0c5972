"""Building an index anew from the database, beside the one that answers."""

import logging
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from directory.models import ConsultationWindow

from .document import Document
from .engines import embedded
from .engines.errors import Refused
from .indexing import Rolled, documents, searchable, window_documents
from .query import Query
from .text import analysis_version

if TYPE_CHECKING:
    from .engines.elastic import ElasticsearchEngine

log = logging.getLogger(__name__)
CHUNK = 500
# How many places are looked up by their names in a new index before it may answer.
GOLDEN = 5
Progress = Callable[[int, int], None]


def _silent(done: int, total: int) -> None:
    """Nobody watches."""


def rebuild_embedded(progress: Progress = _silent) -> int:
    """All places and windows in one transaction: whoever asks meanwhile is answered by the old index, and a crash
    leaves it. Returns how many places."""
    target = embedded()
    total = searchable().count()

    def counted() -> Iterator[Document]:
        for done, document in enumerate(documents(searchable()), 1):
            yield document
            if done % 50 == 0 or done == total:
                progress(done, total)

    with target.store.writing():
        target.clear()
        written = target.index(counted())
        target.index_windows(window_documents(ConsultationWindow.objects.published()))
        Rolled.mark()
    return written


def rebuild_elasticsearch(target: "ElasticsearchEngine", progress: Progress = _silent) -> int:
    """A new index beside the old one, which goes on answering; then one change of the alias. Returns how many places.

    What is saved meanwhile is written to both. A build that was broken off is taken up where it stood, unless the
    analysis has changed since; at no point does the alias lead to an incomplete index.
    """
    name, after = _building(target)
    total = searchable().count()
    done = searchable().filter(pk__lte=after).count()
    progress(done, total)
    while True:
        chunk = list(searchable().filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:CHUNK])
        if not chunk:
            break
        failed = [error for _n, error in target.write(documents(searchable().filter(pk__in=chunk)), [name]) if error]
        if failed:
            raise Refused(f"{len(failed)} places could not be written ({failed[0]}); run it again to go on")
        after = chunk[-1]
        target.set_meta(name, built_until=after)
        done += len(chunk)
        progress(min(done, total), total)
    _verify(target, name)
    _swap(target, name)
    return done


def _building(target: "ElasticsearchEngine") -> tuple[str, int]:
    """(name of the index to fill, number of the last place in it)."""
    for name in target.indices(target.building):
        meta = target.meta(name)
        if meta.get("analysis") == analysis_version():
            return name, int(meta.get("built_until", 0))
        target.client.indices.delete(index=name)
    name = f"{target.alias}-{timezone.now():%Y%m%d%H%M%S%f}"
    target.create(name)
    target.client.indices.put_alias(index=name, name=target.building)
    return name, 0


def _verify(target: "ElasticsearchEngine", name: str) -> None:
    """Counts, and some places by their own names, before anybody is answered from it."""
    target.client.indices.refresh(index=name)
    inside = int(target.client.count(index=name)["count"])
    wanted = searchable().count()
    # Places that came or went during the build have been written to both indices; a tenth of them missing has not.
    if inside < wanted * 0.99 - GOLDEN:
        raise Refused(f"the new index holds {inside} places of {wanted}; it was not put to use")
    asked = type(target)(target.client, name, target.beside, seconds=30)
    for place in searchable().order_by("-confirmed_on", "pk")[:GOLDEN]:
        query = Query(words=place.name, municipalities=(place.municipality_id,), size=50)
        if place.pk not in {hit.place for hit in asked.search(query).hits}:
            raise Refused(f"the new index does not find place {place.pk} by its name; it was not put to use")


def _swap(target: "ElasticsearchEngine", name: str) -> None:
    """One change of aliases; the old index stays for going back, older ones go."""
    old = target.indices(target.alias)
    actions: list[dict[str, Any]] = [{"remove": {"index": one, "alias": target.alias}} for one in old]
    actions += [{"remove": {"index": one, "alias": target.previous}} for one in target.indices(target.previous)]
    actions += [{"add": {"index": one, "alias": target.previous}} for one in old]
    actions += [
        {"remove": {"index": name, "alias": target.building}},
        {"add": {"index": name, "alias": target.alias}},
    ]
    target.client.indices.update_aliases(actions=actions)
    clean_orphans(target)


def clean_orphans(target: "ElasticsearchEngine") -> list[str]:
    """Delete indices of ours that no alias leads to: left over from builds that were given up."""
    kept = {one for alias in (target.alias, target.building, target.previous) for one in target.indices(alias)}
    ours = target.client.indices.get(index=f"{target.alias}-2*", expand_wildcards="open").body
    orphans = sorted(set(ours) - kept)
    for name in orphans:
        target.client.indices.delete(index=name)
    return orphans


def roll_back(target: "ElasticsearchEngine") -> str:
    """Let the index before answer again; what has changed since is sent once more by the outbox. Returns its name."""
    from .outbox import note_everything

    previous, current = target.indices(target.previous), target.indices(target.alias)
    if not previous:
        raise Refused("there is no earlier index to go back to")
    if target.meta(previous[0]).get("analysis") != analysis_version():
        raise Refused("the earlier index was made by another analysis; build a new one")
    target.client.indices.update_aliases(
        actions=[
            *[{"remove": {"index": one, "alias": target.alias}} for one in current],
            {"remove": {"index": previous[0], "alias": target.previous}},
            *[{"add": {"index": one, "alias": target.previous}} for one in current],
            {"add": {"index": previous[0], "alias": target.alias}},
        ]
    )
    note_everything()
    return previous[0]


def rebuild(progress: Progress = _silent) -> int:
    """What this site has: the embedded index always, and the one on the cluster where there is one."""
    from .engines import elasticsearch, uses_elasticsearch

    written = rebuild_embedded(progress)
    if uses_elasticsearch():
        written = rebuild_elasticsearch(elasticsearch(writes=True), progress)
    return written
