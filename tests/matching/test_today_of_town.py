"""今日 of somebody who sees the whole town: numbers by worker, and the talks about places to be."""

from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from matching.actions import prospects
from matching.models import Client, Event
from matching.today.town import Load, loads_of, talks_of
from tests.matching.cast import Cast, a_key

pytestmark = pytest.mark.django_db


def due(client: Client, days: int) -> None:
    Client.objects.filter(pk=client.pk).update(next_on=timezone.localdate() + timedelta(days=days))


def test_people_are_counted_by_worker_without_being_shown(cast: Cast) -> None:
    for days in (-3, -1, 0, 7, 8):
        due(cast.a_client(), days)
    other = cast.a_client(main_worker=cast.kita, office=cast.other_office)
    due(other, 2)
    hidden = cast.a_client(is_protected=True)
    due(hidden, 0)
    assert loads_of(cast.nakano, on=timezone.localdate()) == [
        Load(worker="佐倉", late=2, today=1, soon=1, people=5),
        Load(worker="喜多", late=0, today=0, soon=1, people=1),
    ]
    browser = Browser()
    browser.force_login(cast.nakano)
    html = browser.get(reverse("desk_today")).content.decode()
    assert "佐倉" in html and "町ぜんたい" in html and other.number not in html
    assert Event.objects.filter(action="clients.listed").latest("pk").details["clients"] == []


def test_a_caseworker_sees_no_counts_of_others(cast: Cast) -> None:
    browser = Browser()
    browser.force_login(cast.sakura)
    assert "町ぜんたい" not in browser.get(reverse("desk_today")).content.decode()


def test_ones_own_talks_about_places_stand_there_until_they_are_over(cast: Cast) -> None:
    today = timezone.localdate()
    card = prospects.make(
        municipality=cast.town,
        idea=prospects.Idea(name="駅前の喫茶店", idea="奥の席", district=None, remedies=["人数・音"]),
        worker=cast.nakano,
        by=cast.nakano,
        form_key=a_key(),
    )
    type(card).objects.filter(pk=card.pk).update(next_on=today - timedelta(days=1))
    assert list(talks_of(cast.nakano, on=today)) == [card] and not talks_of(cast.kanri, on=today)
    browser = Browser()
    browser.force_login(cast.nakano)
    assert "駅前の喫茶店" in browser.get(reverse("desk_today")).content.decode()
    type(card).objects.filter(pk=card.pk).update(next_on=today + timedelta(days=8))
    assert not talks_of(cast.nakano, on=today)
