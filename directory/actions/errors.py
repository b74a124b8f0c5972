"""What can stand in the way of a change; the message says what to do next."""

from django.utils.translation import gettext as _


class NotNow(Exception):
    """A change that cannot be made as things stand; `str()` is the sentence for the screen."""


class AlreadyAnswered(NotNow):
    """Somebody answered first, perhaps the same person with a second tap."""

    def __init__(self) -> None:
        super().__init__(_("もうお返事をいただいています。ありがとうございました。"))


class AlreadyDecided(NotNow):
    """A reviewer decided this submission before."""

    def __init__(self) -> None:
        super().__init__(_("この変更は、ほかの人がもう確かめました。一覧にもどって見てください。"))


class CannotPublish(NotNow):
    """The town has no fallback contact yet."""

    def __init__(self) -> None:
        super().__init__(
            _("町の「困ったときの窓口」と電話がまだありません。先にそれを登録してから、公開してください。")
        )


class NotAnOpeningDay(NotNow):
    """A day off was announced for a day on which the activity does not open anyway."""

    def __init__(self) -> None:
        super().__init__(_("その日は、もともと開く日ではありません。日をたしかめてください。"))


class SomebodyElseSaved(NotNow):
    """Two editors: the listing changed after this form was opened. `fields` names what differs."""

    def __init__(self, fields: list[str]) -> None:
        self.fields = fields
        super().__init__(_("開いているあいだに、ほかの人が同じところを直しました。両方を見くらべてください。"))


__all__ = [
    "AlreadyAnswered",
    "AlreadyDecided",
    "CannotPublish",
    "NotAnOpeningDay",
    "NotNow",
    "SomebodyElseSaved",
]
