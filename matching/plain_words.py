"""Why a place was suggested, in やさしい日本語 for the person: three short lists, never one that ends in "none".

A frozen explanation says `段差：入口に段差がありません`. By its label and its mark it is said again in easy words;
what has no easy words here is left out, since a long sentence helps nobody who asked for short ones.
"""

import re
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# label → (it suits, something to mind, to be asked)
WORDS = {
    "行き方": (_("行ける時間のところです。"), _("行き方をいっしょに考えます。"), _("行き方をいっしょに調べます。")),
    "曜日と時間": (
        _("あなたの行ける日にあいています。"),
        _("日と時間をいっしょに考えます。"),
        _("行ける日を教えてください。"),
    ),
    "費用": (_("お金は、あなたの言った額までです。"), _("お金のことを相談します。"), _("お金がいくらか聞いてみます。")),
    "段差": (
        _("段差がありません。"),
        _("段差があります。手伝ってもらえるか聞きます。"),
        _("段差があるか聞いてみます。"),
    ),
    "トイレ": (_("広いトイレがあります。"), _("広いトイレがありません。"), _("広いトイレがあるか聞いてみます。")),
    "静かな席": (_("静かな席があります。"), _("静かな席がほしいと伝えます。"), _("静かな席があるか聞いてみます。")),
    "途中退席": (
        _("いつでも帰っていいところです。"),
        _("早く帰っていいか相談します。"),
        _("早く帰っていいか聞いてみます。"),
    ),
    "話さなくてよい": (
        _("話さなくてもいいところです。"),
        _("話すのが苦手だと伝えるか、いっしょに決めます。"),
        _("話さなくてもいいか聞いてみます。"),
    ),
    "同行": (
        _("だれかといっしょに行っていいところです。"),
        _("だれかといっしょに行けるか相談します。"),
        _("だれかといっしょに行っていいか聞いてみます。"),
    ),
    "やさしい日本語": (
        _("やさしい日本語で話してくれます。"),
        _("やさしい日本語で話してほしいと伝えます。"),
        _("やさしい日本語で話せるか聞いてみます。"),
    ),
    "事前見学": (_("先に見に行けます。"), _("先に見に行けるか相談します。"), _("先に見に行けるか聞いてみます。")),
    "人数": (
        _("人の数がちょうどいいところです。"),
        _("人の数は、思っていたのとちがうかもしれません。"),
        _("人が多いか聞いてみます。"),
    ),
    "空き": (_("いま、あいています。"), _("いまはいっぱいです。空くのを待てます。"), _("あいているか聞いてみます。")),
    "体の負担": (
        _("体にむりのないところです。"),
        _("体がつらくないか相談します。"),
        _("体がつらくないか聞いてみます。"),
    ),
    "人と話す量": (
        _("話すことが少ないところです。"),
        _("話すことが多いかもしれません。"),
        _("どのくらい話すか聞いてみます。"),
    ),
    "1回の長さ": (
        _("長さがちょうどいいです。"),
        _("短い時間から始められるか相談します。"),
        _("何分くらいか聞いてみます。"),
    ),
    "ことば": (
        _("あなたのことばで話せます。"),
        _("ことばを手伝う人をさがします。"),
        _("どのことばで話せるか聞いてみます。"),
    ),
    "年齢": (_("あなたの年の人が来ています。"), _("年の決まりを相談します。"), _("年の決まりがあるか聞いてみます。")),
    "情報の新しさ": (
        _("今もしていると分かっています。"),
        _("今もしているか聞いてみます。"),
        _("今もしているか聞いてみます。"),
    ),
    "好きなこと": (
        _("あなたの好きなことができます。"),
        _("ちがうこともためせます。"),
        _("好きなことができるか聞いてみます。"),
    ),
    "得意なこと": (
        _("あなたの得意なことが役に立ちます。"),
        _("得意なことを話してみましょう。"),
        _("得意なことができるか聞いてみます。"),
    ),
    "やってみたい役割": (
        _("あなたがやってみたいことがあります。"),
        _("やってみたいことを話してみましょう。"),
        _("どんなことができるか聞いてみます。"),
    ),
    "始め方": (
        _("あなたの言った始め方ができます。"),
        _("どう始めるか、いっしょに考えます。"),
        _("どう始めるか聞いてみます。"),
    ),
    "音・匂い・光・人混み": (
        _("音やにおいが、気にならないところです。"),
        _("音やにおいが気になるかもしれません。見に行ってたしかめます。"),
        _("音やにおいを聞いてみます。"),
    ),
    "はじめての日": (
        _("はじめての日に手伝ってくれます。"),
        _("はじめての日のことを相談します。"),
        _("はじめての日のことを聞いてみます。"),
    ),
    "雰囲気": (_("しずかで、おちついたところです。"), _("にぎやかな日があります。"), _("どんなようすか聞いてみます。")),
    "医療上できないこと": (
        _("体にむりなことは、なさそうです。"),
        _("体にむりなことがないか、いっしょに考えます。"),
        _("体にむりなことがないか聞いてみます。"),
    ),
    "先の見通し": (
        _("することや時間が、先に分かります。"),
        _("その日に決まることもあります。先に聞いておきます。"),
        _("何をするか、先に聞いてみます。"),
    ),
    "いっしょになる人": (
        _("会いたい人たちがいるところです。"),
        _("どんな人がいるか、見に行ってたしかめます。"),
        _("どんな人がいるか聞いてみます。"),
    ),
    "近所の人": (
        _("近所の人とは、あまり会わないところです。"),
        _("近所の人に会うかもしれません。いっしょに考えます。"),
        _("だれが来るか聞いてみます。"),
    ),
    "開く回数": (
        _("あなたの行きたい回数、行けます。"),
        _("あいている日が少ないです。ほかの場といっしょに考えます。"),
        _("月に何回あいているか聞いてみます。"),
    ),
    "前の参加": (None, _("前に行ったことがあるところです。今度はどうしたいか、いっしょに考えます。"), None),
    # A figure of the town, nothing about this person.
    "続きやすさ": (None, None, None),
    # Rules of a place, and the person's own "no", are talked over face to face.
    "性別の決まり": (_("だれでも来ていいところです。"), None, None),
    "同じ性別の人だけ": (_("あなたの言ったとおりのところです。"), None, _("だれが来るか聞いてみます。")),
    "本人の気持ち": (None, None, None),
    "前の見送り": (None, None, None),
}
# label → (what to find in its reason, the sentence with that number for what suits, for what to mind)
NUMBERS = {
    "行き方": (re.compile(r"およそ(\d+)分"), _("だいたい%(number)s分で行けます。"), None),
    "人数": (
        re.compile(r"ふだん(\d+)人"),
        _("いつも%(number)s人くらい来ます。"),
        _("いつも%(number)s人くらい来ます。思っていた人の数と、ちがうかもしれません。"),
    ),
}
# What somebody called important, in their own words.
IMPORTANT = (
    _("あなたが大切にしたい「%(wish)s」に合います。"),
    _("「%(wish)s」のことを相談します。"),
    _("「%(wish)s」のことを聞いてみます。"),
)
MOST = 5


@dataclass(frozen=True)
class PlainReasons:
    """What suits, what we think about together, what we shall ask: at most five sentences each."""

    suits: list[str]
    minds: list[str]
    asks: list[str]


def _numbered(label: str, reason: str, place: int) -> str | None:
    """The sentence with the number the reason names, where there is one: how far, how many."""
    pattern, suits, minds = NUMBERS.get(label, (None, None, None))
    found = pattern.search(reason) if pattern else None
    words = (suits, minds, None)[place]
    return str(words % {"number": found[1]}) if found and words else None


def plain_reasons(lines: list[tuple[str, str]]) -> PlainReasons:
    """`lines` as frozen with a proposal: (mark, `label：words`)."""
    lists: tuple[list[str], list[str], list[str]] = ([], [], [])
    for mark, text in lines:
        label, _colon, rest = text.partition("：")
        place = 0 if mark in "◎○" else 1 if mark in "×△" else 2
        if label in WORDS:
            sentence: Promise | str | None = _numbered(label, rest, place) or WORDS[label][place]
        elif label and rest:
            sentence = IMPORTANT[place] % {"wish": label}
        else:
            sentence = None
        if mark and sentence and str(sentence) not in lists[place]:
            lists[place].append(str(sentence))
    return PlainReasons(*(found[:MOST] for found in lists))
