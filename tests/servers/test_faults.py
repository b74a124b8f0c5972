"""Whatever the cluster does, the page answers, says so, and nothing is lost; afterwards index and database agree."""

import threading
from typing import Any

import pytest
from django.test import Client

import search.engines as engines
from search.drift import drifts, mend
from search.engines.guarded import Breaker
from search.models import Outbox
from search.outbox import drain
from search.query import Query
from tests.search.people import Town
from tests.servers.conftest import Cluster, touch
from tests.servers.proxy import FaultyProxy

pytestmark = pytest.mark.django_db
FAULTS = ["refuse", "503", "hang", "cut", "slow", "partial", "nonsense"]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_question_is_answered_by_the_fallback_and_the_page_says_so(
    sent_town: Town, cluster: Cluster, proxy: FaultyProxy, fault: str
) -> None:
    pages = cluster.through(proxy)
    assert pages.search(Query(words="食堂")).engine == "elasticsearch"
    proxy.fault = fault
    answer = pages.search(Query(words="食堂"))
    assert {hit.place for hit in answer.hits} == {sent_town.meal.pk}
    assert (answer.engine, bool(answer.notice)) == ("embedded", True)
    assert pages.suggest("ちいき") == ["地域食堂 ひだまり"]
    proxy.fault = ""
    healed = pages.search(Query(words="食堂"))
    assert (healed.engine, healed.notice) == ("elasticsearch", "")


def test_a_hung_node_costs_one_waiting_question_not_every_one(
    sent_town: Town, cluster: Cluster, proxy: FaultyProxy
) -> None:
    pages = cluster.through(proxy, pause=60)
    pages.search(Query(words="食堂"))
    proxy.fault, proxy.requests = "hang", 0
    answers = [pages.search(Query(words="食堂")) for _ in range(6)]
    assert proxy.requests == 1
    assert all(answer.notice and answer.hits for answer in answers)


def test_while_one_question_tries_again_the_others_do_not_wait() -> None:
    breaker = Breaker(pause=0)
    first = breaker.enter()
    assert first is not None
    breaker.leave(first, failed=True)
    probe = breaker.enter()
    assert probe is not None
    assert breaker.enter() is None
    breaker.leave(probe, failed=False)
    assert breaker.enter() is not None


def test_the_breaker_counts_right_under_many_threads() -> None:
    breaker = Breaker(pause=60)
    tickets: list[Any] = []

    def ask() -> None:
        ticket = breaker.enter()
        if ticket is not None:
            tickets.append(ticket)
            breaker.leave(ticket, failed=True)

    threads = [threading.Thread(target=ask) for _ in range(32)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert breaker.is_open
    assert breaker.enter() is None
    assert tickets


def test_a_missing_alias_and_another_analysis_are_told_with_what_mends_them(
    sent_town: Town, cluster: Cluster, proxy: FaultyProxy
) -> None:
    pages = cluster.through(proxy)
    index = cluster.engine.indices(cluster.alias)[0]
    cluster.engine.set_meta(index, analysis="another")
    answer = pages.search(Query(words="食堂"))
    assert (answer.engine, len(answer.hits)) == ("embedded", 1)
    cluster.engine.client.indices.delete(index=index)
    assert pages.search(Query(words="食堂")).notice


@pytest.mark.parametrize("fault", ["refuse", "503", "hang", "cut", "nonsense"])
def test_saving_succeeds_and_nothing_is_lost(
    sent_town: Town, cluster: Cluster, proxy: FaultyProxy, settings: Any, fault: str
) -> None:
    settings.ELASTICSEARCH_URL = proxy.url
    engines.elasticsearch.cache_clear()
    writer = engines.elasticsearch(writes=True)
    writer.client = writer.client.options(request_timeout=0.5)
    whole = cluster.url
    proxy.fault = fault
    sent_town.meal.name = "地域食堂 こもれび"
    sent_town.meal.save()
    touch(sent_town.meal)
    done = drain()
    assert (done.sent, done.failed) == (0, 1)
    waiting = Outbox.objects.get()
    assert waiting.attempts == 1 and waiting.error
    assert "こもれび" not in waiting.error
    proxy.fault = ""
    Outbox.objects.update(try_at=waiting.made_at)
    assert drain().sent == 1
    settings.ELASTICSEARCH_URL = whole
    engines.elasticsearch.cache_clear()
    cluster.engine.refresh()
    assert sum(drift.total for drift in drifts()) == 0


def test_a_full_disk_on_the_cluster_keeps_the_change_waiting(sent_town: Town, cluster: Cluster) -> None:
    index = cluster.engine.indices(cluster.alias)[0]
    indices = cluster.engine.client.indices
    indices.put_settings(index=index, settings={"index.blocks.read_only_allow_delete": True})
    touch(sent_town.meal)
    assert drain().failed == 1
    assert "block" in Outbox.objects.get().error
    indices.put_settings(index=index, settings={"index.blocks.read_only_allow_delete": None})
    Outbox.objects.update(try_at=Outbox.objects.get().made_at)
    cluster.sent()
    assert sum(drift.total for drift in drifts()) == 0


def test_the_doctor_finds_and_mends_what_somebody_changed_by_hand(sent_town: Town, cluster: Cluster) -> None:
    client = cluster.engine.client
    client.delete(index=cluster.alias, id=str(sent_town.meal.pk))
    client.index(index=cluster.alias, id="987654", document={"id": 987654, "version": 3, "name": "ない場"})
    touch(sent_town.market)
    Outbox.objects.all().delete()
    cluster.engine.refresh()
    found = next(drift for drift in drifts() if drift.index == "elasticsearch")
    assert (found.missing, found.left_over, found.older) == ([sent_town.meal.pk], [987654], [sent_town.market.pk])
    mend(drifts())
    assert sum(drift.total for drift in drifts()) == 0


def test_the_search_page_shows_the_sentence(sent_town: Town, cluster: Cluster, settings: Any, client: Client) -> None:
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
    engines.elasticsearch.cache_clear()
    engines._guarded.cache_clear()
    client.cookies["town"] = sent_town.municipality.code
    body = client.get("/search/?q=食堂").content.decode()
    assert "別のしくみで答えています" in body
    assert "地域食堂 ひだまり" in body
    settings.ELASTICSEARCH_URL = cluster.url
    engines.elasticsearch.cache_clear()
