"""A new index is built beside the old one; whenever it is broken off, the old one answers."""

from typing import Any

import pytest

from search import rebuilding
from search.drift import drifts
from search.engines import engine
from search.engines.errors import Refused
from search.outbox import drain
from search.query import Query
from search.rebuilding import rebuild_elasticsearch, roll_back
from tests.search.people import Town
from tests.servers.conftest import Cluster, touch

pytestmark = pytest.mark.django_db


def answers() -> bool:
    found = engine().search(Query(words="食堂"))
    return found.engine == "elasticsearch" and len(found.hits) == 1


def test_the_alias_moves_at_once_and_the_old_index_is_kept_for_going_back(sent_town: Town, cluster: Cluster) -> None:
    target = cluster.engine
    first = target.indices(target.alias)
    assert rebuild_elasticsearch(target) == 3
    second = target.indices(target.alias)
    assert second != first
    assert target.indices(target.previous) == first
    assert target.indices(target.building) == []
    rebuild_elasticsearch(target)
    assert target.indices(target.previous) == second
    ours = target.client.indices.get(index=f"{target.alias}-2*").body
    assert len(ours) == 2
    touch(sent_town.meal)
    cluster.sent()
    assert roll_back(target) == second[0]
    cluster.sent()
    assert answers()
    assert sum(drift.total for drift in drifts()) == 0


def test_a_build_that_was_broken_off_is_taken_up_where_it_stood(
    sent_town: Town, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rebuilding, "CHUNK", 1)
    seen: list[int] = []

    def breaks(done: int, total: int) -> None:
        seen.append(done)
        if done == 2 and len(seen) < 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild_elasticsearch(cluster.engine, breaks)
    assert answers()
    half = cluster.engine.indices(cluster.engine.building)
    seen.clear()
    rebuild_elasticsearch(cluster.engine, lambda done, total: seen.append(done))
    assert seen == [2, 3]
    assert cluster.engine.indices(cluster.alias) == half
    assert answers()


def test_what_is_saved_during_the_build_is_in_the_new_index(
    sent_town: Town, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rebuilding, "CHUNK", 1)
    changed: list[Any] = []

    def meanwhile(done: int, total: int) -> None:
        if done == 2 and not changed:
            # The first place is in the new index already; it changes now, and the worker runs.
            first = min([sent_town.meal, sent_town.market, sent_town.exercise], key=lambda place: place.pk)
            first.name = "あたらしい名前の食堂"
            first.save()
            touch(first)
            changed.append(first)
            assert drain().sent == 1

    rebuild_elasticsearch(cluster.engine, meanwhile)
    cluster.engine.refresh()
    found = engine().search(Query(words="あたらしい名前"))
    assert changed[0].pk in {hit.place for hit in found.hits}
    assert sum(drift.total for drift in drifts()) == 0


def test_an_index_that_lacks_places_is_not_put_to_use(
    sent_town: Town, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = cluster.engine.indices(cluster.alias)
    monkeypatch.setattr(rebuilding, "GOLDEN", 3)
    target = cluster.engine
    original = target.write

    def loses_one(documents: Any, indices: list[str], **options: Any) -> Any:
        kept = [document for document in documents if document.id != sent_town.meal.pk]
        return original(kept, indices, **options)

    monkeypatch.setattr(target, "write", loses_one)
    with pytest.raises(Refused, match="not put to use"):
        rebuild_elasticsearch(target)
    assert target.indices(target.alias) == before
    assert answers()
