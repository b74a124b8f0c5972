"""Staff look after the words of search: read, add, try, change, switch off, take back; and see what is not found."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse

from directory.models import Event
from search import editions
from search.choices import Answered, EntryKind, EntryState
from search.models import SearchTerm, VocabularyEntry
from search.words import shipped
from tests.search.people import Town, signed_in

WORDS, ADD, MISSES = "/desk/search/words/", "/desk/search/words/add/", "/desk/search/misses/"


@pytest.fixture
def town(db: None) -> Iterator[Town]:
    with time_machine.travel("2026-11-24T10:00:00+09:00", tick=True):
        editions.forget()
        yield Town()
    editions.forget()


@pytest.fixture
def ren(town: Town) -> Browser:
    return signed_in(town.ren)


def text_of(browser: Browser, path: str, **asked: Any) -> str:
    answer = browser.get(path, asked)
    assert answer.status_code == 200
    return str(answer.content.decode())


def page_of(entry: VocabularyEntry) -> str:
    return reverse("desk_words_entry", args=[entry.uuid])


def a_term(town: Town, terms: str, count: int, **facts: Any) -> SearchTerm:
    return SearchTerm.objects.create(
        **{
            "municipality": town.municipality,
            "week": date(2026, 11, 23),
            "terms": terms,
            "kind": Answered.ZERO,
            "count": count,
            **facts,
        }
    )


# ── the list ──


def test_the_list_shows_shipped_lines_and_the_staffs_own_first(town: Town, ren: Browser) -> None:
    town.an_entry("ぽかぽか屋", "地域食堂")
    shown = text_of(ren, WORDS)
    assert shown.index("ぽかぽか屋") < shown.index("居場所、通いの場")
    assert f"{len(shipped()) + 1}行" in shown
    assert "居場所、通いの場" not in text_of(ren, WORDS, page="2")
    assert ren.get(WORDS, {"page": "99999"}).status_code == 200


def test_the_list_is_searched_and_narrowed(town: Town, ren: Browser) -> None:
    town.an_entry("ぽかぽか屋", "地域食堂")
    town.an_entry("わくわく", kind=EntryKind.STOP, state=EntryState.OFF)
    assert "1行" in text_of(ren, WORDS, q="ぽかぽか")
    assert "2行" in text_of(ren, WORDS, which="staff")
    assert "ぽかぽか屋" not in text_of(ren, WORDS, kind="stop")
    only_off = text_of(ren, WORDS, which="off")
    assert "わくわく" in only_off and "1行" in only_off
    assert "当てはまることばはありません" in text_of(ren, WORDS, q="どこにもないことば")
    assert "0行" in text_of(ren, WORDS, kind="nonsense")


def test_the_list_opens_in_excel_and_no_cell_becomes_a_formula(town: Town, ren: Browser) -> None:
    town.an_entry("ぽかぽか屋", "地域食堂", note="=1+1")
    answer = ren.get(WORDS, {"format": "csv"})
    assert answer.content.startswith("\ufeff".encode())
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert len(lines) == len(shipped()) + 2
    assert '"ぽかぽか屋","地域食堂"' in lines[1] and '"\'=1+1"' in lines[1]
    assert Event.objects.filter(action="export.words").exists()


# ── adding, trying, changing ──


def test_a_word_is_added_and_found_by_residents(town: Town, ren: Browser) -> None:
    answer = ren.post(
        ADD, {"kind": "synonym", "words": "ぽかぽか屋,ポカポカ屋", "means": "地域食堂\n体操"}, follow=True
    )
    assert "「ぽかぽか屋、ポカポカ屋」を保存しました" in answer.content.decode()
    entry = VocabularyEntry.objects.get()
    assert (entry.words, entry.means, entry.municipality) == (
        "ぽかぽか屋、ポカポカ屋",
        "地域食堂、体操",
        town.municipality,
    )
    assert "地域食堂 ひだまり" in town.found("ぽかぽか屋")


@pytest.mark.parametrize(
    ("kind", "words", "means"),
    [("reading", "御手洗", "ミタライ"), ("condition", "お代いらず", "free"), ("stop", "わくわく", "")],
)
def test_every_kind_of_line_is_added(town: Town, ren: Browser, kind: str, words: str, means: str) -> None:
    assert ren.get(ADD, {"kind": kind}).status_code == 200
    assert ren.post(ADD, {"kind": kind, "words": words, "means": means}).status_code == 302
    assert VocabularyEntry.objects.get().kind == kind


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"words": ""}, "この項目は必須です"),
        ({"words": "盆栽"}, "同じ意味のことばか、関連することばを書いてください"),
        ({"words": "盆栽", "means": "盆栽"}, "「盆栽」が両方の欄にあります"),
        ({"words": "！！", "means": "体操"}, "「!!」だけでは、さがす手がかりになりません"),
        ({"words": "あ" * 41, "means": "体操"}, "区切りの「、」が抜けていないか"),
        ({"words": "、".join(f"体操{n}" for n in range(61)), "means": "朝市"}, "60個までにしてください"),
        ({"words": "盆\0栽", "means": "体操"}, "何か文字を入力してください"),
        ({"kind": "reading", "words": "御手洗", "means": "mitarai"}, "よみは、ひらがなで書いてください"),
        ({"kind": "reading", "words": "津", "means": "つ"}, "2文字までのよみは"),
        ({"kind": "condition", "words": "お代いらず", "means": "cheap"}, "正しく選択してください"),
        ({"kind": "stop", "words": "近くの公園"}, "ひとつずつに分けてください"),
    ],
)
def test_what_cannot_be_is_said_in_japanese_and_nothing_typed_is_lost(
    town: Town, ren: Browser, sent: dict[str, str], sentence: str
) -> None:
    answer = ren.post(ADD, {"kind": "synonym", "note": "わたしのメモ", **sent})
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert sentence in shown
    assert "わたしのメモ" in shown
    assert not VocabularyEntry.objects.exists()


def test_the_same_word_twice_is_said(town: Town, ren: Browser) -> None:
    town.an_entry("ぽかぽか屋", "地域食堂")
    answer = ren.post(ADD, {"kind": "synonym", "words": "ぽかぽか屋", "means": "体操"})
    assert answer.status_code == 422
    assert "「ぽかぽか屋」はもう登録されています" in answer.content.decode()


def test_trying_a_word_shows_what_would_change_and_saves_nothing(town: Town, ren: Browser) -> None:
    a_term(town, "盆栽", 4)
    a_term(town, "手芸", 9)
    a_term(town, "盆栽 体操", 2, week=date(2026, 11, 2), kind=Answered.WEAK)
    a_term(town, "盆栽 鉢", 2, week=date(2026, 9, 28))
    answer = ren.post(ADD, {"kind": "synonym", "words": "盆栽", "means": "朝市", "preview": "1"})
    assert answer.status_code == 200
    preview = answer.context["preview"]
    first = preview.effects[0]
    assert (first.words, first.before, first.after, first.come) == ("盆栽", 0, 1, ["川西の朝市"])
    asked = {effect.words for effect in preview.effects}
    assert asked == {"盆栽", "朝市", "盆栽 体操"}
    assert "0 → 1か所" in answer.content.decode()
    assert not VocabularyEntry.objects.exists()
    assert town.found("盆栽") == []


def test_trying_a_change_compares_with_what_acts_now(town: Town, ren: Browser) -> None:
    entry = town.an_entry("盆栽", "朝市")
    answer = ren.post(page_of(entry), {"words": "盆栽", "means": "体操", "version": "1", "preview": "1"})
    [effect] = [effect for effect in answer.context["preview"].effects if effect.words == "盆栽"]
    assert (effect.come, effect.gone) == (["御手洗いきいき体操"], ["川西の朝市"])


def test_a_shipped_line_is_opened_changed_and_saved_as_the_staffs_own(town: Town, ren: Browser) -> None:
    name = "synonym:ごはん"
    shown = text_of(ren, ADD, shipped=name)
    assert "ご飯、食事" in shown
    assert ren.post(ADD, {"shipped": name, "words": "ごはん、めし", "means": ""}).status_code == 302
    assert town.found("昼食") == []
    assert f"{len(shipped())}行" in text_of(ren, WORDS)


def test_of_two_editors_the_second_sees_both_texts_and_can_go_on(town: Town, ren: Browser) -> None:
    entry = town.an_entry("ぽかぽか屋", "地域食堂")
    mio = signed_in(town.mio)
    assert ren.post(page_of(entry), {"words": "ぽかぽか屋", "means": "体操", "version": "1"}).status_code == 302
    mine = {"words": "ぽかぽか屋", "means": "朝市", "note": "わたしのメモ", "version": "1"}
    answer = mio.post(page_of(entry), mine)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "ほかの人が同じところを直しました" in shown
    assert ">朝市</textarea>" in shown.replace("\n", "") and "体操" in shown and "わたしのメモ" in shown
    entry.refresh_from_db()
    assert entry.means == "体操"
    mine["version"] = str(answer.context["version"])
    assert mio.post(page_of(entry), mine).status_code == 302
    entry.refresh_from_db()
    assert (entry.means, entry.version) == ("朝市", 3)


def test_a_wrong_field_does_not_hide_that_somebody_else_saved(town: Town, ren: Browser) -> None:
    entry = town.an_entry("ぽかぽか屋", "地域食堂")
    ren.post(page_of(entry), {"words": "ぽかぽか屋", "means": "体操", "version": "1"})
    answer = signed_in(town.mio).post(page_of(entry), {"words": "", "means": "朝市", "version": "1"})
    assert answer.status_code == 422
    # The form still stands on the version its reader saw.
    assert answer.context["version"] == "1"


def test_two_who_open_the_same_shipped_line_meet_in_one_entry(town: Town, ren: Browser) -> None:
    name = "synonym:ごはん"
    ren.post(ADD, {"shipped": name, "words": "ごはん、めし"})
    answer = signed_in(town.mio).post(ADD, {"shipped": name, "words": "ごはん、昼食"})
    assert answer.status_code == 422
    entry = VocabularyEntry.objects.get()
    assert answer.context["action"] == page_of(entry)
    again = {"words": "ごはん、昼食", "version": str(answer.context["version"])}
    assert signed_in(town.mio).post(answer.context["action"], again).status_code == 302
    entry.refresh_from_db()
    assert entry.words == "ごはん、昼食"


@pytest.mark.parametrize("version", ["", "x", "9" * 40, "-1", "１"])
def test_a_version_that_is_no_number_is_an_old_one(town: Town, ren: Browser, version: str) -> None:
    entry = town.an_entry("ぽかぽか屋", "地域食堂")
    answer = ren.post(page_of(entry), {"words": "ぽかぽか屋", "means": "体操", "version": version})
    assert answer.status_code == 422


# ── switching off, history ──


def test_a_line_is_switched_off_and_on_from_the_list(town: Town, ren: Browser) -> None:
    entry = town.an_entry("ぽかぽか屋", "地域食堂")
    path = reverse("desk_words_switch", args=[entry.uuid])
    answer = ren.post(path, {"on": "0", "back": "which=staff"})
    assert answer.headers["Location"] == f"{WORDS}?which=staff"
    assert town.found("ぽかぽか屋") == []
    ren.post(path, {"on": "1"})
    assert town.found("ぽかぽか屋") == ["地域食堂 ひだまり"]


def test_a_shipped_line_is_switched_off_from_the_list(town: Town, ren: Browser) -> None:
    answer = ren.post(reverse("desk_words_shipped"), {"shipped": "synonym:ごはん"}, follow=True)
    assert "見本町で使わないようにしました" in answer.content.decode()
    assert town.found("昼食") == []
    answer = ren.post(reverse("desk_words_shipped"), {"shipped": "synonym:ないことば"}, follow=True)
    assert "一覧から選び直してください" in answer.content.decode()


def test_the_history_says_who_changed_what_and_takes_it_back(town: Town, ren: Browser) -> None:
    entry = town.an_entry("ぽかぽか屋", "地域食堂")
    ren.post(page_of(entry), {"words": "ぽかぽか屋", "means": "体操", "version": "1"})
    shown = text_of(ren, reverse("desk_words_history"))
    assert "<del>地域食堂</del>" in shown and "<ins>体操</ins>" in shown and "蓮" in shown
    last, first = entry.changes.all()
    answer = ren.post(reverse("desk_words_undo", args=[last.uuid]), follow=True)
    assert "変更を取り消しました" in answer.content.decode()
    assert town.found("ぽかぽか屋") == ["地域食堂 ひだまり"]
    answer = ren.post(reverse("desk_words_undo", args=[last.uuid]), follow=True)
    assert "そのあとで、また直されています" in answer.content.decode()
    ren.post(reverse("desk_words_undo", args=[first.uuid]))
    assert town.found("ぽかぽか屋") == []
    # Saving what was taken back puts it to use again.
    entry.refresh_from_db()
    ren.post(page_of(entry), {"words": "ぽかぽか屋", "means": "体操", "version": str(entry.version)})
    assert town.found("ぽかぽか屋") == ["御手洗いきいき体操"]


# ── whose words ──


def test_the_words_of_another_town_are_nobodys_business(town: Town, ren: Browser) -> None:
    theirs = town.an_entry("となりことば", "朝市", municipality=town.beside, by=town.tonari)
    assert "となりことば" not in text_of(ren, WORDS)
    assert "となりことば" not in text_of(ren, reverse("desk_words_history"))
    assert ren.get(page_of(theirs)).status_code == 404
    assert ren.post(reverse("desk_words_switch", args=[theirs.uuid]), {"on": "0"}).status_code == 404
    [change] = theirs.changes.all()
    assert ren.post(reverse("desk_words_undo", args=[change.uuid])).status_code == 404
    theirs.refresh_from_db()
    assert theirs.state == EntryState.ON


def test_what_acts_everywhere_is_changed_only_by_who_keeps_every_town(town: Town, ren: Browser) -> None:
    matome = signed_in(town.matome)
    matome.post(ADD, {"kind": "synonym", "words": "ぽかぽか屋", "means": "地域食堂", "municipality": "all"})
    common = VocabularyEntry.objects.get()
    assert common.municipality is None
    assert "ぽかぽか屋" in text_of(ren, WORDS)
    assert page_of(common) not in text_of(ren, WORDS)
    assert ren.get(page_of(common)).status_code == 404
    [change] = common.changes.all()
    assert ren.post(reverse("desk_words_undo", args=[change.uuid])).status_code == 404
    assert matome.get(page_of(common)).status_code == 200


def test_caseworkers_have_no_words_to_look_after(town: Town) -> None:
    sakura = signed_in(town.sakura)
    for path in (WORDS, ADD, MISSES, reverse("desk_words_history")):
        assert sakura.get(path).status_code == 403


# ── what is not found ──


def test_misses_are_shown_by_week_and_few_is_all_that_is_said_of_small_counts(town: Town, ren: Browser) -> None:
    a_term(town, "盆栽", 7)
    a_term(town, "水泳", 2, kind=Answered.WEAK, district=town.district)
    a_term(town, "朝市", 30, kind=Answered.FOUND)
    a_term(town, "相撲", 5, week=date(2026, 11, 16))
    a_term(town, "よその町", 9, municipality=town.beside)
    shown = text_of(ren, MISSES)
    assert "盆栽" in shown and "7回" in shown
    assert "少ない" in shown.split("<tbody>")[1] and "2回<" not in shown
    for absent in ("朝市", "相撲", "よその町"):
        assert absent not in shown
    assert "相撲" in text_of(ren, MISSES, week="2026-11-16")
    assert "朝市" in text_of(ren, MISSES, kind="all")
    assert "水泳" not in text_of(ren, MISSES, kind="zero")
    for nonsense in ({"week": "x"}, {"kind": "x"}, {"week": "2026-11-24", "page": "-1"}):
        assert ren.get(MISSES, nonsense).status_code == 200


def test_the_order_of_small_counts_says_nothing(town: Town, ren: Browser) -> None:
    for terms, count in (("い", 1), ("う", 2), ("あ", 1), ("え", 3)):
        a_term(town, terms, count)
    page = ren.get(MISSES).context["page"]
    assert [row.terms for row in page] == ["え", "あ", "い", "う"]


def test_misses_open_in_excel_without_small_counts(town: Town, ren: Browser) -> None:
    a_term(town, "盆栽", 7)
    a_term(town, "=水泳", 2)
    answer = ren.get(MISSES, {"format": "csv"})
    assert answer.content.startswith("\ufeff".encode())
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[1] == '"2026-11-23","盆栽","見つからない","7","見本町",""'
    assert lines[2] == '"2026-11-23","\'=水泳","見つからない","少ない","見本町",""'


def test_one_click_leads_from_a_miss_to_a_filled_form(town: Town, ren: Browser) -> None:
    town.found("盆栽")
    assert f"{ADD}?words=%E7%9B%86%E6%A0%BD" in text_of(ren, MISSES)
    answer = ren.get(ADD, {"words": "盆栽"})
    assert answer.context["form"]["words"].value() == "盆栽"
    assert ren.get(ADD, {"words": "あ" * 5000}).status_code == 200


def test_nothing_was_looked_for_yet(town: Town, ren: Browser) -> None:
    assert "まだ何も数えていません" in text_of(ren, MISSES)
