"""Words with fixed meanings of search's tables: what people see, and what follows from each."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class EntryKind(TextChoices):
    """What a line of the vocabulary says."""

    SYNONYM = "synonym", _("言いかえ")
    READING = "reading", _("地名などのよみ")
    CONDITION = "condition", _("条件の言い方")
    STOP = "stop", _("さがさないことば")


class EntryState(TextChoices):
    """Whether a line acts. In the place of a shipped line OFF leaves nothing, GONE gives the shipped one back."""

    ON = "on", _("使っている")
    OFF = "off", _("使わない")
    GONE = "gone", _("取り消した")


class ConditionName(TextChoices):
    """What a phrase can ask for, as search/query.py and search/plan.py name it."""

    FREE = "free", _("無料")
    WHEELCHAIR = "wheelchair", _("車いすで入れる")
    NO_BOOKING = "no_booking", _("申しこみなし")
    PICKUP = "pickup", _("むかえの車がある")
    ONLINE = "online", _("オンライン")
    WELCOME_ALONE = "welcome_alone", _("ひとりで入りやすい")
    MAY_WATCH = "may_watch", _("見るだけでもよい")
    CAN_BE_SILENT = "can_be_silent", _("話さなくてもよい")
    PLAIN_JAPANESE = "plain_japanese", _("やさしい日本語")
    WITH_CHILDREN = "with_children", _("子どもと来られる")
    MONDAY = "weekday:0", _("月曜日")
    TUESDAY = "weekday:1", _("火曜日")
    WEDNESDAY = "weekday:2", _("水曜日")
    THURSDAY = "weekday:3", _("木曜日")
    FRIDAY = "weekday:4", _("金曜日")
    SATURDAY = "weekday:5", _("土曜日")
    SUNDAY = "weekday:6", _("日曜日")
    WORKDAYS = "day:workdays", _("平日")
    MORNING = "day:morning", _("午前")
    AFTERNOON = "day:afternoon", _("午後")
    EVENING = "day:evening", _("夕方から")
    TODAY = "when:today", _("今日")
    TOMORROW = "when:tomorrow", _("あした")
    WEEKEND = "when:weekend", _("今度の土日")
    WEEK = "when:week", _("この7日間")


class Answered(TextChoices):
    """How the last search for these words in a week ended."""

    ZERO = "zero", _("見つからない")
    WEAK = "weak", _("近いものだけ")
    FOUND = "found", _("見つかる")
