"""Why something cannot be done now: each says on screen what to do next."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class NotPossible(Exception):
    """Something was refused; `sentence` is shown to the member of staff."""

    sentence: Promise | str = _("今はできません。画面を開き直してください。")

    def __init__(self, sentence: Promise | str = "") -> None:
        self.sentence = sentence or self.sentence
        super().__init__(str(self.sentence))


class NoConsent(NotPossible):
    sentence = _(
        "受け入れ先にたずねてよいという同意が、まだありません。「同意」のページで本人に聞いた答えを書いてください。"
    )


class NeedNotReleased(NotPossible):
    sentence = _("本人が伝えてよいと言っていない配慮が入っています。同意を聞き直すか、その配慮を外してください。")


class NotForThisPerson(NotPossible):
    # One sentence whatever the reason: it must not tell a refused place from a dangerous one.
    sentence = _("この場は、この人には提案しません。ほかの場を選んでください。")


class NoPlan(NotPossible):
    sentence = _("先にプランを作ってください。場の提案はプランにもとづいて行います。")


class NoFreeSeat(NotPossible):
    sentence = _("この受入枠は、いま空きがありません。受け入れ先と枠を相談するか、ほかの枠を選んでください。")


class WrongStep(NotPossible):
    sentence = _("その間に次の段階へ進んでいました。今のようすを確かめてください。")


class AlreadyAnswered(NotPossible):
    sentence = _("すでに返事が書かれています。変えるときは「一つ戻す」で戻してから書いてください。")


class AlreadyRecorded(NotPossible):
    sentence = _("すでに記録されています。直すときは、新しい記録として書いてください。")


class TooManyImportant(NotPossible):
    sentence = _("「大切にしたいこと」は3つまでです。どれか一つを外してから選んでください。")


class ValueMissing(NotPossible):
    sentence = _("「はい」のときは、くわしい答えも書いてください。")


class NotAllowedToWork(NotPossible):
    sentence = _("その人は、この町の相談を受け持つ役割を持っていません。別の担当を選んでください。")


class NotAnsweredGap(NotPossible):
    sentence = _("「既存の制度では対応できないか」を確かめてから、プランを決めてください。")


class PlanNotAgreed(NotPossible):
    sentence = _(
        "プランがまだ決まっていません。「既存の制度では対応できないか」を確かめ、本人と決めてから、場にたずねてください。"
    )


class EditedMeanwhile(NotPossible):
    """Somebody saved first. `theirs` and `mine` hold both texts by field, so that nothing typed is lost."""

    sentence = _("ほかの人が先に保存しました。両方の内容を見くらべて、保存し直してください。")

    def __init__(self, theirs: dict[str, Any], mine: dict[str, Any]) -> None:
        self.theirs, self.mine = theirs, mine
        super().__init__()
