"""A volunteer keeps the listing true from the phone; what matters is reviewed while the approved version stays live.

The host's half runs on the public side, where casework does not exist.
"""

import pytest
from playwright.sync_api import Browser, expect

from tests.demo_town import Town, Visitor

pytestmark = pytest.mark.browser


def test_confirm_a_day_off_and_its_undo(demo: Town, browser: Browser) -> None:
    host = Visitor(browser)
    page = host.page
    demo.sign_in_host(page, "tsumugi@example.jp", at=demo.outside)
    expect(page.get_by_role("heading", level=1)).to_contain_text("手しごとの部屋 つむぎ")
    page.get_by_role("button", name="このままで合っています").click()
    expect(page.get_by_text("確かめた日が今日になりました")).to_be_visible()
    page.get_by_role("link", name="休み・変更を出す").click()
    page.locator("input[name=opening]").nth(1).check()
    page.get_by_label("理由").fill("大雪のため")
    page.get_by_role("button", name="町の人に知らせる").click()
    expect(page.get_by_text("知らせました")).to_be_visible()
    page.get_by_role("link", name="町の人に見えているページを見る").click()
    expect(page.locator(".banner--care")).to_contain_text("大雪のため")
    page.go_back()
    page.get_by_role("button", name="取り消す").click()
    page.get_by_role("link", name="町の人に見えているページを見る").click()
    expect(page.get_by_text("大雪のため")).to_have_count(0)
    assert host.complaints == []
    host.close()


def test_a_new_name_waits_for_the_reviewer_while_the_old_one_stays(demo: Town, browser: Browser) -> None:
    host = Visitor(browser)
    page = host.page
    demo.sign_in_host(page, "komugi@example.jp", at=demo.outside)
    page.get_by_role("link", name="内容を直す").click()
    page.get_by_role("link", name="名前と説明を直す").click()
    page.get_by_label("名前").fill("パン工房 こむぎ畑")
    page.get_by_label("よみ").fill("パン工房")
    page.get_by_role("button", name="送る").click()
    expect(page.get_by_role("alert")).to_contain_text("ひらがなで書いてください")
    expect(page.get_by_label("名前")).to_have_value("パン工房 こむぎ畑")
    page.get_by_label("よみ").fill("ぱんこうぼう こむぎばたけ")
    page.get_by_role("button", name="送る").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("送った変更")
    page.goto(f"{demo.outside}/search/?q=パン工房")
    expect(page.get_by_role("link", name="パン工房 こむぎ", exact=True)).to_be_visible()

    reviewer = Visitor(browser, width=1280)
    desk = reviewer.page
    demo.sign_in_staff(desk, "ren@example.jp")
    desk.get_by_role("link", name="変更の確認").first.click()
    desk.get_by_role("link", name="パン工房 こむぎ").first.click()
    expect(desk.locator("ins").first).to_contain_text("畑")
    for choice in desk.get_by_label("承認する").all():
        choice.check()
    desk.get_by_role("button", name="決めて、メールで知らせる").click()
    expect(desk.get_by_text("決めました")).to_be_visible()

    page.goto(f"{demo.outside}/search/?q=パン工房")
    page.get_by_role("link", name="パン工房 こむぎ畑").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("パン工房 こむぎ畑")
    assert host.complaints == [] and reviewer.complaints == []
    reviewer.close()
    host.close()


def test_the_public_side_has_no_desk(demo: Town, browser: Browser) -> None:
    visitor = Visitor(browser)
    for path in ("/desk/", "/desk/people/", "/cms/"):
        response = visitor.page.goto(demo.outside + path)
        assert response is not None and response.status == 404, path
    visitor.close()
