"""Importing: dry first, good rows in one go, nothing twice, nothing that people did undone."""

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from directory.calendar import Schedule
from directory.choices import PlaceState
from directory.models import DuplicateCandidate, Event, ImportRun, Municipality, Place

from .messy import CHILDREN_MEALS, FACILITIES_NEW, FACILITIES_OLD, KAYOI, facility, sheet

Run = Callable[..., str]


def only_place() -> Place:
    return Place.objects.get()


def test_nothing_is_stored_before_apply(run: Run) -> None:
    said = run(apply=False, list=sheet(FACILITIES_NEW, [facility()]))
    assert "新しい 1" in said and "--apply" in said
    assert not Place.objects.exists() and not ImportRun.objects.exists() and not Event.objects.exists()


def test_a_good_row_becomes_a_listing_in_preparation_with_its_origin(run: Run) -> None:
    run(list=sheet(FACILITIES_NEW, [facility(車椅子可="可", 団体名="見本町", 授乳室="×")]))
    place = only_place()
    assert (place.name, place.yomi, place.yomi_confirmed) == ("見本会館", "みほんかいかん", True)
    assert place.state == PlaceState.PREPARING
    assert (place.latitude, place.longitude) == (34.34, 134.04)
    assert (place.wheelchair, place.nursing_room, place.elevator) == (True, False, None)
    assert (place.source, place.source_row) == ("list.csv", "1")
    assert place.organization is not None and place.organization.name == "見本町"
    activity = place.activities.get()
    assert (activity.name, activity.opening_text) == ("見本会館", "月火水木金 9：00～17：00")
    assert Schedule.from_dict(activity.schedule).sessions_on(date(2026, 11, 24)) is not None
    assert [contact.value for contact in place.contacts.all()] == ["087-000-0001"]
    assert place.import_run is not None and place.import_run.counts["created"] == 1


def test_the_second_time_nothing_changes(run: Run) -> None:
    rows = [
        facility(),
        facility(ID="", 名称="番号のない会館", 所在地_連結表記="東1-1"),
        facility(ID="3", 緯度="x", 名称="三"),
    ]
    run(list=sheet(FACILITIES_NEW, rows))
    before = list(Place.objects.order_by("pk").values())
    said = run(list=sheet(FACILITIES_NEW, rows))
    assert "新しい 0、変わった 0、同じ 3" in said
    assert list(Place.objects.order_by("pk").values()) == before
    assert ImportRun.objects.count() == 1


def test_a_row_without_a_number_is_known_by_name_and_address_in_any_spelling(run: Run) -> None:
    run(list=sheet(FACILITIES_NEW, [facility(ID="", 所在地_連結表記="見本町中央一丁目2番3号")]))
    run(list=sheet(FACILITIES_NEW, [facility(ID="", 名称="見本 会館", 所在地_連結表記="見本町中央１丁目２－３")]))
    assert only_place().name == "見本 会館"


def test_what_the_file_changed_is_changed(run: Run) -> None:
    run(list=sheet(FACILITIES_NEW, [facility()]))
    said = run(list=sheet(FACILITIES_NEW, [facility(電話番号="087-000-0002", 開始時間="10:00")]))
    place = only_place()
    assert "変わった 1" in said
    assert [contact.value for contact in place.contacts.all()] == ["087-000-0002"]
    assert "10:00" in place.activities.get().opening_text


def test_what_people_edited_stays_and_is_reported(run: Run) -> None:
    run(list=sheet(FACILITIES_NEW, [facility()]))
    Place.objects.update(description="手で書いた説明", edit_version=2)
    said = run(list=sheet(FACILITIES_NEW, [facility(説明="表の説明")]))
    assert "手で直してある" in said
    assert only_place().description == "手で書いた説明"


def test_a_reading_that_somebody_confirmed_is_not_replaced_by_a_proposal(run: Run) -> None:
    run(list=sheet(FACILITIES_NEW, [facility(名称="日置会館", 名称_カナ="")]))
    place = only_place()
    assert not place.yomi_confirmed and "yomi" in place.needs_check
    Place.objects.update(yomi="へきかいかん", yomi_confirmed=True, needs_check=["kind"])
    run(list=sheet(FACILITIES_NEW, [facility(名称="日置会館", 名称_カナ="", 説明="新しい説明")]))
    place = only_place()
    assert (place.yomi, place.yomi_confirmed, place.description) == ("へきかいかん", True, "新しい説明")
    assert place.needs_check == ["kind"]


def test_a_number_that_now_means_another_place_changes_nothing(run: Run) -> None:
    run(list=sheet(FACILITIES_NEW, [facility()]))
    said = run(list=sheet(FACILITIES_NEW, [facility(名称="まるで別の店", 所在地_連結表記="見本町北9-9")]))
    assert "番号は同じで" in said and only_place().name == "見本会館"


def test_a_place_that_left_the_file_is_reported_and_kept(run: Run) -> None:
    run(list=sheet(FACILITIES_NEW, [facility(), facility(ID="2", 名称="次の会館", 所在地_連結表記="東2-2")]))
    said = run(list=sheet(FACILITIES_NEW, [facility()]))
    assert "前の表にあって、今の表にない：次の会館" in said
    assert Place.objects.count() == 2


@pytest.mark.parametrize(
    ("cells", "says", "kept"),
    [
        ({"電話番号": "4.00E+12"}, "電話番号が読めない：4.00E+12", "4.00E+12"),
        ({"緯度": "134.04", "経度": "34.34"}, "緯度・経度が読めない", "134.04"),
        ({"緯度": "", "経度": ""}, "緯度・経度がない", ""),
        ({"所在地_連結表記": "非公開"}, "「非公開」と書いてある", ""),
        ({"連絡先メールアドレス": "mihon@"}, "メールアドレスが読めない", "mihon@"),
        ({"URL": "www.example"}, "アドレス（URL）が読めない", "www.example"),
        ({"車椅子可": "たぶん"}, "可・不可が読めない：たぶん", "たぶん"),
        ({"備考": "現在休止中"}, "休止・閉館と書いてある", ""),
        ({"名称_カナ": "見本会館"}, "よみがかなでない", ""),
        ({"利用可能時間特記事項": "月１回土曜日開設"}, "開く日を決まりにできない", ""),
    ],
)
def test_an_unclear_cell_is_kept_as_it_is_for_staff_and_the_row_comes_in(
    run: Run, cells: dict[str, str], says: str, kept: str
) -> None:
    said = run(list=sheet(FACILITIES_NEW, [facility(**cells)]))
    assert says in said
    place = only_place()
    assert place.needs_check
    assert kept in (place.staff_facts.note if kept else "")
    assert place.address != "非公開"


def test_an_opening_that_is_not_understood_stays_text(run: Run) -> None:
    run(list=sheet(FACILITIES_NEW, [facility(利用可能時間特記事項="原則第2土曜も開館")]))
    activity = only_place().activities.get()
    assert activity.schedule is None
    assert activity.needs_check == ["schedule"]
    assert "原則第2土曜も開館" in activity.opening_text


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ({"名称": ""}, "名前がない"),
        ({"名称": "長" * 121}, "長すぎる"),
        ({"全国地方公共団体コード": "372013"}, "ほかの市区町村の行"),
    ],
)
def test_a_row_that_cannot_be_a_place_here_is_refused_and_the_others_come_in(
    run: Run, cells: dict[str, str], says: str
) -> None:
    said = run(list=sheet(FACILITIES_NEW, [facility(ID="2", **cells), facility(ID="3", 名称="よい会館")]))
    assert says in said and only_place().name == "よい会館"


def test_a_row_that_stands_twice_comes_in_once(run: Run) -> None:
    said = run(list=sheet(FACILITIES_NEW, [facility(), facility(ID="2")]))
    assert "同じ場がもう一度ある" in said and Place.objects.count() == 1


def test_two_places_under_one_number_are_both_kept_and_known_again(run: Run) -> None:
    rows = [facility(), facility(名称="ほかの会館", 所在地_連結表記="東9")]
    assert "同じ番号がもうある" in run(list=sheet(FACILITIES_NEW, rows))
    assert "同じ 2" in run(list=sheet(FACILITIES_NEW, rows))


def test_a_mobile_number_is_for_staff_only(run: Run) -> None:
    run(list=sheet(FACILITIES_NEW, [facility(電話番号="087-000-0001（世話役）090-0000-0000")]))
    shown = {contact.value: contact.is_public for contact in only_place().contacts.all()}
    assert shown == {"087-000-0001": True, "090-0000-0000": False}


def test_the_same_place_in_two_files_becomes_a_pair_for_staff(run: Run) -> None:
    one = sheet(FACILITIES_NEW, [facility()])
    other = sheet(
        FACILITIES_OLD, [{"NO": "9", "名称": "見本町 見本会館", "電話番号": "0870000001", "住所": "中央1-2-3"}]
    )
    assert "ほかの場と同じかもしれない" in run(new=one, old=other)
    pair = DuplicateCandidate.objects.get()
    assert {"name", "address", "phone"} <= set(pair.reasons)
    run(new=one, old=other)
    assert DuplicateCandidate.objects.count() == 1


def test_places_of_like_names_far_apart_are_no_pair(run: Run) -> None:
    rows = [
        facility(名称="老人いこいの家東荘", 所在地_連結表記="東1", 電話番号=""),
        facility(ID="2", 名称="老人いこいの家西荘", 所在地_連結表記="西1", 電話番号="", 緯度="34.40"),
    ]
    run(list=sheet(FACILITIES_NEW, rows))
    assert not DuplicateCandidate.objects.exists()


def test_a_childrens_meal_brings_its_costs_and_days(run: Run) -> None:
    row = {
        "ID": "1", "名称": "にこにこ食堂", "名称_カナ": "ニコニコショクドウ", "住所": "中央1",
        "開催曜日": "毎月第2土曜日", "開催開始時間": "11:30", "開催終了時間": "13:30",
        "参加費_小学生": "無料", "参加費_大人": "300円", "予約方法": "不要",
        "運営団体名": "にこにこの会", "電話番号1": "087-000-0003", "電話番号1_連絡先備考": "事務局",
    }  # fmt: skip
    run(meals=sheet(CHILDREN_MEALS, [row], encoding="cp932"))
    place = only_place()
    assert (place.kind, place.cost_yen, place.cost_note, place.booking) == ("children_meal", 300, "小学生 無料", "none")
    assert "kind" not in place.needs_check
    assert place.contacts.get(kind="phone").label == "事務局"


def test_a_meeting_place_of_old_people_is_read(run: Run) -> None:
    row = {
        "NO": "1", "通いの場の名称": "いきいき会", "住所": "東1", "連絡先": "非公開", "頻度": "毎週火曜日 10:00～11:30",
        "活動内容": "体操",
    }  # fmt: skip
    run(kayoi=sheet(KAYOI, [row]))
    place = only_place()
    assert (place.kind, place.description) == ("kayoi", "体操")
    assert place.activities.get().schedule is not None
    assert not place.contacts.exists()


def test_findings_can_be_taken_along_as_a_file_without_formulas(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "findings.csv"
    run(apply=False, findings=target, list=sheet(FACILITIES_NEW, [facility(電話番号="=HYPERLINK(1)")]))
    content = target.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(content.decode("utf-8-sig").splitlines()))
    assert rows[0][:3] == ["ファイル", "行", "列"]
    assert ["list.csv", "2", "電話番号", "電話番号が読めない", "'=HYPERLINK(1)"] in [row[:5] for row in rows]


def test_a_file_that_cannot_be_read_does_not_stop_the_others(run: Run) -> None:
    said = run(
        bad=b"PK\x03\x04", odd=sheet(["いろ", "かたち"], [{"いろ": "赤"}]), good=sheet(FACILITIES_NEW, [facility()])
    )
    assert "表として読めない" in said and "知らない形の表" in said
    assert Place.objects.count() == 1


def test_an_unknown_town_is_refused_with_the_towns_that_are_known(run: Run) -> None:
    with pytest.raises(CommandError, match="999999 見本町"):
        run(code="000000", list=sheet(FACILITIES_NEW, [facility()]))


def test_one_name_of_origin_cannot_stand_for_two_files(town: Municipality, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="--source"):
        call_command("import_places", "a.csv", "b.csv", municipality="999999", source="見本")


def test_every_stored_place_leaves_an_event_without_words(run: Run) -> None:
    run(list=sheet(FACILITIES_NEW, [facility()]))
    event = Event.objects.get(action="listing.import")
    assert event.subject == only_place().uuid
    assert "見本会館" not in str(event.details)
    assert Event.first_break() is None


@pytest.mark.shared
def test_every_real_file_comes_in_and_the_second_time_nothing_changes(shared_data: Path, db: None) -> None:
    Municipality.objects.create(code="372013", name="高松市", yomi="たかまつし", prefecture="香川県")
    files = sorted(str(path) for path in (shared_data / "takamatsu").glob("*.csv"))
    call_command("import_places", *files, municipality="372013", apply=True)
    first = list(Place.objects.order_by("pk").values("pk", "search_version"))
    assert len(first) == 145
    call_command("import_places", *files, municipality="372013", apply=True)
    assert list(Place.objects.order_by("pk").values("pk", "search_version")) == first
    assert Place.objects.get(name="高松市仏生山交流センター").yomi_confirmed
    # The same seven offices stand in an old and in a new file.
    old = "old_0045_regional_comprehensive_support_center.csv"
    pairs = DuplicateCandidate.objects.filter(first__source=old, second__source=old.removeprefix("old_0045_"))
    assert pairs.count() == 7
