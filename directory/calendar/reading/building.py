"""From the groups a text names to rules that do not contradict each other."""

from dataclasses import replace
from datetime import date, time, timedelta
from itertools import pairwise
from typing import Any

from ..rules import Closure, MonthDay, Rule, Schedule, Session, within
from .words import NotUnderstood

EVERY_DAY = frozenset(range(7))


def build(groups: list[Any], closures: tuple[Closure, ...], untils: list[Any], breaks: list[Session]) -> Schedule:
    """Rules from groups, exceptions laid over earlier rules. Raises NotUnderstood where two say different things."""
    rules: list[Rule] = []
    for group in groups:
        made = [_rule(pattern, group.sessions) for pattern in group.patterns]
        holiday_alone = len(made) == 1 and made[0].holidays == "only" and not made[0].weekdays
        named = {day for rule in rules for day in _days(rule)}
        if group.overrides and holiday_alone and rules and not named >= EVERY_DAY:
            # 毎週火曜 …、祝日は13時から: whether it opens on a holiday that is no Tuesday is not said.
            raise NotUnderstood("祝日の時間")
        rules = _lay_over(rules, made) if group.overrides and rules else _add(rules, made)
    for selected, ends in untils:
        for pattern in selected:
            rules = _end_at(rules, pattern, ends)
    for pause in breaks:
        rules = [_pause(rule, pause) for rule in rules]
    return Schedule(tuple(_simplest(rules)), closures)


def _simplest(rules: list[Rule]) -> list[Rule]:
    """Rules that say together what one says: 祝日 and not 祝日, or the same times on other weekdays."""
    found: list[Rule] = []
    for rule in rules:
        for place, other in enumerate(found):
            if replace(rule, holidays="any") == replace(other, holidays="any") and rule.holidays != other.holidays:
                found[place] = replace(other, holidays="any")
                break
            if rule.weekdays and other.weekdays and replace(rule, weekdays=()) == replace(other, weekdays=()):
                found[place] = replace(other, weekdays=(*other.weekdays, *rule.weekdays))
                break
        else:
            found.append(rule)
    return found if len(found) == len(rules) else _simplest(found)


def _rule(pattern: dict[str, Any], sessions: list[Session]) -> Rule:
    if pattern.get("every_weeks", 1) > 1 and "anchor" not in pattern:
        raise NotUnderstood("隔週のはじまり")
    for begins, ends in sessions:
        if ends is not None and begins == ends:
            raise NotUnderstood("時間")
    ordered = sorted(sessions, key=lambda session: session[0])
    for (_, ends), (begins, _ignored) in pairwise(ordered):
        if ends is None or ends > begins:
            raise NotUnderstood("重なる時間")
    return Rule(**pattern, sessions=tuple(sessions))


def _days(rule: Rule) -> frozenset[int]:
    return frozenset(rule.weekdays) or EVERY_DAY


def _overlap(one: Rule, other: Rule) -> bool:
    """Whether both may mean the same day; said too often rather than too rarely."""
    if one.dates and other.dates:
        return bool(set(one.dates) & set(other.dates))
    if not _days(one) & _days(other):
        return False
    if one.weeks and other.weeks and -1 not in (*one.weeks, *other.weeks):
        return bool(set(one.weeks) & set(other.weeks)) and _same_season(one, other)
    if one.weeks and other.weeks and set(one.weeks) | set(other.weeks) <= {1, 2, 3, -1}:
        return bool(set(one.weeks) & set(other.weeks)) and _same_season(one, other)
    if {one.holidays, other.holidays} == {"skip", "only"}:
        return False
    if one.monthdays and other.monthdays:
        return bool(set(one.monthdays) & set(other.monthdays)) and _same_season(one, other)
    return _same_season(one, other)


def _same_season(one: Rule, other: Rule) -> bool:
    if one.months and other.months and not set(one.months) & set(other.months):
        return False
    if one.span and other.span and not _spans_meet(one.span, other.span):
        return False
    if one.until_on and other.from_on and one.until_on < other.from_on:
        return False
    return not (other.until_on and one.from_on and other.until_on < one.from_on)


def _spans_meet(one: tuple[MonthDay, MonthDay], other: tuple[MonthDay, MonthDay]) -> bool:
    days = (date(2024, 1, 1) + timedelta(days=number) for number in range(366))
    return any(within(day, one) and within(day, other) for day in days)


def _add(rules: list[Rule], made: list[Rule]) -> list[Rule]:
    """More openings; where they meet earlier ones with other times, nothing tells which is meant."""
    for new in made:
        for old in rules:
            if not _overlap(old, new) or new.sessions == old.sessions:
                continue
            if new.holidays == "only" and not new.weekdays and old.holidays == "any":
                # 土日 10:00～16:00、祝日 10:00～15:00: the holiday is named, so it counts on holidays.
                rules = _lay_over(rules, [new])
                break
            raise NotUnderstood("時間が重なる曜日")
        else:
            rules = [*rules, new]
    return rules


def _lay_over(rules: list[Rule], made: list[Rule]) -> list[Rule]:
    """Exceptions: where a new rule holds, it holds alone."""
    kept = rules
    for new in made:
        kept = [part for old in kept for part in _without(old, new)]
    return [*kept, *made]


def _without(old: Rule, new: Rule) -> list[Rule]:
    """What is left of a rule when the days of another are taken out."""
    if not _overlap(old, new):
        return [old]
    if new.holidays == "only" and not new.weekdays:
        return [] if old.holidays == "only" else [replace(old, holidays="skip")]
    plain = not (new.weeks or new.monthdays or new.months or new.dates or new.span or new.every_weeks > 1)
    if plain and new.holidays == "any" and not (old.weeks or old.monthdays or old.dates):
        rest = tuple(sorted(_days(old) - _days(new)))
        return [replace(old, weekdays=rest)] if rest else []
    if new.months and not new.weekdays and not (new.weeks or new.monthdays or new.dates):
        rest = tuple(month for month in (old.months or range(1, 13)) if month not in new.months)
        return [replace(old, months=rest)] if rest else []
    if new.weeks and not old.weeks and replace(old, sessions=()) == replace(new, weeks=(), sessions=()):
        if -1 in new.weeks:
            # The last may be the fourth or the fifth.
            raise NotUnderstood("最終")
        return [replace(old, weeks=tuple(week for week in range(1, 6) if week not in new.weeks))]
    if new.months and replace(old, months=(), sessions=()) == replace(new, months=(), sessions=()):
        rest = tuple(month for month in (old.months or range(1, 13)) if month not in new.months)
        return [replace(old, months=rest)] if rest else []
    raise NotUnderstood("例外の日")


def _end_at(rules: list[Rule], pattern: dict[str, Any], ends: time) -> list[Rule]:
    """日曜・祝日は17時まで: the days named end earlier."""
    if not set(pattern) <= {"weekdays", "holidays", "months"} or pattern.get("holidays") == "skip":
        raise NotUnderstood("終わりの時間")
    found: list[Rule] = []
    touched = False
    for rule in rules:
        inside, outside = _split(rule, pattern)
        found += outside
        for part in inside:
            touched = True
            begins, before = part.sessions[0] if len(part.sessions) == 1 else (ends, None)
            if before is None:
                raise NotUnderstood("終わりの時間")
            if not begins < ends or (before > begins and ends > before):
                raise NotUnderstood("終わりの時間")
            found.append(replace(part, sessions=((begins, ends),)))
    if not touched:
        raise NotUnderstood("終わりの時間")
    return found


def _split(rule: Rule, pattern: dict[str, Any]) -> tuple[list[Rule], list[Rule]]:
    """(part of the rule that the pattern means, the rest)."""
    if rule.if_holiday or rule.dates:
        raise NotUnderstood("終わりの時間")
    if "months" in pattern:
        if set(pattern) != {"months"}:
            raise NotUnderstood("終わりの時間")
        own = rule.months or tuple(range(1, 13))
        inside = tuple(month for month in own if month in pattern["months"])
        outside = tuple(month for month in own if month not in pattern["months"])
        return (
            [replace(rule, months=inside)] if inside else [],
            [replace(rule, months=outside)] if outside else [],
        )
    if pattern.get("holidays") == "only":
        if rule.holidays == "skip":
            return [], [rule]
        if rule.holidays == "only":
            return [rule], []
        return [replace(rule, holidays="only")], [replace(rule, holidays="skip")]
    wanted = frozenset(pattern["weekdays"])
    if rule.holidays == "only" and not rule.weekdays:
        # Holidays on that weekday keep the times of holidays.
        return [], [rule]
    meant, others = _days(rule) & wanted, _days(rule) - wanted
    return (
        [replace(rule, weekdays=tuple(sorted(meant)))] if meant else [],
        [replace(rule, weekdays=tuple(sorted(others)))] if others else [],
    )


def _pause(rule: Rule, pause: Session) -> Rule:
    """A lunch break inside one session makes two; a break that is already a gap changes nothing."""
    begins, ends = pause
    if ends is None:
        raise NotUnderstood("休み時間")
    if len(rule.sessions) == 1:
        first, last = rule.sessions[0]
        if last is None or not first < begins < ends < last:
            raise NotUnderstood("休み時間")
        return replace(rule, sessions=((first, begins), (ends, last)))
    gaps = [(one[1], other[0]) for one, other in pairwise(rule.sessions)]
    if (begins, ends) not in gaps:
        raise NotUnderstood("休み時間")
    return rule
