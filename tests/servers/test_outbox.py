"""A change reaches the cluster once it is saved, never before, and the later one wins."""

import pytest
from django.db import transaction

from directory.actions.places import withdraw
from search.engines import engine
from search.indexing import documents, searchable
from search.models import Outbox
from search.outbox import drain
from search.query import Query
from tests.search.people import Town
from tests.servers.conftest import Cluster, touch

pytestmark = pytest.mark.django_db


def found(words: str) -> set[int]:
    results = engine().search(Query(words=words))
    assert results.engine == "elasticsearch", results.notice
    return {hit.place for hit in results.hits if not hit.relaxed}


def test_a_change_waits_in_the_outbox_until_it_is_sent(sent_town: Town, cluster: Cluster) -> None:
    place = sent_town.meal
    place.name, place.yomi = "地域食堂 つきあかり", "ちいきしょくどう つきあかり"
    place.save()
    touch(place)
    assert Outbox.objects.get().object_id == place.pk
    assert not found("つきあかり")
    cluster.sent()
    assert found("つきあかり") == {place.pk}
    assert not Outbox.objects.exists()


def test_what_is_rolled_back_never_arrives(sent_town: Town, cluster: Cluster) -> None:
    class Broken(Exception):
        pass

    with pytest.raises(Broken), transaction.atomic():
        sent_town.meal.name = "まぼろしの食堂"
        sent_town.meal.save()
        touch(sent_town.meal)
        raise Broken
    assert not Outbox.objects.exists()
    cluster.sent()
    assert not found("まぼろし")


def test_a_withdrawn_place_is_gone_and_an_older_write_does_not_bring_it_back(sent_town: Town, cluster: Cluster) -> None:
    place = sent_town.market
    old = list(documents(searchable().filter(pk=place.pk)))
    withdraw(place=place, note="終わりました", by=sent_town.ren)
    cluster.sent()
    assert not found("川西の朝市")
    told = list(cluster.engine.write(old, cluster.engine.targets()))
    cluster.engine.refresh()
    assert told == [(place.pk, "")]
    assert not found("川西の朝市")


def test_of_two_writes_the_newer_text_stays(sent_town: Town, cluster: Cluster) -> None:
    place = sent_town.meal
    old = list(documents(searchable().filter(pk=place.pk)))
    place.name = "地域食堂 あさひ"
    place.save()
    touch(place)
    cluster.sent()
    list(cluster.engine.write(old, cluster.engine.targets()))
    cluster.engine.refresh()
    assert found("あさひ") == {place.pk}


def test_a_change_during_the_sending_is_sent_as_well(sent_town: Town, cluster: Cluster) -> None:
    touch(sent_town.meal)
    done = drain(before_send=lambda: touch(sent_town.meal))
    assert done.sent == 1
    waiting = Outbox.objects.get()
    sent_town.meal.refresh_from_db()
    assert waiting.version == sent_town.meal.search_version
    cluster.sent()
    assert not Outbox.objects.exists()


def test_the_cluster_holds_no_staff_words(sent_town: Town, cluster: Cluster) -> None:
    source = cluster.engine.client.search(index=cluster.alias, size=100).body
    assert len(source["hits"]["hits"]) == 3
    known = {"id", "version", "towns", "district", "wants", "kinds", "yes", "no", "weekdays", "confirmed", "location",
             "name_sound", "times", "openings", "name", "yomi", "sounds", "district_words", "activities"}  # fmt: skip
    for hit in source["hits"]["hits"]:
        assert set(hit["_source"]) <= known
