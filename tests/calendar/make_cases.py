# ruff: noqa: E501 (a table is read across)
"""Writes cases/ours.json: each text with the days a person reads in it, said as a plain condition on a date.

The conditions are written by hand and use nothing of the product; run `python -m tests.calendar.make_cases` after
adding a line, and read the difference.
"""

import calendar
import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import jpholiday

FIRST, LAST = date(2026, 12, 1), date(2027, 3, 31)
MO, TU, WE, TH, FR, SA, SU = range(7)
Condition = Callable[[date], bool]


def on(*weekdays: int) -> Condition:
    return lambda d: d.weekday() in weekdays


def nth(weekday: int, *weeks: int) -> Condition:
    def holds(d: date) -> bool:
        return d.weekday() == weekday and ((d.day + 6) // 7 in weeks or (-1 in weeks and d.day + 7 > month_days(d)))

    return holds


def month_days(d: date) -> int:
    return calendar.monthrange(d.year, d.month)[1]


def hol(d: date) -> bool:
    return bool(jpholiday.is_holiday(d))


def plain(d: date) -> bool:
    return d.weekday() < 5 and not hol(d)


def daily(d: date) -> bool:
    return True


def new_year(d: date, first: tuple[int, int] = (12, 29), last: tuple[int, int] = (1, 3)) -> bool:
    return (d.month, d.day) >= first or (d.month, d.day) <= last


def but(condition: Condition, *without: Condition) -> Condition:
    return lambda d: condition(d) and not any(w(d) for w in without)


def either(*conditions: Condition) -> Condition:
    return lambda d: any(c(d) for c in conditions)


def months(*numbers: int) -> Condition:
    return lambda d: d.month in numbers


def both(*conditions: Condition) -> Condition:
    return lambda d: all(c(d) for c in conditions)


def dates(*texts: str) -> Condition:
    return lambda d: d.isoformat() in texts


def moved(condition: Condition) -> Condition:
    """On the next day when it falls on a holiday."""
    one = timedelta(days=1)
    return lambda d: (condition(d) and not hol(d)) or (condition(d - one) and hol(d - one))


def shut_moved(weekday: int) -> Condition:
    """A closing weekday that goes to the next day when it is a holiday."""
    one = timedelta(days=1)
    return lambda d: (d.weekday() == weekday and not hol(d)) or ((d - one).weekday() == weekday and hol(d - one))


UNDERSTOOD: list[tuple[str, Condition, list[list[str | None]]]] = [
    ("毎月第2・第4火曜 13:30～15:30", either(nth(TU, 2, 4)), [["13:30", "15:30"]]),
    ("毎月第4日曜日", nth(SU, 4), []),
    ("第2・4水曜日 15時～19時", nth(WE, 2, 4), [["15:00", "19:00"]]),
    ("毎月最終金曜日", nth(FR, -1), []),
    ("月火木金土日", on(MO, TU, TH, FR, SA, SU), []),
    ("毎週木曜日 午前11時30分～午後1時30分", on(TH), [["11:30", "13:30"]]),
    ("毎週月・水・金 10:00~12:00、13:00~15:00", on(MO, WE, FR), [["10:00", "12:00"], ["13:00", "15:00"]]),
    ("平日 9:00～17:00", plain, [["09:00", "17:00"]]),
    ("平日の午前9時から午後5時まで", plain, [["09:00", "17:00"]]),
    (
        "隔週土曜日（2026年12月5日から） 10時〜12時",
        lambda d: (d - date(2026, 12, 5)).days % 14 == 0 and d.weekday() == SA,
        [["10:00", "12:00"]],
    ),
    ("隔週水曜（2026年12月9日より）", lambda d: d >= date(2026, 12, 9) and (d - date(2026, 12, 9)).days % 14 == 0, []),
    ("毎日 9時～17時、月曜休み（祝日の場合は翌日）", but(daily, shut_moved(MO)), [["09:00", "17:00"]]),
    ("毎日 9:00～17:00　12/29～1/3は休み", but(daily, new_year), [["09:00", "17:00"]]),
    ("毎月第3月曜日（祝日の場合は翌日） 10:00～12:00", moved(nth(MO, 3)), [["10:00", "12:00"]]),
    ("毎月第2月曜日 祝日の場合は翌日 14:00～16:00", moved(nth(MO, 2)), [["14:00", "16:00"]]),
    ("毎月5日・15日・25日 9:00～11:30", lambda d: d.day in (5, 15, 25), [["09:00", "11:30"]]),
    ("毎月末日", lambda d: d.day == month_days(d), []),
    ("5のつく日", lambda d: d.day in (5, 15, 25), []),
    (
        "令和8年12月5日(土)、12日(土)、19日(土) 10:00～",
        dates("2026-12-05", "2026-12-12", "2026-12-19"),
        [["10:00", None]],
    ),
    ("令和９年１月１６日（土）", dates("2027-01-16"), []),
    ("R8.12.20 13:00-15:00", dates("2026-12-20"), [["13:00", "15:00"]]),
    ("2026/12/24 18:00～20:00", dates("2026-12-24"), [["18:00", "20:00"]]),
    ("2026年12月6日（日）、2027年1月10日（日）", dates("2026-12-06", "2027-01-10"), []),
    ("㈯㈰ 10:00～16:00", on(SA, SU), [["10:00", "16:00"]]),
    ("第1～3土曜 10:00～12:00", nth(SA, 1, 2, 3), [["10:00", "12:00"]]),
    ("４月～９月の毎週土曜　９：００～１２：００", both(months(4, 5, 6, 7, 8, 9), on(SA)), [["09:00", "12:00"]]),
    ("12月～2月の毎週日曜日 10時～14時", both(months(12, 1, 2), on(SU)), [["10:00", "14:00"]]),
    ("金曜 20:00～翌1:00", on(FR), [["20:00", "01:00"]]),
    ("毎週金曜日 18時～25時", on(FR), [["18:00", "01:00"]]),
    ("月～日 9:00～21:00 日曜・祝日は17:00まで", daily, [["09:00", "21:00"], ["09:00", "17:00"]]),
    ("毎週水曜 10:00～12:00（祝日は休み）", but(on(WE), hol), [["10:00", "12:00"]]),
    ("毎週火曜 10:00～12:00 8月は休み", on(TU), [["10:00", "12:00"]]),
    ("毎週火曜 10:00～12:00。1月・2月は休み", but(on(TU), months(1, 2)), [["10:00", "12:00"]]),
    (
        "毎週火曜日 10:00～12:00（年末年始(12/28～1/4)は休み）",
        but(on(TU), lambda d: new_year(d, (12, 28), (1, 4))),
        [["10:00", "12:00"]],
    ),
    ("10:00～12:00 毎週月曜日", on(MO), [["10:00", "12:00"]]),
    ("水曜以外の毎日 9:00～17:00", on(MO, TU, TH, FR, SA, SU), [["09:00", "17:00"]]),
    ("第3土曜日 午後1時～3時", nth(SA, 3), [["13:00", "15:00"]]),
    ("開催日：毎月第1日曜日　時間：11時から14時", nth(SU, 1), [["11:00", "14:00"]]),
    ("月曜～金曜 9時～17時 定休日：祝日", plain, [["09:00", "17:00"]]),
    ("月～土 9:00～18:00 定休日 日曜・祝日", but(on(MO, TU, WE, TH, FR, SA), hol), [["09:00", "18:00"]]),
    ("毎週火曜日、第3土曜日 10:00～12:00", either(on(TU), nth(SA, 3)), [["10:00", "12:00"]]),
    ("土日祝 10:00～16:00", either(on(SA, SU), hol), [["10:00", "16:00"]]),
    ("土・日・祝日 10時～16時", either(on(SA, SU), hol), [["10:00", "16:00"]]),
    ("月～金10時～15時、土10時～12時", on(MO, TU, WE, TH, FR, SA), [["10:00", "15:00"], ["10:00", "12:00"]]),
    ("第2火・木曜 10時～", either(nth(TU, 2), nth(TH, 2)), [["10:00", None]]),
    ("第1火曜と第3木曜 13:00～15:00", either(nth(TU, 1), nth(TH, 3)), [["13:00", "15:00"]]),
    ("毎週水曜日に開催しています", on(WE), []),
    ("偶数月の第3土曜日 14:00～16:00", both(months(2, 4, 6, 8, 10, 12), nth(SA, 3)), [["14:00", "16:00"]]),
    ("奇数月の最終日曜 9時半～11時半", both(months(1, 3), nth(SU, -1)), [["09:30", "11:30"]]),
    ("毎月1日と15日 9:00～", lambda d: d.day in (1, 15), [["09:00", None]]),
    ("毎日 9:00～17:00（12月～2月は16:00まで）", daily, [["09:00", "16:00"], ["09:00", "17:00"]]),
    ("毎週土曜日 13:00～16:00 第5土曜日は休み", but(on(SA), nth(SA, 5)), [["13:00", "16:00"]]),
    ("夜7時～9時 毎週金曜", on(FR), [["19:00", "21:00"]]),
    (
        "2026年12月1日～2027年2月28日の毎週火曜 10:00～12:00",
        lambda d: d.weekday() == TU and d <= date(2027, 2, 28),
        [["10:00", "12:00"]],
    ),
    (
        "2027年1月12日から毎週火曜日 10時～11時",
        lambda d: d.weekday() == TU and d >= date(2027, 1, 12),
        [["10:00", "11:00"]],
    ),
    ("火～日 4月~9月 9:00~18:00 10月~3月 9:00~17:00", on(TU, WE, TH, FR, SA, SU), [["09:00", "17:00"]]),
    (
        "月火水木金土 9:30～18:00 祝日、12/29～1/3は終日利用不可",
        but(on(MO, TU, WE, TH, FR, SA), hol, new_year),
        [["09:30", "18:00"]],
    ),
    (
        "火水木金土日 09:00～17:00 12/30～1/1は終日利用不可",
        but(on(TU, WE, TH, FR, SA, SU), lambda d: new_year(d, (12, 30), (1, 1))),
        [["09:00", "17:00"]],
    ),
    (
        "月水木金土日 9:00～21:00\n日曜・祝日は17:00まで",
        on(MO, WE, TH, FR, SA, SU),
        [["09:00", "21:00"], ["09:00", "17:00"]],
    ),
    (
        "月火水木金土日 10:00～21:00\n祝日は開館（10:00～21:00）。年末年始（12/29～1/3）は休館。",
        but(daily, new_year),
        [["10:00", "21:00"]],
    ),
    (
        "月水木金土日 09:00～21:00 土日祝日は開館（09:00～17:00）。火曜日は休館、ただし、火曜日が祝日の場合は開館で、翌日が休館。年末年始（12/29～1/3）は休館。",
        but(daily, shut_moved(TU), new_year),
        [["09:00", "21:00"], ["09:00", "17:00"]],
    ),
    (
        "月火水木金土日 9:00～22:00\n国民の祝日に関する法律に規定する休日及び年末年始（12月29日から翌年の1月3日まで）は利用不可。",
        but(daily, hol, new_year),
        [["09:00", "22:00"]],
    ),
    ("月火水木金 10:00～17:30\n祝日・年末年始（12/29～1/3）は利用不可", but(plain, new_year), [["10:00", "17:30"]]),
    (
        "火水木金土 10:00～16:00\n利用可能時間は10:00～12:00、13:00～16:00（12:00～13:00は休み時間）",
        on(TU, WE, TH, FR, SA),
        [["10:00", "12:00"], ["13:00", "16:00"]],
    ),
    (
        "月火水木金土 9:30～16:00 土曜日のみ9：30～14：30",
        on(MO, TU, WE, TH, FR, SA),
        [["09:30", "16:00"], ["09:30", "14:30"]],
    ),
    (
        "月火水木金 9:30～15:30\n第３土は10:30～15:30。第３火曜日休。",
        but(either(on(MO, TU, WE, TH, FR), nth(SA, 3)), nth(TU, 3)),
        [["09:30", "15:30"], ["10:30", "15:30"]],
    ),
    ("月火水木金土日 9:00～22:00\n日曜日は17:00まで。", daily, [["09:00", "22:00"], ["09:00", "17:00"]]),
    (
        "火水木金土日 09:00～22:00\n日曜日、祝日は17:00まで利用可。月曜日が祝日の場合は利用可、ただし火曜日が利用不可。12/29～1/3は利用不可。",
        but(daily, shut_moved(MO), new_year),
        [["09:00", "22:00"], ["09:00", "17:00"]],
    ),
    ("月火水木金土日 6:30～17:00 無休", daily, [["06:30", "17:00"]]),
    ("年中無休 8:00～18:00", daily, [["08:00", "18:00"]]),
    ("毎日 午前10時～午後4時", daily, [["10:00", "16:00"]]),
    ("月曜から金曜まで 9時から17時まで", on(MO, TU, WE, TH, FR), [["09:00", "17:00"]]),
    ("午前10時から正午まで 毎週水曜日", on(WE), [["10:00", "12:00"]]),
    ("毎週月曜日 13:00-15:00", on(MO), [["13:00", "15:00"]]),
    ("毎週日曜 正午〜午後2時", on(SU), [["12:00", "14:00"]]),
    ("毎月10日 10:00〜11:30", lambda d: d.day == 10, [["10:00", "11:30"]]),
    ("第一・第三水曜日 十時～十二時", nth(WE, 1, 3), [["10:00", "12:00"]]),
    ("毎月第三土曜日　午後一時三十分から午後三時三十分", nth(SA, 3), [["13:30", "15:30"]]),
    ("最終土曜 9:00～12:00", nth(SA, -1), [["09:00", "12:00"]]),
    ("第1・最終木曜 10:00～12:00", nth(TH, 1, -1), [["10:00", "12:00"]]),
    ("第5日曜日", nth(SU, 5), []),
    ("第2第4土曜 10:00～", nth(SA, 2, 4), [["10:00", None]]),
    ("毎週月曜日（祝日を除く） 10:00～15:00", but(on(MO), hol), [["10:00", "15:00"]]),
    ("平日（年末年始12/29～1/3を除く） 8:30～17:15", but(plain, new_year), [["08:30", "17:15"]]),
    ("火・木 10:00～12:00、土 13:00～16:00", on(TU, TH, SA), [["10:00", "12:00"], ["13:00", "16:00"]]),
    ("毎週火曜 10～12時", on(TU), [["10:00", "12:00"]]),
    ("毎週木曜 13時半～15時", on(TH), [["13:30", "15:00"]]),
    ("毎月第2日曜日11:00スタート", nth(SU, 2), [["11:00", None]]),
    ("毎月第3日曜 10:00開始", nth(SU, 3), [["10:00", None]]),
    ("日曜以外 9:00～18:00", on(MO, TU, WE, TH, FR, SA), [["09:00", "18:00"]]),
    (
        "毎週金曜 17:00～20:00、毎月第1土曜 11:00～14:00",
        either(on(FR), nth(SA, 1)),
        [["17:00", "20:00"], ["11:00", "14:00"]],
    ),
    ("金～日 11:00～16:00", on(FR, SA, SU), [["11:00", "16:00"]]),
    ("日～木 9:00～12:00", on(SU, MO, TU, WE, TH), [["09:00", "12:00"]]),
    ("毎日 9:00～17:00 毎月末日休館", but(daily, lambda d: d.day == month_days(d)), [["09:00", "17:00"]]),
    ("毎日 10:00～18:00 第3水曜日は休館", but(daily, nth(WE, 3)), [["10:00", "18:00"]]),
    ("毎日 10:00～18:00、毎週水曜日定休", but(daily, on(WE)), [["10:00", "18:00"]]),
    ("毎日 9:00～17:00 火曜日定休（祝日の場合は営業）", but(daily, but(on(TU), hol)), [["09:00", "17:00"]]),
    ("毎日 9:30～17:00 休館日：月曜日（祝日の場合は翌平日）", lambda d: not _shut_to_weekday(d), [["09:30", "17:00"]]),
    ("毎月10・20日 9:00～12:00", lambda d: d.day in (10, 20), [["09:00", "12:00"]]),
    ("第2・第4土曜日を除く毎週土曜 10:00～12:00", but(on(SA), nth(SA, 2, 4)), [["10:00", "12:00"]]),
    ("土曜 10:00～12:00（第2土曜は13:00～15:00）", on(SA), [["10:00", "12:00"], ["13:00", "15:00"]]),
    ("【開館日】火～日 【時間】9:00～17:00", on(TU, WE, TH, FR, SA, SU), [["09:00", "17:00"]]),
    ("毎月第3日曜日 10:00～12:00（1月は除く）", but(nth(SU, 3), months(1)), [["10:00", "12:00"]]),
    ("平日は9:00～17:00、土曜は9:00～12:00", either(plain, on(SA)), [["09:00", "17:00"], ["09:00", "12:00"]]),
    ("毎週金曜日21時～翌朝5時", on(FR), [["21:00", "05:00"]]),
    ("毎月第4水曜 18:30～20:00", nth(WE, 4), [["18:30", "20:00"]]),
    ("毎月第2・4金曜日の午後1時30分～3時", nth(FR, 2, 4), [["13:30", "15:00"]]),
    ("月・木曜日 14:00～16:00", on(MO, TH), [["14:00", "16:00"]]),
    ("月曜日と木曜日 14:00～16:00", on(MO, TH), [["14:00", "16:00"]]),
    ("月曜日、木曜日 14:00～16:00", on(MO, TH), [["14:00", "16:00"]]),
    ("（土）（日）10:00～15:00", on(SA, SU), [["10:00", "15:00"]]),
    ("毎週土曜日\n10:00～12:00\n14:00～16:00", on(SA), [["10:00", "12:00"], ["14:00", "16:00"]]),
    ("祝日 10:00～15:00", hol, [["10:00", "15:00"]]),
    ("土日 10:00～16:00、祝日 10:00～15:00", either(on(SA, SU), hol), [["10:00", "16:00"], ["10:00", "15:00"]]),
]

# The text does not say enough: a person who reads it would have to ask.
OPEN = [
    "月に2回ほど", "隔週土曜日", "隔週火曜 10:00～12:00", "月2回", "月１回土曜日開設", "毎月2回 木曜日", "不定期", "不定休",
    "毎週月曜日または火曜日", "午前10時～3時 毎週月曜", "毎週土曜日 10時〜12時頃", "2026年12月5日(日) 10:00～", "8月は休み",
    "原則毎週水曜 10:00～12:00", "毎週水曜日など", "毎週火曜 ほか", "要問合せ", "お電話でお問い合わせください",
    "毎週火曜 10:00～12:00（8月・年末年始は休み）", "毎週火曜 10:00～12:00 夏休みは休み", "年末年始を除く平日 9:00～17:00",
    "月曜、祝日は休み", "水曜定休", "休館日：月曜日", "営業時間 9:00～18:00 定休日 水曜日", "毎月第2火曜・木曜", "毎月火曜日",
    "毎月第2土曜日（1月は第3土曜日） 10:00～12:00", "毎週火曜10:00～12:00、第3土曜日", "12月から2月は16時まで", "9:00～17:00",
    "毎週土曜 10:00～12:00（変更になる場合があります）", "第2週の火曜日", "12月5日(土) 10:00～12:00", "12/8、1/12、2/9",
    "毎週月曜日 10:00～12:00（祝日の場合はお問い合わせください）", "月火木金土日 9:00～16:00 水曜日が祝日の場合は、その日以降の平日が休日となる。",
    "火水木金土日 9:30～19:00\n資料特別整理期間（9月中の7日間程度）休館。", "火～日 9:00～17:00（月曜休館、祝日の場合は翌日休館）",
    "月火水木金土日 9:00～18:00 時間外利用可能", "毎週水・金のどちらか", "週2回", "毎月中旬の土曜日", "農繁期を除く毎週日曜", "雨天中止 毎週日曜 9:00～",
    "第3土曜日（予定）", "毎週木曜 14:00～（2時間程度）", "夏季 9:00～18:00 冬季 9:00～17:00", "土曜日（第5週を除くことがあります）",
    "毎月第6土曜日", "2027年2月29日", "毎週月曜 25:70～", "", "　", "？？？", "🍙の日", "毎月32日", "交互に火曜と木曜", "土曜日隔週", "日曜（第3を除く）", "第3土曜日・日曜日", "毎月第3日曜日 ※8月は第4日曜", "9:00～18:00（日・祝休み）", "月曜日（毎月第1）", "2027年3月31日までの土曜と隔週日曜",
    "毎週土曜 10:00～12:00 毎週土曜 11:00～13:00", "午前12時～午後3時 毎週月曜", "第1・3火曜、ときどき木曜",
]  # fmt: skip


def _shut_to_weekday(d: date) -> bool:
    if d.weekday() == MO and not hol(d):
        return True
    for back in range(1, 12):
        e = d - timedelta(days=back)
        if e.weekday() == MO and hol(e):
            target = e + timedelta(days=1)
            while not plain(target):
                target += timedelta(days=1)
            if target == d:
                return True
    return False


def main() -> None:
    days = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
    cases = [
        {
            "id": f"u{number:03d}",
            "text": text,
            "understood": True,
            "dates": [d.isoformat() for d in days if holds(d)],
            "sessions": sessions,
        }
        for number, (text, holds, sessions) in enumerate(UNDERSTOOD, 1)
    ]
    cases += [
        {"id": f"o{number:03d}", "text": text, "understood": False, "dates": [], "sessions": []}
        for number, text in enumerate(OPEN, 1)
    ]
    path = Path(__file__).parent / "cases" / "ours.json"
    text = json.dumps({"from": FIRST.isoformat(), "to": LAST.isoformat(), "cases": cases}, ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
