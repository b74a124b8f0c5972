"""What an import has to say about a file: one finding per cell or row that a person should look at."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class FindingKind(TextChoices):
    """Why a cell or row needs eyes. What was refused is not in the directory; the rest is, marked 要確認."""

    UNREADABLE = "unreadable", _("表として読めない")
    UNKNOWN_SHAPE = "unknown_shape", _("知らない形の表")
    BROKEN_TEXT = "broken_text", _("文字がこわれている")
    RAGGED = "ragged", _("列の数がちがう")
    NO_NAME = "no_name", _("名前がない")
    TOO_LONG = "too_long", _("長すぎる")
    OTHER_TOWN = "other_town", _("ほかの市区町村の行")
    SAME_ID = "same_id", _("同じ番号がもうある")
    ID_MOVED = "id_moved", _("番号は同じで、名前も住所もちがう")
    REPEATED = "repeated", _("同じ場がもう一度ある")
    NO_COORDINATES = "no_coordinates", _("緯度・経度がない")
    BAD_COORDINATES = "bad_coordinates", _("緯度・経度が読めない")
    NO_ADDRESS = "no_address", _("住所がない")
    NOT_PUBLIC = "not_public", _("「非公開」と書いてある")
    BAD_PHONE = "bad_phone", _("電話番号が読めない")
    MOBILE = "mobile", _("携帯電話は職員だけに見せる")
    BAD_MAIL = "bad_mail", _("メールアドレスが読めない")
    BAD_URL = "bad_url", _("アドレス（URL）が読めない")
    BAD_NUMBER = "bad_number", _("数字が読めない")
    BAD_ANSWER = "bad_answer", _("可・不可が読めない")
    BAD_YOMI = "bad_yomi", _("よみがかなでない")
    YOMI_PROPOSED = "yomi_proposed", _("よみは機械の案")
    KIND_UNSURE = "kind_unsure", _("種類を確かめる")
    OPENING_UNCLEAR = "opening_unclear", _("開く日を決まりにできない")
    NO_OPENING = "no_opening", _("開く日が書いていない")
    CLOSED_WORD = "closed_word", _("休止・閉館と書いてある")
    EDITED_BY_HAND = "edited_by_hand", _("手で直してあるので変えない")
    GONE = "gone", _("前の表にあって、今の表にない")
    DUPLICATE = "duplicate", _("ほかの場と同じかもしれない")
    EVENT_PAST = "event_past", _("もう終わった催し")
    EVENT_UNDATED = "event_undated", _("催しの日がはっきりしない")
    EVENT_PLACELESS = "event_placeless", _("会場の場が見つからない")

    @property
    def refuses_row(self) -> bool:
        return self in {
            FindingKind.UNREADABLE,
            FindingKind.UNKNOWN_SHAPE,
            FindingKind.NO_NAME,
            FindingKind.TOO_LONG,
            FindingKind.OTHER_TOWN,
            FindingKind.ID_MOVED,
            FindingKind.REPEATED,
            FindingKind.EVENT_PAST,
            FindingKind.EVENT_UNDATED,
            FindingKind.EVENT_PLACELESS,
        }

    @property
    def is_only_news(self) -> bool:
        """Said once per file with its number, instead of row by row on the screen."""
        return self in {
            FindingKind.YOMI_PROPOSED,
            FindingKind.NO_OPENING,
            FindingKind.EVENT_PAST,
            FindingKind.EVENT_UNDATED,
            FindingKind.EVENT_PLACELESS,
        }


@dataclass(frozen=True)
class Finding:
    """One thing to look at. `line` counts rows of the file from 1, its head included; 0 = the whole file."""

    kind: FindingKind
    file: str
    line: int = 0
    column: str = ""
    value: str = ""
    note: str = ""

    def sentence(self) -> str:
        """山の家.csv 12行目「電話番号」電話番号が読めない：4.00E+12"""
        where = f"{self.file} {self.line}行目" if self.line else self.file
        column = f"「{self.column}」" if self.column else " "
        parts = [part for part in (_shortened(self.value), self.note) if part]
        return f"{where}{column}{self.kind.label}" + (f"：{'　'.join(parts)}" if parts else "")

    def cells(self) -> list[str]:
        """One row of the findings file."""
        treated = str(_("取りこまない") if self.kind.refuses_row else _("取りこんで要確認"))
        return [
            self.file, str(self.line or ""), self.column, str(self.kind.label), self.value, self.note, treated,
        ]  # fmt: skip


COLUMNS = [_("ファイル"), _("行"), _("列"), _("気づいたこと"), _("書いてあること"), _("説明"), _("どうするか")]


def by_kind(findings: Iterable[Finding]) -> dict[str, int]:
    """{kind: number}, in the order of the list above."""
    counted = Counter(finding.kind for finding in findings)
    return {kind.value: counted[kind] for kind in FindingKind if counted[kind]}


def _shortened(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 60 else f"{flat[:59]}…"
