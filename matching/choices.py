"""The fixed lists of casework: states and kinds on which the program decides. Lists that towns edit stand in codes/."""

from datetime import date, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ClientState(TextChoices):
    OPEN = "open", _("支援中")
    WAITING = "waiting", _("待っている")
    PAUSED = "paused", _("お休み（中断）")
    CLOSED = "closed", _("終わった")


class Sex(TextChoices):
    FEMALE = "female", _("女性")
    MALE = "male", _("男性")
    OTHER = "other", _("その他・答えない")
    UNKNOWN = "", _("まだ分からない")


class ConsultationKind(TextChoices):
    CONSULTATION = "consultation", _("相談")
    NOTICE = "notice", _("気づき（本人はまだ知らない）")


class WhoCame(TextChoices):
    SELF = "self", _("本人")
    FAMILY = "family", _("家族")
    NEIGHBOUR = "neighbour", _("近所・知り合い")
    COMMISSIONER = "commissioner", _("民生委員・児童委員")
    AGENCY = "agency", _("関係機関")
    STAFF = "staff", _("職員の気づき")
    OTHER = "other", _("その他")


class ConsentState(TextChoices):
    """Casework.md, "Two conferences": only the first two can ever reach a host."""

    WRITTEN = "written", _("同意あり（書面）")
    ORAL = "oral", _("同意あり（口頭→書面予定）")
    CONFERENCE_ONLY = "conference_only", _("同意なし（支援会議のみ）")
    REFUSED = "refused", _("拒否")
    UNASKED = "unasked", _("未確認")

    @property
    def is_given(self) -> bool:
        return self in {ConsentState.WRITTEN, ConsentState.ORAL}


class Source(TextChoices):
    """Who said so."""

    SELF = "self", _("本人")
    FAMILY = "family", _("家族")
    WORKER = "worker", _("支援者の見立て")


class MemberKind(TextChoices):
    CO_WORKER = "co_worker", _("副担当")
    ALLOWED = "allowed", _("見てよい人")


class WishKind(TextChoices):
    WISH = "wish", _("本人の希望")
    INTEREST = "interest", _("好き・興味")
    STRENGTH = "strength", _("得意・強み")


class AvoidanceKind(TextChoices):
    NG = "ng", _("本人が行きたくない場")
    DV = "dv", _("安全のために避ける場")
    PERSON = "person", _("会ってはいけない人がいる場")


class PlanKind(TextChoices):
    FIRST = "first", _("はじめてのプラン")
    AGAIN = "again", _("再プラン")


class PlanState(TextChoices):
    DRAFT = "draft", _("案")
    AGREED = "agreed", _("本人と決めた")
    CLOSED = "closed", _("終わった")


class GapAnswer(TextChoices):
    """既存の制度では対応できないか (狭間): asked before every plan of 参加支援."""

    GAP = "gap", _("できない（参加支援で支える）")
    PARTLY = "partly", _("一部はできる（制度とあわせて支える）")
    COVERED = "covered", _("できる（その制度につなぐ）")


class PersonAnswer(TextChoices):
    WANT = "want", _("やってみたい")
    SEE_FIRST = "see_first", _("見てから")
    NOT_NOW = "not_now", _("今はしない")
    NO = "no", _("いやだ")
    LATER = "later", _("保留")


class ProposalState(TextChoices):
    PROPOSED = "proposed", _("本人の返事待ち")
    HELD = "held", _("保留")
    WANTED = "wanted", _("本人は、はい")
    ASKED = "asked", _("受け入れ先の返事待ち")
    TALKING = "talking", _("受け入れ先が相談したい")
    WELCOMED = "welcomed", _("受け入れ先は、はい")
    VISITING = "visiting", _("見学が決まった")
    VISITED = "visited", _("見学した")
    BEGUN = "begun", _("始まった")
    ENDED = "ended", _("終わった")
    DECLINED = "declined", _("見送り")

    @property
    def is_open(self) -> bool:
        return self not in {ProposalState.BEGUN, ProposalState.ENDED, ProposalState.DECLINED}

    @classmethod
    def open_values(cls) -> list[str]:
        return [state.value for state in cls if state.is_open]


class DeclineSide(TextChoices):
    PERSON = "person", _("本人")
    HOST = "host", _("受け入れ先")
    STAFF = "staff", _("調整側")
    CIRCUMSTANCES = "circumstances", _("事情")


class Consequence(TextChoices):
    """What a decline leads to. The list of reasons proposes one, staff confirm it or choose another."""

    HOLD = "hold", _("また聞く（期限を決める）")
    NEAR_MISS = "near_miss", _("あと一歩の手立てをさがす")
    WAIT_FOR_SEAT = "wait_for_seat", _("空きを待つ")
    HOST_SUPPORT = "host_support", _("受け入れ先を支える（連絡する）")
    HIDE_SLOT = "hide_slot", _("この枠はしばらく出さない")


class DisclosureBasis(TextChoices):
    """On what ground something was told. To a host nothing else counts than the person's written yes."""

    CONSENT = "consent", _("本人の同意（書面）")


class DisclosureItem(TextChoices):
    """What a host may be told once the person has agreed in writing."""

    CALLED = "called", _("呼び名")
    NAME = "name", _("名前")
    PHONE = "phone", _("本人の電話")
    AGE = "age", _("およその年齢")
    EMERGENCY = "emergency", _("緊急のときの連絡先")


class VisitKind(TextChoices):
    LOOK = "look", _("見学")
    ESCORT = "escort", _("同行")
    TRIAL = "trial", _("体験")


class VisitResult(TextChoices):
    CAME = "came", _("行けた")
    TOLD = "told", _("連絡があって休み")
    ABSENT = "absent", _("行けなかった")
    CALLED_OFF = "called_off", _("場の都合で中止")


class FollowUpStep(TextChoices):
    """When a placement is looked at again (casework.md, "Clocks"). A town chooses among these, so that a step means
    the same in every report.
    """

    WEEK_1 = "week_1", _("開始から1週")
    WEEK_2 = "week_2", _("開始から2週")
    MONTH_1 = "month_1", _("開始から1か月")
    MONTH_2 = "month_2", _("開始から2か月")
    MONTH_3 = "month_3", _("開始から3か月")
    MONTH_6 = "month_6", _("開始から6か月")
    MONTH_9 = "month_9", _("開始から9か月")
    MONTH_12 = "month_12", _("開始から12か月")
    MONTH_18 = "month_18", _("開始から18か月")
    MONTH_24 = "month_24", _("開始から24か月")

    def due_after(self, begins_on: date) -> date:
        """The day it falls due; the last day of a shorter month."""
        unit, _underscore, number = self.value.partition("_")
        if unit == "week":
            return begins_on + timedelta(weeks=int(number))
        return months_after(begins_on, int(number))


class SupportStep(TextChoices):
    WEEK_1 = "week_1", _("開始から1週の電話")
    WEEK_2 = "week_2", _("開始から2週の電話")
    MONTH_1 = "month_1", _("開始から1か月の電話")
    MONTH_2 = "month_2", _("開始から2か月の電話")
    MONTH_3 = "month_3", _("開始から3か月の電話")
    MONTH_6 = "month_6", _("開始から6か月の電話")
    REGULAR = "regular", _("いつもの電話")
    AGREED = "agreed", _("約束した電話")
    OTHER = "other", _("そのほか")


class Stage(TextChoices):
    """参加支援 is stepwise; nobody has to climb, and a step back is a step."""

    PLACE = "place", _("居場所（いるだけでよい）")
    ROLE = "role", _("役割がある")
    WORK = "work", _("就労体験")


class ChangeKind(TextChoices):
    """What can happen to a placement between its beginning and its end."""

    REST = "rest", _("お休みに入った")
    BACK = "back", _("お休みから戻った")
    STAGE = "stage", _("段階が変わった")


class MeasureWay(TextChoices):
    SELF = "self", _("本人が紙に書いた")
    INTERVIEW = "interview", _("聞きとった")
    HELPED = "helped", _("手伝いながら書いた")


class PaidPer(TextChoices):
    """What a 謝金 is counted by."""

    DAY = "day", _("1日")
    PERSON = "person", _("1人")
    MONTH = "month", _("1か月")


class RecordWay(TextChoices):
    """F5 支援経過記録."""

    MEETING = "meeting", _("面談")
    HOME_VISIT = "home_visit", _("訪問")
    PHONE = "phone", _("電話")
    MAIL = "mail", _("メール")
    ESCORT = "escort", _("同行")
    SITTING_IN = "sitting_in", _("見学同席")
    CONFERENCE = "conference", _("会議")
    AGENCY = "agency", _("機関連絡")
    HOST = "host", _("受け入れ先連絡")
    ABSENT = "absent", _("不在")


class RecordVisibility(TextChoices):
    TEAM = "team", _("担当と副担当")
    OFFICE = "office", _("担当の係")
    AGENCIES = "agencies", _("関係機関も")


class Regularity(TextChoices):
    """How it goes at the place since last time."""

    EVERY_TIME = "every_time", _("いつも行けている")
    MOSTLY = "mostly", _("だいたい行けている")
    SOMETIMES = "sometimes", _("ときどき")
    NOT = "not", _("行けていない")


class Relation(TextChoices):
    SELF = "self", _("本人")
    SPOUSE = "spouse", _("配偶者・パートナー")
    PARENT = "parent", _("父母")
    CHILD = "child", _("子")
    SIBLING = "sibling", _("きょうだい")
    GRANDPARENT = "grandparent", _("祖父母")
    GRANDCHILD = "grandchild", _("孫")
    OTHER = "other", _("その他")


class BoardRuleKind(TextChoices):
    LOCK = "lock", _("ここに固定")
    FORBID = "forbid", _("ここにはしない")


class ProspectState(TextChoices):
    """資源開拓: from a name on a list to a registered place (casework.md, F12)."""

    UNTOUCHED = "untouched", _("未接触")
    ASKED = "asked", _("打診")
    VISITED = "visited", _("見学")
    ADJUSTING = "adjusting", _("条件調整")
    AGREED = "agreed", _("合意")
    REGISTERED = "registered", _("登録")
    DROPPED = "dropped", _("見送り")

    @classmethod
    def alive_values(cls) -> list[str]:
        return [state.value for state in cls if state not in {cls.REGISTERED, cls.DROPPED}]

    @property
    def may_become(self) -> "list[ProspectState]":
        """Any later step, one step back, or given up; what was given up may begin anew."""
        way: list[ProspectState] = [state for state in ProspectState if state is not ProspectState.DROPPED]
        if self is ProspectState.DROPPED:
            return way[:1]
        here = way.index(self)
        back = way[here - 1 : here] if here else []
        given_up = [] if self is ProspectState.REGISTERED else [ProspectState.DROPPED]
        return [*way[here + 1 :], *back, *given_up]


def months_after(day: date, months: int) -> date:
    """The same day `months` later, or the last day of that month when it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    month += 1
    following = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, min(day.day, (following - timedelta(days=1)).day))
