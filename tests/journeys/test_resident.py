"""A resident finds a place on the phone, sees when it next opens, calls, prints, and asks for advice."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.demo_town import Town, Visitor

pytestmark = pytest.mark.browser


def test_from_the_front_page_to_a_place_and_its_paper(demo: Town, browser: Browser) -> None:
    visitor = Visitor(browser)
    page = visitor.page
    page.goto(demo.outside)
    page.get_by_role("link", name="行ってみたい").click()
    page.get_by_label("ことば").fill("ごはん")
    page.get_by_role("button", name="さがす", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text(re.compile(r"場が\d+か所"))
    page.get_by_role("link", name="地域食堂 ひだまり").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("地域食堂 ひだまり")
    expect(page.get_by_role("heading", name="次に開く日")).to_be_visible()
    expect(page.locator(".next__date")).to_contain_text("木曜日")
    expect(page.get_by_text("毎週木曜日 午前11時30分～午後1時30分")).to_be_visible()
    assert page.locator("a[href^='tel:']").count() >= 1
    page.get_by_role("link", name="紙に印刷する").click()
    expect(page.get_by_role("img", name="このページのQRコード")).to_be_visible()
    assert visitor.complaints == []
    visitor.close()


def test_a_trouble_leads_to_somebody_who_listens(demo: Town, browser: Browser) -> None:
    visitor = Visitor(browser)
    page = visitor.page
    page.goto(f"{demo.outside}/search/?q=借金")
    expect(page.get_by_role("heading", name="相談できる窓口")).to_be_visible()
    expect(page.get_by_role("heading", name="くらしと仕事の相談室")).to_be_visible()
    expect(page.locator(".windows a[href='tel:0000900001']")).to_be_visible()
    visitor.close()


def test_choices_narrow_and_are_taken_away_again_without_javascript(demo: Town, browser: Browser) -> None:
    visitor = Visitor(browser, width=1280, java_script_enabled=False)
    page = visitor.page
    page.goto(f"{demo.outside}/search/?q=体操")
    everything = page.locator(".cards > li").count()
    page.get_by_label("川西").check()
    page.get_by_role("button", name="この条件でさがす").click()
    narrowed = page.locator(".cards > li").count()
    assert 0 < narrowed < everything
    page.get_by_role("link", name="川西 はずす").click()
    assert page.locator(".cards > li").count() == everything
    visitor.close()


def test_nothing_found_still_offers_a_way_on(demo: Town, browser: Browser) -> None:
    visitor = Visitor(browser)
    page = visitor.page
    page.goto(f"{demo.outside}/search/?q=スキー場")
    expect(page.get_by_role("heading", name="見つかりませんでした")).to_be_visible()
    page.get_by_role("link", name="こんな場がほしい").click()
    expect(page.get_by_label("こんな場がほしい")).to_be_checked()
    page.get_by_role("button", name="送る").click()
    expect(page.get_by_role("alert")).to_contain_text("知らせたいことを書いてください")
    page.get_by_label("知らせたいこと").fill("そりで遊べる場がほしい")
    page.get_by_role("button", name="送る").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("届きました")
    visitor.close()
