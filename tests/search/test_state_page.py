"""The page on how search is."""

from typing import Any

import pytest
from django.test import Client as Browser
from django.utils import timezone

from directory.models import Place
from search.drift import drifts
from search.engines import embedded
from tests.search.people import Town

pytestmark = pytest.mark.django_db
ADDRESS = "/desk/search/state/"


@pytest.fixture
def town(db: None) -> Town:
    return Town()


def test_it_says_that_index_and_database_agree_or_by_how_much_they_differ(town: Town, client: Browser) -> None:
    client.force_login(town.ren)
    assert "登録と同じです" in client.get(ADDRESS).content.decode()
    embedded().remove([town.meal.pk])
    body = client.get(ADDRESS).content.decode()
    assert "登録と少しちがいます" in body and "1件" in body


def test_only_who_keeps_every_town_puts_it_right(town: Town, client: Browser) -> None:
    embedded().remove([town.meal.pk])
    client.force_login(town.ren)
    assert client.post(ADDRESS, {"do": "mend"}).status_code == 403
    assert sum(drift.total for drift in drifts()) == 1
    client.force_login(town.matome)
    answer = client.post(ADDRESS, {"do": "mend"}, follow=True)
    assert "ちがっていた1件を直しました" in answer.content.decode()
    assert sum(drift.total for drift in drifts()) == 0


def test_a_cluster_that_does_not_answer_is_told_and_breaks_nothing(town: Town, client: Browser, settings: Any) -> None:
    import search.engines as engines

    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
    engines.elasticsearch.cache_clear()
    client.force_login(town.matome)
    assert "Elasticsearchが答えません" in client.get(ADDRESS).content.decode()
    answer = client.post(ADDRESS, {"do": "mend"}, follow=True)
    assert "くらべられませんでした" in answer.content.decode()
    settings.ELASTICSEARCH_URL = ""
    engines.elasticsearch.cache_clear()


def test_a_place_that_was_withdrawn_past_us_is_taken_out(town: Town, client: Browser) -> None:
    Place.objects.filter(pk=town.meal.pk).update(state="withdrawn", withdrawn_at=timezone.now())
    client.force_login(town.matome)
    client.post(ADDRESS, {"do": "mend"})
    assert town.meal.pk not in embedded().versions()
