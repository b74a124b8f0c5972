"""Places that do not exist, as many as wanted: names, texts, openings and spots like those of real towns.

The same seed gives the same places. Prefectures are weighted by roughly their share of the population, towns within
them lie scattered around the capital.
"""

import random
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from directory.choices import PlaceKind, Want
from search.document import ActivityText, Document, Session
from search.query import HOW
from search.times import HORIZON_DAYS

# (name, 10,000 people, latitude, longitude of the capital), rounded.
PREFECTURES = [
    ("北海道", 510, 43.06, 141.35), ("青森", 119, 40.82, 140.74), ("岩手", 117, 39.70, 141.15),
    ("宮城", 226, 38.27, 140.87), ("秋田", 92, 39.72, 140.10), ("山形", 103, 38.24, 140.36),
    ("福島", 177, 37.75, 140.47), ("茨城", 283, 36.34, 140.45), ("栃木", 190, 36.57, 139.88),
    ("群馬", 191, 36.39, 139.06), ("埼玉", 733, 35.86, 139.65), ("千葉", 626, 35.61, 140.12),
    ("東京", 1410, 35.69, 139.69), ("神奈川", 923, 35.45, 139.64), ("新潟", 213, 37.90, 139.02),
    ("富山", 101, 36.70, 137.21), ("石川", 111, 36.59, 136.63), ("福井", 74, 36.07, 136.22),
    ("山梨", 80, 35.66, 138.57), ("長野", 200, 36.65, 138.18), ("岐阜", 193, 35.39, 136.72),
    ("静岡", 356, 34.98, 138.38), ("愛知", 748, 35.18, 136.91), ("三重", 173, 34.73, 136.51),
    ("滋賀", 141, 35.00, 135.87), ("京都", 254, 35.02, 135.76), ("大阪", 876, 34.69, 135.52),
    ("兵庫", 537, 34.69, 135.18), ("奈良", 130, 34.69, 135.83), ("和歌山", 89, 34.23, 135.17),
    ("鳥取", 54, 35.50, 134.24), ("島根", 65, 35.47, 133.05), ("岡山", 185, 34.66, 133.93),
    ("広島", 274, 34.40, 132.46), ("山口", 130, 34.19, 131.47), ("徳島", 70, 34.07, 134.56),
    ("香川", 93, 34.34, 134.04), ("愛媛", 129, 33.84, 132.77), ("高知", 67, 33.56, 133.53),
    ("福岡", 510, 33.61, 130.42), ("佐賀", 80, 33.25, 130.30), ("長崎", 127, 32.74, 129.87),
    ("熊本", 171, 32.79, 130.74), ("大分", 110, 33.24, 131.61), ("宮崎", 104, 31.91, 131.42),
    ("鹿児島", 155, 31.56, 130.56), ("沖縄", 147, 26.21, 127.68),
]  # fmt: skip
TOWNS_A_PREFECTURE = 37
HEADS = (
    "ひまわり", "たんぽぽ", "さくら", "つくし", "すずらん", "こすもす", "あじさい", "なのはな", "もみじ",
    "けやき", "いちょう", "くすのき", "ひばり", "つばめ", "かもめ", "めだか", "ほたる", "とんぼ",
    "ひだまり", "そよかぜ", "こもれび", "せせらぎ", "みちくさ", "よりみち", "ひとやすみ",
)  # fmt: skip
# (kind of thing, reading, what is done there, what it is tagged)
THINGS = [
    ("サロン", "さろん", "お茶を飲みながら話す", "茶話会 高齢者"),
    ("子ども食堂", "こどもしょくどう", "みんなで夕ごはんを食べる", "食事 子ども"),
    ("地域食堂", "ちいきしょくどう", "昼ごはんをいっしょに作って食べる", "食事 多世代"),
    ("百歳体操", "ひゃくさいたいそう", "いすに座って体を動かす", "体操 介護予防"),
    ("野菜市", "やさいいち", "朝とれた野菜を並べて売る", "野菜 販売"),
    ("囲碁の会", "いごのかい", "囲碁や将棋をさす", "囲碁 将棋 趣味"),
    ("手芸の部屋", "しゅげいのへや", "編み物や縫い物をする", "手芸 ものづくり"),
    ("畑クラブ", "はたけくらぶ", "畑で野菜を育てる", "畑 農作業"),
    ("さんぽ会", "さんぽかい", "川べりを歩く", "散歩 健康"),
    ("認知症カフェ", "にんちしょうかふぇ", "本人と家族がゆっくり過ごす", "認知症 家族"),
    ("学習支援教室", "がくしゅうしえんきょうしつ", "宿題をいっしょにする", "学習 子ども"),
    ("日本語教室", "にほんごきょうしつ", "やさしい日本語で話す", "日本語 外国人"),
    ("居場所", "いばしょ", "好きなことをして過ごす", "居場所 若者"),
    ("親子ひろば", "おやこひろば", "赤ちゃんと遊ぶ", "子育て 親子"),
    ("うたごえ喫茶", "うたごえきっさ", "なつかしい歌を歌う", "歌 音楽"),
    ("健康麻雀", "けんこうまーじゃん", "飲まない吸わない賭けない麻雀", "麻雀 趣味"),
    ("スマホ教室", "すまほきょうしつ", "電話やメールの使い方を習う", "スマホ 学び"),
    ("しごと体験", "しごとたいけん", "袋づめや箱折りを短い時間から", "就労体験 作業"),
    ("おもちゃ病院", "おもちゃびょういん", "こわれたおもちゃを直す", "修理 ボランティア"),
    ("読み聞かせの会", "よみきかせのかい", "子どもに本を読む", "本 ボランティア"),
]
LEADS = (
    "ひとりでも入りやすい", "見るだけでもかまいません", "話さなくてもだいじょうぶ", "予約はいりません",
    "はじめての人には世話役が声をかけます", "段差がなく車いすで入れます", "子ども連れで来られます",
    "帰りたい時に帰れます", "手伝ってくれる人を待っています", "送り迎えは相談してください",
)  # fmt: skip
WHO = ("高齢の人が多いです", "若い人も来ます", "親子が中心です", "だれでも来られます", "男性も多いです")
BEGINS = (time(9, 30), time(10, 0), time(13, 0), time(13, 30), time(14, 0), time(17, 0), time(18, 0))


def town_count() -> int:
    return len(PREFECTURES) * TOWNS_A_PREFECTURE


def made_up(number: int, *, seed: int = 1, today: date) -> Iterator[Document]:
    """`number` places with numbers from 1."""
    chance = random.Random(seed)
    weights = [people for _name, people, _latitude, _longitude in PREFECTURES]
    for place in range(1, number + 1):
        area = chance.choices(range(len(PREFECTURES)), weights)[0]
        yield _place(chance, place, area, today)


def _place(chance: random.Random, number: int, area: int, today: date) -> Document:
    prefecture, _people, latitude, longitude = PREFECTURES[area]
    town = chance.randrange(TOWNS_A_PREFECTURE)
    thing, reading, doing, tags = chance.choice(THINGS)
    other, _reading, also, _tags = chance.choice(THINGS)
    head = chance.choice(HEADS)
    leads = chance.sample(LEADS, 3)
    weekday, begins = chance.randrange(7), chance.choice(BEGINS)
    yes = {name for name in HOW if chance.random() < 0.3}
    no = {name for name in HOW if name not in yes and chance.random() < 0.2}
    return Document(
        id=number,
        version=1,
        municipality=area * TOWNS_A_PREFECTURE + town + 1,
        code=f"{number:06d}",
        name=f"{head}{thing}{number % 97}",
        yomi=f"{head}{reading}",
        kind=chance.choice(PlaceKind.values),
        kind_words=thing,
        lead=f"{doing}{thing}です。{leads[0]}。",
        body=f"{also}こともあります。{leads[1]}。{leads[2]}。{chance.choice(WHO)}。{prefecture}の町なかで開いています。",
        district=area * TOWNS_A_PREFECTURE * 5 + town * 5 + chance.randrange(5) + 1,
        district_words=f"{prefecture}第{town + 1}地区",
        tags=tuple(tags.split()),
        activities=(ActivityText(number * 2, f"{head}{thing}", doing), ActivityText(number * 2 + 1, other, also)),
        wants=tuple(sorted(chance.sample(Want.values, 2))),
        yes=frozenset(yes),
        no=frozenset(no),
        cost_yen=chance.choice((0, 0, 100, 200, 300, 500)),
        # A town is a few kilometres wide, and its prefecture some tens.
        latitude=latitude + (town % 6 - 3) * 0.08 + chance.gauss(0, 0.02),
        longitude=longitude + (town // 6 - 3) * 0.08 + chance.gauss(0, 0.02),
        confirmed_on=today - timedelta(days=chance.randrange(400)),
        opening_words="",
        sessions=tuple(_sessions(number * 2, weekday, begins, chance.choice((1, 1, 2, 4)), today)),
        weekdays=frozenset({weekday}),
    )


def _sessions(activity: int, weekday: int, begins: time, every: int, today: date) -> Iterator[Session]:
    """Every week, every other, or every fourth."""
    first = today + timedelta(days=(weekday - today.weekday()) % 7)
    for week in range(0, HORIZON_DAYS // 7 + every * 3, every):
        day = first + timedelta(days=week * 7)
        minutes = begins.hour * 60 + begins.minute
        starts = timezone.make_aware(datetime.combine(day, begins))
        yield Session(activity, day, starts, minutes, minutes + 120)
