"""Makes municipal files as towns really send them: the standard lists, filled with an invented town, and their mess."""

import csv
import io
from collections.abc import Iterable, Sequence

FACILITIES_NEW = [
    "全国地方公共団体コード",
    "ID",
    "地方公共団体名",
    "名称",
    "名称_カナ",
    "名称_英字",
    "名称_通称",
    "POIコード",
    "所在地_全国地方公共団体コード",
    "町字ID",
    "所在地_連結表記",
    "所在地_都道府県",
    "所在地_市区町村",
    "所在地_町字",
    "所在地_番地以下",
    "建物名等(方書)",
    "緯度",
    "経度",
    "高度の種別",
    "高度の値",
    "電話番号",
    "内線番号",
    "連絡先メールアドレス",
    "連絡先FormURL",
    "連絡先備考（その他、SNSなど）",
    "郵便番号",
    "市区町村コード",
    "地方公共団体コード",
    "法人番号",
    "団体名",
    "利用可能曜日",
    "開始時間",
    "終了時間",
    "利用可能時間特記事項",
    "説明",
    "車椅子可",
    "車椅子貸出",
    "ツエ貸出",
    "バリアフリートイレ",
    "車椅子使用者用駐車施設",
    "優先駐車場",
    "バリアフリーエレベーター",
    "オストメイト対応トイレ",
    "車椅子使用者用客席",
    "点字ブロック",
    "点字表記・案内",
    "字幕",
    "筆談対応",
    "音声案内",
    "補助犬可",
    "授乳室",
    "おむつ替えコーナー",
    "飲食可否",
    "ベビーカー貸出",
    "ベビーカー利用",
    "URL",
    "備考",
]
FACILITIES_OLD = [
    "都道府県コード又は市区町村コード",
    "NO",
    "都道府県名",
    "市区町村名",
    "名称",
    "名称_カナ",
    "名称_通称",
    "POIコード",
    "住所",
    "方書",
    "緯度",
    "経度",
    "電話番号",
    "内線番号",
    "法人番号",
    "団体名",
    "利用可能曜日",
    "開始時間",
    "終了時間",
    "利用可能日時特記事項",
    "説明",
    "バリアフリー情報(;)",
    "URL",
    "備考",
]
CHILDREN_MEALS = [
    "全国地方公共団体コード",
    "ID",
    "都道府県",
    "市区町村名",
    "名称",
    "名称_カナ",
    "設置目的",
    "実施支援の主な区分",
    "住所",
    "方書",
    "緯度",
    "経度",
    "電話番号1",
    "電話番号1_連絡先備考",
    "電話番号2",
    "電話番号2_連絡先備考",
    "内線番号",
    "FAX番号",
    "URL",
    "メールアドレス1",
    "メールアドレス1_連絡先備考",
    "メールアドレス2",
    "メールアドレス2_連絡先備考",
    "法人番号",
    "運営団体名",
    "開催頻度",
    "開催曜日",
    "開催日",
    "開催開始時間",
    "開催終了時間",
    "開催日時特記事項",
    "参加条件",
    "参加費_幼児",
    "参加費_小学生",
    "参加費_中学生",
    "参加費_高校生",
    "参加費_大人",
    "参加費特記事項",
    "予約方法",
    "予約特記事項",
    "定員",
    "フードパントリー実施",
    "テイクアウト実施",
    "学区",
    "ネットワークの加入",
    "追加情報NO",
    "画像",
    "画像_ライセンス",
    "備考",
]
KAYOI = ["NO", "通いの場の名称", "住所", "連絡先", "頻度", "活動内容"]
EVENTS = ["イベント名", "開始日", "終了日", "開始時間", "終了時間", "場所名称", "説明"]
PREAMBLE = [
    ["#LINK"],
    ["#lang", "ja"],
    ["#attribution_name", "見本町"],
    ["#license", "http://creativecommons.org/licenses/by/4.0/deed.ja"],
]


def facility(**cells: str) -> dict[str, str]:
    """One row of the new list; what is not given is as at an ordinary place."""
    return {
        "全国地方公共団体コード": "999999",
        "ID": "1",
        "名称": "見本会館",
        "名称_カナ": "ミホンカイカン",
        "所在地_連結表記": "見本町中央一丁目2番3号",
        "緯度": "34.34",
        "経度": "134.04",
        "電話番号": "087-000-0001",
        "利用可能曜日": "月火水木金",
        "開始時間": "9：00",
        "終了時間": "17：00",
        **cells,
    }


def sheet(
    headings: Sequence[str],
    rows: Iterable[dict[str, str]],
    *,
    encoding: str = "utf-8",
    delimiter: str = ",",
    preamble: Iterable[Sequence[str]] = (),
    spoil_first_heading: bool = False,
) -> bytes:
    """The bytes of a file; a cell of a heading that the list does not have is an error of the test."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=delimiter)
    writer.writerows(preamble)
    names = list(headings)
    # What a BOM looks like after a program took it for Latin-1 and saved it.
    writer.writerow([f"ï»¿{names[0]}" if spoil_first_heading else names[0], *names[1:]])
    for row in rows:
        unknown = set(row) - set(headings)
        assert not unknown, unknown
        writer.writerow([row.get(name, "") for name in headings])
    return target.getvalue().encode(encoding)
