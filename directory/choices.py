"""The lists people choose from, with the words they see. Codes are stored, words may be edited."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class UserKind(TextChoices):
    HOST = "host", _("場を開く人")
    STAFF = "staff", _("職員")
    SERVICE = "service", _("プログラム")


class StaffDuty(TextChoices):
    """What a staff member is charged with (casework.md, "Law and roles"). One person may hold several."""

    INTAKE = "intake", _("相談受付")
    CASEWORKER = "caseworker", _("参加支援員")
    COORDINATOR = "coordinator", _("多機関協働コーディネーター")
    REVIEWER = "reviewer", _("場の情報の確認")
    COMMUNITY = "community", _("地域づくり担当")
    CONFERENCE = "conference", _("会議構成員")
    SUPERVISOR = "supervisor", _("管理者")
    AUDITOR = "auditor", _("監査担当")
    ADMINISTRATOR = "administrator", _("システム管理")
    EDITOR = "editor", _("ページの編集")

    @property
    def sees_clients(self) -> bool:
        """Whether this duty may open persons' records at all; which ones is decided per record."""
        return self in {StaffDuty.INTAKE, StaffDuty.CASEWORKER, StaffDuty.COORDINATOR, StaffDuty.SUPERVISOR}


class PlaceState(TextChoices):
    PREPARING = "preparing", _("準備中")
    PUBLISHED = "published", _("公開")
    PAUSED = "paused", _("休止中")
    WITHDRAWN = "withdrawn", _("取り下げ")


class PlaceKind(TextChoices):
    IBASHO = "ibasho", _("居場所")
    SALON = "salon", _("サロン")
    KAYOI = "kayoi", _("通いの場")
    COMMUNITY_MEAL = "community_meal", _("地域食堂")
    CHILDREN_MEAL = "children_meal", _("子ども食堂")
    CAFE = "cafe", _("カフェ・喫茶")
    MARKET = "market", _("野菜市・直売")
    EXERCISE = "exercise", _("体操・運動")
    LEARNING = "learning", _("学び")
    HOBBY = "hobby", _("趣味の集まり")
    FARM = "farm", _("畑・農園")
    CHILDREN = "children", _("子育ての場")
    DEMENTIA_CAFE = "dementia_cafe", _("認知症カフェ")
    WORK_TRIAL = "work_trial", _("就労体験")
    VOLUNTEER = "volunteer", _("ボランティア")
    SUPPORT = "support", _("見守り・訪問")
    LIBRARY = "library", _("図書館")
    HALL = "hall", _("集会所・センター")
    WELFARE = "welfare", _("福祉の施設")
    ONLINE = "online", _("オンラインの場")
    OTHER = "other", _("その他")


class Want(TextChoices):
    """What a resident wants to do; the first filter of the search page."""

    EAT = "eat", _("ごはんを食べる")
    TALK = "talk", _("おしゃべりする")
    MOVE = "move", _("体を動かす")
    MAKE = "make", _("作る・趣味を楽しむ")
    LEARN = "learn", _("学ぶ")
    REST = "rest", _("静かにすごす")
    SHOP = "shop", _("買い物をする")
    GROW = "grow", _("野菜や花を育てる")
    WITH_CHILDREN = "with_children", _("子どもとすごす")
    HELP = "help", _("手伝う")
    WORK = "work", _("働いてみる")


class Way(TextChoices):
    """How an activity meets people."""

    COME = "come", _("来る")
    VISIT = "visit", _("家に来てもらう")
    ONLINE = "online", _("オンライン")
    ESCORT = "escort", _("同行")


class Booking(TextChoices):
    NONE = "none", _("申しこみなし")
    REQUIRED = "required", _("申しこみがいる")
    FIRST_TIME = "first_time", _("はじめての人だけ申しこみ")


class Offer(TextChoices):
    """What a place offers to someone who is being supported (casework.md, F16)."""

    INFORMATION = "information", _("情報提供")
    VISIT = "visit", _("見学")
    TRIAL = "trial", _("お試し")
    EXCHANGE = "exchange", _("交流体験")
    WORK_TRIAL = "work_trial", _("就労体験")
    CONTINUED = "continued", _("継続参加")
    WATCHING = "watching", _("見守り等居住支援")


class PhysicalLoad(TextChoices):
    LIGHT = "light", _("軽い")
    MID = "mid", _("ふつう")
    HEAVY = "heavy", _("重い")


class ContactLevel(TextChoices):
    NONE = "none", _("人と話さなくてよい")
    LOW = "low", _("少し話す")
    MID = "mid", _("ときどき話す")
    HIGH = "high", _("よく話す")


class RoleKind(TextChoices):
    """The role a person plays at a place; the word stands in （） after the role's name."""

    GUEST = "guest", _("お客さん")
    HELPER = "helper", _("手伝い")
    SKILL = "skill", _("得意を生かす")
    TEACHER = "teacher", _("教える")
    BEHIND = "behind", _("裏方")


class ContactKind(TextChoices):
    PHONE = "phone", _("電話")
    FAX = "fax", _("ファクス")
    MAIL = "mail", _("メール")
    WEB = "web", _("ホームページ")
    LINE = "line", _("LINE")


class DayChangeKind(TextChoices):
    CANCELLED = "cancelled", _("お休み")
    EXTRA = "extra", _("臨時に開く")
    CHANGED = "changed", _("時間の変更")


class ConfirmationWay(TextChoices):
    HOST_PAGE = "host_page", _("場を開く人のページ")
    MAIL_LINK = "mail_link", _("メールのリンク")
    PHONE = "phone", _("電話")
    VISIT = "visit", _("訪問")
    PAPER = "paper", _("紙・ファクス")
    DOCUMENT = "document", _("公表資料")


class WindowField(TextChoices):
    """The field of an office that gives advice."""

    GENERAL = "general", _("福祉の総合相談")
    ELDERLY = "elderly", _("高齢・介護")
    DISABILITY = "disability", _("障がい")
    CHILDREN = "children", _("こども・子育て")
    POVERTY = "poverty", _("生活困窮")
    HEALTH = "health", _("健康・こころ")
    WORK = "work", _("仕事")
    HOUSING = "housing", _("住まい")
    RIGHTS = "rights", _("権利擁護・消費生活")
    COMMUNITY = "community", _("地域・ボランティア")
    OTHER = "other", _("その他")


class SubmissionKind(TextChoices):
    CHANGE = "change", _("変更")
    NEW = "new", _("新しい場")
    CLOSING = "closing", _("終了")


class SubmissionState(TextChoices):
    WAITING = "waiting", _("確認待ち")
    APPLIED = "applied", _("反映ずみ")
    PARTLY = "partly", _("一部を反映")
    RETURNED = "returned", _("差し戻し")
    UNDONE = "undone", _("取り消し")


class HostAnswer(TextChoices):
    YES = "yes", _("はい、どうぞ")
    TALK = "talk", _("相談したい")
    NO = "no", _("今回は無理")


class HostReason(TextChoices):
    """Why a host cannot receive someone this time: chosen, never written."""

    FULL = "full", _("いっぱいです")
    SHORT_OF_HANDS = "short_of_hands", _("手が足りません")
    CARE = "care", _("必要な配慮がむずかしい")
    DATE = "date", _("日が合いません")
    CLOSED = "closed", _("しばらく休みます")
    OTHER = "other", _("その他（電話で話します）")


class Attendance(TextChoices):
    CAME = "came", _("来た")
    TOLD = "told", _("連絡があって休み")
    ABSENT = "absent", _("来なかった")


class FunctionalNeed(TextChoices):
    """The only phrases about a newcomer that may pass the wall, each released by consent. No diagnosis, no history."""

    QUIET_SEAT = "quiet_seat", _("静かな席があると安心です")
    LEAVE_EARLY = "leave_early", _("途中で帰ることがあります")
    NEED_NOT_TALK = "need_not_talk", _("話しかけすぎないでほしい")
    ESCORT = "escort", _("職員がいっしょに行きます")
    STEP_FREE = "step_free", _("段差のない入口が必要です")
    TOILET = "toilet", _("広いトイレが必要です")
    PLAIN_WORDS = "plain_words", _("やさしい日本語だと分かりやすい")
    WRITTEN = "written", _("紙に書いて伝えると分かりやすい")
    LOUD_VOICE = "loud_voice", _("大きめの声でゆっくり話してください")
    SHORT_TIME = "short_time", _("短い時間から始めます")
    LIGHT_WORK = "light_work", _("軽い作業から始めます")
    MEET_AT_DOOR = "meet_at_door", _("入口で待っていてほしい")


class ReportKind(TextChoices):
    MISTAKE = "mistake", _("まちがいを知らせる")
    NEW_PLACE = "new_place", _("新しい場を知らせる")
    WISH = "wish", _("こんな場がほしい")


class ReportState(TextChoices):
    NEW = "new", _("まだ見ていない")
    IN_HAND = "in_hand", _("対応中")
    DONE = "done", _("対応ずみ")
    NOT_DONE = "not_done", _("対応しない")
