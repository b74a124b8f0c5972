"""Cuts a normalised text into words the reader knows; whatever is left over means: not understood."""
# ruff: noqa: E501 (a pattern is read in one line)

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from ..rules import LAST
from .clock import FROM, RANGE, SHORT_RANGE, UNTIL, VAGUE, read_clock, read_range, read_short
from .words import NotUnderstood, Token

WD = "月火水木金土日"


def _weekdays(text: str) -> tuple[int, ...]:
    return tuple(WD.index(char) for char in text if char in WD)


def _weekday_range(found: re.Match[str]) -> tuple[int, ...]:
    first, last = WD.index(found["a"]), WD.index(found["b"])
    return tuple((first + step) % 7 for step in range((last - first) % 7 + 1))


def _nth(found: re.Match[str]) -> tuple[int, ...]:
    weeks: list[int] = []
    for part in re.split(
        r"[・、,/]|と|および|及び|(?<=\d)\s*(?=第)|(?<=\d)\s*(?=最終)",
        re.sub(r"\s*から\s*", "~", found[0]).replace("~第", "~"),
    ):
        cleaned = re.sub(r"第|週|\s", "", part)
        if cleaned in {"最終", "最後の"}:
            weeks.append(LAST)
        elif between := re.fullmatch(r"(\d)~(\d)", cleaned):
            weeks += range(int(between[1]), int(between[2]) + 1)
        elif cleaned.isdigit():
            weeks.append(int(cleaned))
        elif cleaned:
            raise NotUnderstood(found[0])
    if not weeks or any(week not in (1, 2, 3, 4, 5, LAST) for week in weeks):
        raise NotUnderstood(found[0])
    return tuple(weeks)


def _year(found: re.Match[str]) -> int | None:
    if found["era"]:
        return 2018 + int(found["era"])
    if found["west"]:
        return int(found["west"])
    return None


def _date(found: re.Match[str]) -> dict[str, Any]:
    return {
        "year": _year(found),
        "month": int(found["mo"] or found["mo2"]),
        "day": int(found["da"] or found["da2"]),
        "mark": found["mark"] or found["markb"] or "",
    }


def _whole(found: re.Match[str]) -> dict[str, Any]:
    year = 2018 + int(found["era"]) if found["era"] else int(found["west"])
    return {
        "year": year,
        "month": int(found["mo"]),
        "day": int(found["da"]),
        "mark": found["mark"] or found["markb"] or "",
    }


def _months(found: re.Match[str]) -> tuple[int, ...]:
    numbers = [int(number) for number in re.findall(r"\d+", found[0])]
    if any(not 1 <= number <= 12 for number in numbers):
        raise NotUnderstood(found[0])
    return tuple(numbers)


def _month_range(found: re.Match[str]) -> tuple[int, ...]:
    first, last = int(found["a"]), int(found["b"])
    if not (1 <= first <= 12 and 1 <= last <= 12):
        raise NotUnderstood(found[0])
    return tuple((first - 1 + step) % 12 + 1 for step in range((last - first) % 12 + 1))


_MARK = r"(?:\s*\((?P<mark>[月火水木金土日]?(?:曜日?)?(?:[・、/]?祝日?)?)\)|\s*(?P<markb>[月火水木金土日]曜日?))?"
_YEAR = r"(?:(?:(?:令和|R)\s*(?P<era>\d{1,2})|(?P<west>20\d\d))\s*年\s*)?"
_HOLIDAY = r"(?:祝日|休日|祝)"
_WHEN_HOLIDAY = (
    r"(?:(?P<who>[月火水木金土日]曜日?|[月火水木金土日]|当日|その日|開催日|休館日|定休日|実施日)\s*(?:が|と|の)\s*)?"
    rf"{_HOLIDAY}(?:の(?:場合|とき|時|際|日)|に(?:あたる|当たる|あたった|当たった)(?:場合|とき|時|日)?|"
    r"と重な(?:る|った)(?:場合|とき|時|日)?|で(?:ある|あった)場合|なら|だったら)(?:に|で)?(?:は|も)?\s*[、,]?\s*"
)
_OPENED = r"(?:開館|開所|開催|開室|開園|営業|利用可|利用できます|実施|開きます|あいています)(?:し|で|です|します|とし|して|で、)?"
_SHUT = r"(?:休館|休み|お休み|休業|休所|休園|休室|利用不可|閉館|定休|中止|休止|お休みします)(?:日)?(?:です|します|となります|となる|とします|とする|になります)?"
_TO = r"(?:その)?(?P<to>翌日以降の平日|直後の平日|翌平日|次の平日|翌日の平日|翌日|次の日|前日|前の平日|翌週)"

_MOVES = {
    "翌平日": "next_weekday", "次の平日": "next_weekday", "直後の平日": "next_weekday", "翌日以降の平日": "next_weekday",
    "翌日": "next_day", "次の日": "next_day", "前日": "previous_day", "前の平日": "previous_weekday", "翌週": "next_week",
}  # fmt: skip


def _move(found: re.Match[str]) -> dict[str, Any]:
    who = found["who"] or ""
    days = _weekdays(who.replace("曜日", "").replace("曜", "")) if who and who[0] in WD else ()
    if found["to"] and found["to"] not in _MOVES:
        raise NotUnderstood(found[0])
    return {
        "who": days,
        "to": _MOVES[found["to"]] if found["to"] else "",
        "opened": bool(found["open"]),
        "shut": bool(found["shut"]),
        "other": _weekdays((found["other"] or "").replace("曜日", "").replace("曜", "")),
    }


_Maker = Callable[[re.Match[str]], Any]


def _fixed(value: Any) -> _Maker:
    return lambda found: value


# The order matters: longer and more special words first.
_KNOWN: list[tuple[str, str | re.Pattern[str], _Maker]] = [
    ("stop", r"[。;\n※■●○◎★☆◆◇]+\s*|\.\s+", _fixed(None)),
    ("space", r"\s+", _fixed(None)),
    ("holiday_on", r"祝日にあたる(?=[月火水木金土日])(?![日]\b)", _fixed(None)),
    (
        "move",
        rf"(?:ただし|但し)?\s*[、,]?\s*{_WHEN_HOLIDAY}(?P<open>{_OPENED})\s*[、。,]?\s*(?:ただし|但し|その代わり)?\s*[、,]?\s*"
        rf"(?:{_TO}|(?P<other>[月火水木金土日]曜日?))(?:が|は|を|に)?\s*(?P<shut>{_SHUT})",
        _move,
    ),
    (
        "move",
        rf"(?:ただし|但し)?\s*[、,]?\s*{_WHEN_HOLIDAY}(?P<open>){_TO}(?:が|は|に|を|の)?\s*"
        rf"(?P<shut>{_SHUT})?(?:に?(?:振替|振り替え|変更|順延|開催|実施|ずらし)(?:ます|します|て開催)?|へ変更|になります|します)?(?P<other>)",
        _move,
    ),
    (
        "move",
        rf"(?:ただし|但し)?\s*[、,]?\s*{_WHEN_HOLIDAY}(?P<to>)(?:(?P<open>{_OPENED})|(?P<shut>{_SHUT}))(?P<other>)",
        _move,
    ),
    ("times_label", r"(?:利用可能|利用|開館|開所|営業)時間\s*は", _fixed(None)),
    ("break", r"(?:は)?(?:休み時間|昼休み|休憩(?:時間)?|お昼休み)", _fixed(None)),
    (
        "biweekly",
        r"隔週(?!間)|(?<!\d)2週(?:間)?(?:に1回|ごと|おき)",
        _fixed(2),
    ),
    (
        "fives",
        # With 1, 2 and 3 it is not said whether 10 to 19, 20 to 29 or 30 and 31 are among them.
        r"(?:毎月)?(?P<n>[04-9])の(?:つ|付)く日",
        lambda found: (10, 20, 30) if found["n"] == "0" else tuple(int(found["n"]) + ten for ten in (0, 10, 20)),
    ),
    (
        "date",
        rf"(?:(?P<west>20\d\d)|(?:令和|R)\s*(?P<era>\d{{1,2}}))\s*[/.\-]\s*(?P<mo>\d{{1,2}})\s*[/.\-~]\s*(?P<da>\d{{1,2}})(?!\d){_MARK}",
        _whole,
    ),
    (
        "date",
        rf"{_YEAR}(?:(?P<mo>\d{{1,2}})月\s*(?P<da>\d{{1,2}})日|(?<![\d/:])(?P<mo2>\d{{1,2}})/(?P<da2>\d{{1,2}})(?![\d/:]))(?!間){_MARK}",
        _date,
    ),
    (
        "year_month",
        r"(?:(?:令和|R)\s*(?P<era>\d{1,2})|(?P<west>20\d\d))年\s*(?P<mo>1[0-2]|[1-9])月"
        r"(?!\s*(?:\d{1,2}日|から|より|以降|まで|~|[末上中下]|・|、|と))",
        lambda found: (_year(found), int(found["mo"])),
    ),
    (
        "month_from",
        rf"{_YEAR}(?P<mo>\d{{1,2}})月(?:から|より|以降)(?!\s*(?:翌年の?)?\d{{1,2}}月)",
        lambda found: (_year(found), int(found["mo"])),
    ),
    ("months", r"偶数月", _fixed((2, 4, 6, 8, 10, 12))),
    ("months", r"奇数月", _fixed((1, 3, 5, 7, 9, 11))),
    (
        "months",
        r"(?P<a>\d{1,2})月?\s*(?:~|から|より)\s*(?:翌年?の?)?(?P<b>\d{1,2})月(?:末)?(?:まで)?(?:の間)?(?!\s*\d+日)",
        _month_range,
    ),
    ("months", r"(?:毎年)?\d{1,2}(?:月?[・、,/]\d{1,2})*月(?:中)?(?!\s*\d+日|[末初上中下]|\s*まで|頃)", _months),
    ("every_month", r"毎月|各月", _fixed(None)),
    ("month_end", r"(?:月)?末日|月の最終日|(?<![\d中])月末(?=[^の]|$)", _fixed((LAST,))),
    ("every_week", r"毎週", _fixed(None)),
    (
        "nth",
        r"(?:第\s*\d|最終|最後の)(?:(?:\s*(?:[・、,/~]|と|から|および|及び)\s*|\s+(?=第|最終))?(?:第\s*\d|最終|(?<=[・、,/~と])\d)(?![\d:時年回/分]|[月日]\d))*(?=\s*の?\s*[月火水木金土日平・、)])",
        _nth,
    ),
    ("everyday", r"年中無休|毎日(?!新聞)|無休", lambda found: found[0]),
    ("plain_days", r"平日", _fixed(None)),
    ("holiday_too", r"(?:土・?日・?)?祝日?(?:を|も)?含む", _fixed(None)),
    (
        "holiday_too",
        r"(?:土・?日・?)?祝日?も(?:休まず)?(?:開催|開館|営業|実施|利用可能|利用可|開所|開いています|あり)(?:します|しています|です)?",
        _fixed(None),
    ),
    ("holiday", r"祝日|(?<=[月火水木金土日・、(])祝(?=[休除以はもの~\d\s)、・。午]|$)", _fixed(None)),
    (
        "range",
        RANGE,
        read_range,
    ),
    ("range", SHORT_RANGE, read_short),
    ("until", UNTIL, lambda found: read_clock(found, 1 if found["H1"] or found["noon1"] else 2)[0]),
    ("from", FROM, lambda found: read_clock(found, 1)[0]),
    (
        "weekdays",
        r"(?P<a>[月火水木金土日])(?:曜日?)?\s*(?:~|から)\s*(?P<b>[月火水木金土日])(?:曜日?)?(?:まで)?(?![曜本中])",
        _weekday_range,
    ),
    (
        "weekdays",
        r"[月火水木金土日](?:\s*[・、,/]\s*[月火水木金土日]|[月火水木金土日])*曜日?|[月火水木金土日](?:[・、,/]?[月火水木金土日])*(?![曜本中曇程時間末々])",
        lambda found: _weekdays(re.sub(r"曜日?", "", found[0])),
    ),
    (
        "days",
        r"\d{1,2}(?:[・、,]\d{1,2})+日(?!間)",
        lambda found: tuple(int(number) for number in re.findall(r"\d+", found[0])),
    ),
    (
        "day",
        r"(?P<n>\d{1,2})日(?!間)" + _MARK.replace("mark", "mark"),
        lambda found: {"day": int(found["n"]), "mark": found["mark"] or found["markb"] or ""},
    ),
    ("excluded", r"(?:は|を)?(?:除く|除き|除きます|のぞく|除いた)", _fixed(None)),
    ("except", r"以外(?:の?毎日|の日)?(?:は)?", _fixed(None)),
    (
        "close_label",
        r"(?:(?:休館日|定休日|休業日|休所日|休園日|休室日|閉館日|休み|お休み|休日)\s*[:は=]|(?:休館|定休|休業)\s*:)\s*",
        _fixed(None),
    ),
    (
        "close",
        r"(?:終日|全館|お)?(?:休館日?|定休日?|休業日?|休所日?|休園日?|休室日?|閉館日?|閉所日?|休止|休み|お休み|休講|利用不可|利用できません|利用できない|使えません|"
        r"開催しません|開催なし|実施しません|開きません|ありません|なし|休)(?:です|ます|します|となります|となる|とします|とする|になります|をいただきます)?",
        _fixed(None),
    ),
    ("only", r"のみ|だけ|限定", _fixed(None)),
    ("topic", r"(?:には|は|も)(?![\w])|(?:には|は|も)", _fixed(None)),
    ("join", r"[・/&+]|および|及び|ならびに|並びに|と(?![きこも])", _fixed(None)),
    ("comma", r"[、,]", _fixed(None)),
    ("open", r"[(\[【「『<《]", _fixed(None)),
    ("shut", r"[)\]】」』>》]", _fixed(None)),
    ("tilde", r"~", _fixed(None)),
    ("next_year", r"翌年の?|翌(?=\d)", _fixed(None)),
    ("kara", r"から|より|以降|開始|スタート", _fixed(None)),
    (
        "year_end",
        r"(?:夏[季期]|冬[季期]|夏休み|冬休み|春休み|GW|ゴールデンウィーク|夏|冬)(?:期間)?(?=\()",
        lambda found: found[0],
    ),
    ("year_end", r"年末年始(?:休[館業暇所]?(?:期間)?)?|お?盆(?:休み)?(?:期間)?", lambda found: found[0]),
    (
        "filler",
        r"(?:開催|開館|開所|開室|開園|開設|開放|営業|実施|活動|利用|受付|定例|オープン|開店)(?:日時|日程|曜日|時間|日)?(?:可能|可|中)?(?:時間)?"
        r"(?:です|ます|します|しています|しております|できます|する|される|されます|となります|となる)?\s*[:=]?"
        r"|(?:日時|日程|曜日|時間|とき|開く日|時間帯|定期)\s*[:=]?|開いています|やっています|開きます|開いている|集まります|行います|行っています|です|ます|"
        r"ただし|但し|また|なお|の|に|が|で|を|:|まで|終日(?=利用|休|閉)|その他の日|毎回|全日",
        _fixed(None),
    ),
]
WORDS: list[tuple[str, re.Pattern[str], _Maker]] = [
    (kind, re.compile(pattern) if isinstance(pattern, str) else pattern, make) for kind, pattern, make in _KNOWN
]

_DOUBT = re.compile(
    r"原則|基本的に|など|等(?!しく)|または|又は|もしくは|要問|問い?合わ?せ|お?電話で|不定|未定|予定|変更(?:する|になる|の)|場合が|ことが|"
    r"その他|ほか|他(?!の日)|随時|応相談|相談|程度|くらい|ぐらい|ごろ|ころ|頃|約|月\s*\d+\s*[~・]?\d*\s*回|週\s*\d+\s*[~・]?\d*\s*回|年\s*\d+\s*回|\d+回|おおむね|概ね|適宜|天候|雨天|満潮|"
    r"目安|曜日(?:不定|による)|交互|のうち|いずれか|どちらか"
)


def tokenise(text: str) -> list[Token]:
    """All words of a normalised text, in order. Raises NotUnderstood at the first thing it does not know."""
    if doubt := _DOUBT.search(text):
        raise NotUnderstood(doubt[0])
    tokens: list[Token] = []
    at = 0
    while at < len(text):
        for kind, pattern, make in WORDS:
            found = pattern.match(text, at)
            if found and found.end() > at:
                tokens.append(Token(kind, make(found), found[0]))
                at = found.end()
                if kind in {"range", "until", "from"} and VAGUE.match(text, at):
                    raise NotUnderstood(text[found.start() : at + 2])
                break
        else:
            raise NotUnderstood(text[at : at + 12])
    return tokens


def real_date(year: int, month: int, day: int, mark: str) -> date:
    """The date, when it exists and falls on the weekday written beside it. Raises NotUnderstood."""
    try:
        made = date(year, month, day)
    except ValueError as error:
        raise NotUnderstood(f"{year}年{month}月{day}日") from error
    said = _weekdays(re.sub(r"曜日?|祝日?", "", mark))
    if said and said != (made.weekday(),):
        raise NotUnderstood(f"{month}月{day}日（{mark}）")
    return made
