"""From the first call to a place, with both sides asked, to the day it ends: a caseworker's whole path in a browser."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.demo_town import Town, Visitor

pytestmark = pytest.mark.browser


def open_person(page: Page, demo: Town, called: str) -> None:
    page.goto(f"{demo.everything}/desk/people/")
    page.get_by_role("link", name=f"{called}さん").first.click()


def press(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name).first.click()


def follow(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("link", name=name).first.click()


def test_a_half_written_record_survives_leaving_the_page(demo: Town, browser: Browser) -> None:
    worker = Visitor(browser, width=1280)
    page = worker.page
    demo.sign_in_staff(page, "sakura@example.jp")
    open_person(page, demo, "のぶ")
    page.locator("#id_words").fill("朝の散歩の話を聞いた。つづきは")
    expect(page.get_by_text("に下書きを残しました")).to_be_visible()
    page.goto(f"{demo.everything}/desk/")
    open_person(page, demo, "のぶ")
    expect(page.locator("#id_words")).to_have_value("朝の散歩の話を聞いた。つづきは")
    press(page, "下書きを捨てる")
    expect(page.locator("#id_words")).to_have_value("")
    worker.close()


def test_what_is_typed_before_the_script_is_there_is_kept_too(demo: Town, browser: Browser) -> None:
    """A slow line: the file that keeps drafts arrives when the first words stand there already."""
    worker = Visitor(browser, width=1280)
    page = worker.page
    demo.sign_in_staff(page, "sakura@example.jp")
    held: list[Route] = []
    page.route("**/autosave*.js", lambda route: held.append(route))
    page.goto(f"{demo.everything}/desk/people/")
    with page.expect_request("**/autosave*.js"):
        page.get_by_role("link", name="のぶさん").first.click()
    page.locator("#id_words").fill("もう書き始めた")
    for route in held:
        route.continue_()
    assert held
    expect(page.get_by_text("に下書きを残しました")).to_be_visible()
    page.unroute_all(behavior="ignoreErrors")
    page.reload()
    press(page, "下書きを捨てる")
    worker.close()


def test_a_call_becomes_a_client_a_plan_and_a_list_of_places(demo: Town, browser: Browser) -> None:
    worker = Visitor(browser, width=1280)
    page = worker.page
    demo.sign_in_staff(page, "sakura@example.jp")
    follow(page, "相談を受ける")
    # Nothing typed is lost when something is missing.
    page.get_by_label("呼び名", exact=True).fill("きよ")
    page.get_by_label("話したこと（そのままのことばで）").fill("昼間ひとりで、話す人がいない")
    press(page, "受け付ける")
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("話したこと（そのままのことばで）")).to_have_value("昼間ひとりで、話す人がいない")
    page.get_by_label("相談経路").select_option(label="本人から")
    page.get_by_label("来た人・電話をくれた人").select_option(label="本人")
    page.get_by_label("地域との関係").check()
    page.get_by_label("主担当").select_option(label="佐倉")
    press(page, "受け付ける")
    expect(page.get_by_text("きよさん").first).to_be_visible()
    person = page.url
    assert "きよ" not in person

    # Without consent nothing about a person may reach a host; the page says so before anybody tries.
    expect(page.get_by_text("同意").first).to_be_visible()
    page.get_by_role("link", name="同意", exact=True).first.click()
    page.get_by_label("同意あり（書面）").check()
    page.get_by_label("受け入れ先に、名前を出さずにたずねてよい").check()
    press(page, "同意を書く")
    page.goto(person)
    expect(page.get_by_text("同意あり（書面）").first).to_be_visible()

    page.get_by_role("link", name="場をさがす").first.click()
    expect(page.get_by_role("heading", name="この人に合いそうな場")).to_be_visible()
    page.get_by_label("場の名前・番号・すること").fill("ひだまり")
    press(page, "さがす・なぜ出ないかを見る")
    expect(page.get_by_role("link", name="地域食堂 ひだまり").first).to_be_visible()
    page.get_by_role("link", name="すべての場にもどる").click()
    for box in page.locator("input[name=place]").all()[:3]:
        box.check()
    press(page, "印をつけた場を比べる")
    assert page.locator("thead th").count() >= 4
    assert worker.complaints == []
    worker.close()


def test_from_the_hosts_answer_to_the_last_day(demo: Town, browser: Browser) -> None:
    """はる has been suggested つむぎ and the request waits in the letterbox; the host answers on the public side."""
    host = Visitor(browser)
    demo.sign_in_host(host.page, "tsumugi@example.jp", at=demo.outside)
    follow(host.page, "返事をする")
    words = host.page.locator("main").inner_text()
    assert "はる" not in words and "R8-" not in words
    host.page.get_by_label("はい、どうぞ").check()
    press(host.page, "送る")
    assert host.complaints == []
    host.close()

    worker = Visitor(browser, width=1280)
    page = worker.page
    demo.sign_in_staff(page, "sakura@example.jp")
    expect(page.get_by_role("link", name="手しごとの部屋 つむぎ").first).to_be_visible()
    open_person(page, demo, "はる")
    follow(page, "手しごとの部屋 つむぎ")
    expect(page.get_by_text("受け入れ先は、はい").first).to_be_visible()

    follow(page, "見学・同行を決める")
    page.get_by_label("種類").select_option(label="見学")
    page.locator("input[name=on]").fill((date.today() - timedelta(days=1)).isoformat())
    page.get_by_label("時刻").fill("13:30")
    press(page, "決める")
    # Whatever weekday the test runs on: a day on which the place is closed has to be meant.
    if page.get_by_role("alert").count():
        expect(page.get_by_label("時刻")).to_have_value("13:30")
        page.get_by_label("開く日ではないが、受け入れ先と約束した").check()
        press(page, "決める")
    follow(page, "の見学を記録する")
    page.get_by_label("行けた").check()
    press(page, "記録する")
    follow(page, "ふり返りを書く")
    page.get_by_label("ふり返り").fill("手を動かすと落ち着いた")
    press(page, "記録する")
    expect(page.get_by_text("手を動かすと落ち着いた")).to_be_visible()

    follow(page, "参加を始める")
    press(page, "始める")
    follow(page, "定着と受け入れ先のようす")
    for after in ("1週", "2週", "1か月", "3か月", "6か月", "12か月"):
        expect(page.get_by_role("link", name=f"（開始から{after}）")).to_be_visible()
    page.get_by_role("link", name="（開始から1週）").click()
    page.get_by_label("いつも行けている").check()
    press(page, "記録する")
    expect(page.get_by_role("link", name="（開始から1週）")).to_have_count(0)
    page.get_by_role("link", name="（開始から1週の電話）").click()
    page.get_by_label("方法").select_option(label="電話")
    page.get_by_label("受け入れ先の負担").select_option(label="0 負担はない")
    press(page, "記録する")
    expect(page.get_by_role("link", name="（開始から1週の電話）")).to_have_count(0)

    follow(page, "参加を終える")
    page.get_by_label("終わりの理由").select_option(label="卒業（次の段階へ）")
    press(page, "終える")
    open_person(page, demo, "はる")
    expect(page.get_by_text("卒業（次の段階へ）").first).to_be_visible()
    page.get_by_role("link", name="見た人の記録").click()
    expect(page.get_by_role("main")).to_contain_text("佐倉")
    assert worker.complaints == []
    worker.close()


def test_a_host_that_is_full_costs_nothing_and_leads_to_waiting(demo: Town, browser: Browser) -> None:
    """こうた is asked, says yes; the host is full; he waits, and the place stands in his list as before."""
    worker = Visitor(browser, width=1280)
    page = worker.page
    demo.sign_in_staff(page, "sakura@example.jp")
    open_person(page, demo, "こうた")
    person = page.url
    page.get_by_role("link", name="同意", exact=True).first.click()
    page.get_by_label("同意あり（書面）").check()
    page.get_by_label("受け入れ先に、名前を出さずにたずねてよい").check()
    press(page, "同意を書く")
    page.goto(person)
    follow(page, "若者の部屋 ゆるり")
    follow(page, "本人の返事を書く")
    page.get_by_label("やってみたい").check()
    page.get_by_label("本人のことば").fill("ゲームの話ができるなら")
    press(page, "返事を書く")
    expect(page.get_by_text("ゲームの話ができるなら")).to_be_visible()
    follow(page, "受け入れ先にたずねる")
    press(page, "名前を出さずにたずねる")
    follow(page, "電話で聞いた返事を書く")
    # A no without its reason is not lost, and not taken.
    page.get_by_label("今回は無理").check()
    press(page, "返事を書く")
    expect(page.get_by_role("alert")).to_contain_text("理由")
    page.get_by_label("無理のときの理由").select_option(label="いっぱいです")
    press(page, "返事を書く")
    expect(page.get_by_text("見送り").first).to_be_visible()
    follow(page, "見送りのあとを決める")
    expect(page.get_by_label("空きを待つ")).to_be_checked()
    press(page, "決める")
    page.goto(person)
    expect(page.get_by_role("main")).to_contain_text("空き待ち")
    assert worker.complaints == []
    worker.close()


def test_a_rest_is_no_end_and_another_worker_takes_over(demo: Town, browser: Browser) -> None:
    """みどり rests, comes back, takes a role; then 中野 reads what 佐倉 leaves her."""
    worker = Visitor(browser, width=1280)
    page = worker.page
    demo.sign_in_staff(page, "sakura@example.jp")
    open_person(page, demo, "みどり")
    person = page.url
    follow(page, "定着のようす")
    follow(page, "お休みにする")
    page.get_by_label("ようす", exact=True).fill("膝が痛い")
    press(page, "お休みにする")
    expect(page.get_by_text("お休み中").first).to_be_visible()
    follow(page, "お休みから戻った")
    press(page, "戻ったと書く")
    follow(page, "段階を変える")
    page.get_by_label("役割").check()
    press(page, "段階を変える")
    expect(page.get_by_role("heading", name="あゆみ")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("膝が痛い")
    page.goto(person)
    page.get_by_role("link", name="担当", exact=True).first.click()
    page.locator("#id_to").select_option(label="中野")
    page.get_by_label("大切にしてきたこと").fill("歌の日を楽しみにしている")
    page.get_by_label("いま動いていること").fill("役割を始めたところ")
    page.get_by_label("気をつけること").fill("膝")
    press(page, "主担当を変える")
    assert worker.complaints == []
    worker.close()

    next_worker = Visitor(browser, width=1280)
    page = next_worker.page
    demo.sign_in_staff(page, "nakano@example.jp")
    expect(page.get_by_role("main")).to_contain_text("引継ぎメモを受け取る")
    page.goto(person)
    page.get_by_role("link", name="担当", exact=True).first.click()
    expect(page.get_by_role("main")).to_contain_text("歌の日を楽しみにしている")
    press(page, "読んで受け取った")
    page.goto(f"{demo.everything}/desk/")
    expect(page.get_by_role("main")).not_to_contain_text("引継ぎメモを受け取る")
    assert next_worker.complaints == []
    next_worker.close()


def test_people_who_must_not_meet_and_words_that_close_no_place(demo: Town, browser: Browser) -> None:
    worker = Visitor(browser, width=1280)
    page = worker.page
    demo.sign_in_staff(page, "sakura@example.jp")
    open_person(page, demo, "ちづ")
    person = page.url
    page.get_by_role("link", name="避ける場", exact=True).first.click()
    page.get_by_label("会ってはいけない人がいる場").check()
    page.get_by_label("会ってはいけない人の番号").fill("R8-9999")
    page.get_by_label("だれ・どこを、なぜ").fill("前の職場の人")
    press(page, "避けることにする")
    expect(page.get_by_role("alert")).to_contain_text("この番号の人はいません")
    expect(page.get_by_label("だれ・どこを、なぜ")).to_have_value("前の職場の人")
    page.get_by_label("会ってはいけない人の番号").fill("")
    press(page, "避けることにする")
    expect(page.get_by_role("main")).to_contain_text("ことばだけでは、一覧から場を外せません")
    page.goto(person)
    page.get_by_role("link", name="場をさがす").first.click()
    expect(page.get_by_role("main")).to_contain_text("提案の前に確かめてください")
    expect(page.get_by_role("main")).not_to_contain_text("前の職場の人")
    assert worker.complaints == []
    worker.close()
