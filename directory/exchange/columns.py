"""Headings of municipal files and what they mean: the standard lists, the earlier city style, and events."""

from collections.abc import Iterable
from enum import Enum

from directory.choices import PlaceKind


class Shape(Enum):
    """A family of files. The value is stored with the import and shown to staff."""

    FACILITIES_OLD = "公共施設一覧（旧）"
    FACILITIES_NEW = "公共施設一覧（新）"
    CHILDREN_MEALS = "子ども食堂一覧"
    KAYOI = "通いの場一覧"
    CITY_STYLE = "施設一覧（英語の見出し）"
    EVENTS = "イベント一覧"
    UNKNOWN = "知らない形"

    @property
    def kind(self) -> PlaceKind | None:
        """The kind of place that the file itself stands for."""
        return {Shape.CHILDREN_MEALS: PlaceKind.CHILDREN_MEAL, Shape.KAYOI: PlaceKind.KAYOI}.get(self)


# Headings as they stand in files, after NFKC and without blanks → our field. デジタル庁 自治体標準オープンデータセット.
_FIELDS: dict[str, list[str]] = {
    "row_id": ["#property", "NO", "No", "no", "No.", "№", "ID", "番号", "整理番号"],
    "town_code": ["都道府県コード又は市区町村コード", "全国地方公共団体コード", "prefCode", "市区町村コード"],
    "prefecture": ["都道府県名", "都道府県", "pref"],
    "town": ["市区町村名", "地方公共団体名", "cityName", "市町村名"],
    "name": [
        "name", "名称", "施設名", "施設名称", "通いの場名", "通いの場の名称", "子ども食堂名", "活動名", "グループ名",
    ],
    "kana": ["名称_カナ", "名称カナ", "名称(カナ)", "フリガナ", "ふりがな", "よみ", "名称_かな", "施設名_カナ"],
    "alias": ["名称_通称", "通称"],
    "address": ["address", "住所", "所在地", "所在地_連結表記", "会場住所", "開催場所住所"],
    "address_pref": ["所在地_都道府県"],
    "address_town": ["所在地_市区町村"],
    "address_area": ["所在地_町字", "townName"],
    "address_number": ["所在地_番地以下"],
    "building": ["方書", "建物名等(方書)", "buildingName", "建物名", "会場", "会場名", "開催場所"],
    "postal_code": ["郵便番号"],
    "latitude": ["latitude", "緯度"],
    "longitude": ["longitude", "経度"],
    "location": ["location"],
    "phone": [
        "telephoneNumber", "電話番号", "電話番号1", "電話", "TEL", "連絡先", "連絡先電話番号", "問合せ先電話番号",
    ],
    "phone_label": ["電話番号1_連絡先備考"],
    "phone2": ["電話番号2"],
    "phone2_label": ["電話番号2_連絡先備考"],
    "extension": ["内線番号"],
    "fax": ["FAX番号", "FAX", "ファクス番号"],
    "mail": ["連絡先メールアドレス", "メールアドレス", "メールアドレス1"],
    "mail_label": ["メールアドレス1_連絡先備考"],
    "mail2": ["メールアドレス2"],
    "mail2_label": ["メールアドレス2_連絡先備考"],
    "url": ["URL", "referenceObject", "ホームページ", "ウェブサイト"],
    "form_url": ["連絡先FormURL"],
    "corporate_number": ["法人番号"],
    "organization": ["団体名", "運営団体名", "運営団体", "実施団体", "実施主体", "主催", "organizer"],
    "days": ["availableDate", "利用可能曜日", "開催曜日", "曜日", "活動曜日"],
    "begins": ["startTime", "開始時間", "開催開始時間", "利用開始時間"],
    "ends": ["endTime", "終了時間", "開催終了時間", "利用終了時間"],
    "opening_note": [
        "availableDateNote", "利用可能日時特記事項", "利用可能時間特記事項", "開催日時特記事項", "日時備考",
    ],
    "frequency": ["開催頻度", "頻度", "活動頻度"],
    "dates": ["開催日", "活動日", "日時", "開催日時", "活動日時"],
    "purpose": ["設置目的"],
    "description": ["説明", "note", "活動内容", "内容", "概要", "overview"],
    "service": ["service"],
    "remarks": ["備考", "その他"],
    "who": ["参加条件", "対象", "対象者"],
    "cost_adult": ["参加費_大人"],
    "cost_infant": ["参加費_幼児"],
    "cost_primary": ["参加費_小学生"],
    "cost_middle": ["参加費_中学生"],
    "cost_high": ["参加費_高校生"],
    "cost_note": ["参加費特記事項", "料金", "参加費", "料金(詳細)"],
    "booking_way": ["予約方法", "申込方法"],
    "booking_note": ["予約特記事項"],
    "capacity": ["定員", "capacity"],
    "barrier_free": ["バリアフリー情報(;)", "バリアフリー情報"],
    "wheelchair": ["車椅子可"],
    "accessible_toilet": ["バリアフリートイレ", "多目的トイレ"],
    "elevator": ["エレベーター", "バリアフリーエレベーター"],
    "parking": ["駐車場", "優先駐車場", "駐車場の有無"],
    "assistance_dog": ["補助犬可", "補助犬同伴"],
    "hearing_support": ["筆談対応"],
    "nursing_room": ["授乳室"],
    "eating_ok": ["飲食可否"],
    "event": ["行事名", "eventName", "イベント名"],
    "venue": ["venue", "場所名称", "会場名称"],
    "starts_on": ["startDate", "開始日"],
    "ends_on": ["endDate", "終了日"],
}  # fmt: skip
_MEANING = {heading: name for name, headings in _FIELDS.items() for heading in headings}
# Files whose place is named by the group that meets there.
_KAYOI_SIGNS = {"通いの場名", "通いの場の名称", "活動内容", "活動頻度", "頻度"}


def field_of(heading: str) -> str | None:
    """Our field for a heading, or None for a column we keep no place for."""
    return _MEANING.get(heading)


def shape_of(headings: Iterable[str]) -> Shape:
    """The family that a row of headings belongs to; UNKNOWN when there is no name among them."""
    given = set(headings)
    known = {name for heading in given if (name := field_of(heading))}
    if "event" in known and known & {"starts_on", "dates", "venue"}:
        return Shape.EVENTS
    if "name" not in known or len(known) < 2:
        return Shape.UNKNOWN
    if given & {"開催頻度", "実施支援の主な区分", "参加費_大人"}:
        return Shape.CHILDREN_MEALS
    if "所在地_連結表記" in given or {"利用可能時間特記事項", "全国地方公共団体コード"} <= given:
        return Shape.FACILITIES_NEW
    if given & {"availableDate", "telephoneNumber", "referenceObject", "address"}:
        return Shape.CITY_STYLE
    if given & _KAYOI_SIGNS:
        return Shape.KAYOI
    return Shape.FACILITIES_OLD
