"""そらさん, a town with one place of each fate, and somebody at the desk."""

from datetime import time
from typing import Any

import pytest
from django.test import Client as Browser

from directory.models import Place
from matching.actions.conditions import add_wish
from matching.choices import Source, WishKind
from matching.conditions import QUESTIONS
from matching.models import Client
from tests.matching.cast import Cast

from .connecting_pages import SUNDAYS, a_place


@pytest.fixture
def sora(cast: Cast) -> Client:
    """Free on Thursdays, on foot for 30 minutes, needs a quiet corner, likes 将棋; the rest is no limit."""
    client = cast.a_client(home_point="34.301,134.001", birth_year=1990, caution="電話は午後だけ")
    cast.a_plan(client)
    said: dict[str, tuple[bool | None, Any]] = dict.fromkeys(QUESTIONS, (False, None))
    said |= {
        "means": (True, ["walk"]),
        "max_oneway_minutes": (True, 30),
        "needs_quiet_corner": (True, None),
        "wanted_group_size": (True, {"min": None, "max": 10}),
    }
    for key, (yes, value) in said.items():
        cast.a_condition(client, key, yes, value, is_important=key == "needs_quiet_corner")
    cast.free(client, 3, time(9), time(16))
    for weekday in (0, 1, 2, 4, 5, 6):
        client.free_times.create(weekday=weekday, answer=False, source=Source.SELF, recorded_by=cast.sakura)
    add_wish(client=client, kind=WishKind.INTEREST, words="将棋", source=Source.SELF, by=cast.sakura)
    return client


@pytest.fixture
def town(cast: Cast, sora: Client) -> dict[str, Place]:
    """One place of each fate. 地域食堂 ひだまり of the cast says nearly nothing of itself: 確認が必要."""
    return {
        "good": a_place(cast, "静かな将棋の部屋", "しずかなしょうぎのへや", description="落ち着いた部屋で将棋を指す。"),
        "lively": a_place(cast, "体操クラブ", "たいそうくらぶ", description="わいわい元気に体操。", usual_people=9),
        "ask": cast.place,
        "full": a_place(cast, "小さな手芸室", "ちいさなしゅげいしつ", seats=0),
        "far": a_place(cast, "山の畑", "やまのはたけ", latitude=34.6, longitude=134.3, pickup=False),
        "sunday": a_place(cast, "日曜市", "にちよういち", schedule=SUNDAYS),
        "hidden": a_place(cast, "川べりのサロン", "かわべりのさろん", description="川を見ながら将棋。"),
    }


@pytest.fixture
def desk(cast: Cast) -> Browser:
    browser = Browser()
    browser.force_login(cast.sakura)
    return browser
