"""The demo's pages: front page, two articles, two notices, all of a fictional town."""

import json

from wagtail.models import Locale, Page, Site

from website.models import Article, ArticleIndex, HomePage, Notice, NoticeIndex


def make_pages() -> HomePage:
    """Make the front page and what hangs below it, once; later runs change nothing."""
    home = HomePage.objects.first()
    if home is not None:
        return home
    Locale.objects.get_or_create(language_code="ja")
    # An emptied database has lost the root that Wagtail's migrations made.
    root = Page.get_first_root_node() or Page.add_root(instance=Page(title="Root", slug="root"))
    home = root.add_child(instance=HomePage(title="つなぐ場", slug="tsunaguba"))
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        Site.objects.create(hostname="localhost", root_page=home, is_default_site=True, site_name="つなぐ場")
    else:
        old, site.root_page = site.root_page, home
        site.site_name = "つなぐ場"
        site.save()
        if old.slug == "home" and old.get_children_count() == 0:
            old.delete()
    articles = home.add_child(instance=ArticleIndex(title="読みもの", slug="articles"))
    notices = home.add_child(instance=NoticeIndex(title="お知らせ", slug="notices"))
    for title, slug, lead, body in ARTICLES:
        articles.add_child(instance=Article(title=title, slug=slug, lead=lead, body=_story(body)))
    for title, slug, body in NOTICES:
        notices.add_child(instance=Notice(title=title, slug=slug, body=_story(body)))
    return home


def _story(paragraphs: list[tuple[str, str]]) -> str:
    return json.dumps([{"type": kind, "value": value} for kind, value in paragraphs], ensure_ascii=False)


ARTICLES = [
    (
        "はじめて行く日のこと",
        "first-day",
        "玄関を入るまでが、いちばん遠い。見本町の人に聞きました。（見本の記事です）",
        [
            ("heading", "見るだけで帰った人もいます"),
            (
                "paragraph",
                "<p>「入口で中をのぞいて、その日は帰りました。次の週に、おばあさんが手招きしてくれました」</p>",
            ),
            ("heading", "ひとりで行きにくいとき"),
            ("paragraph", "<p>町の窓口に電話すると、はじめの日だけ職員がいっしょに行きます。</p>"),
        ],
    ),
    (
        "お客さんから、手伝う人へ",
        "from-guest-to-helper",
        "皿をふくだけの30分が、通う理由になった話。（見本の記事です）",
        [("paragraph", "<p>「来てください」より「手を貸してください」のほうが、行きやすい人がいます。</p>")],
    ),
]
NOTICES = [
    (
        "年末年始の開く日について（見本）",
        "new-year",
        [("paragraph", "<p>場ごとにちがいます。カレンダーで確かめてください。</p>")],
    ),
    ("新しい場がふえました（見本）", "new-places", [("paragraph", "<p>山手地区に、畑の集まりができました。</p>")]),
]
