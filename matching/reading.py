"""Who saw whom: questions to the chain of events."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.models import User
from matching.models import Client, Event, Sighting

PAGES = {
    "person": gettext_lazy("人のページ"),
    "today": gettext_lazy("「今日」の一覧"),
    "people": gettext_lazy("人の一覧"),
    "find": gettext_lazy("番号・よみで探した"),
    "candidates": gettext_lazy("場をさがす"),
    "compare": gettext_lazy("場を比べる"),
    "why": gettext_lazy("場を比べる・ひとつの場"),
    "propose": gettext_lazy("場を提案する"),
    "proposal": gettext_lazy("提案"),
    "answer": gettext_lazy("本人の返事"),
    "visit": gettext_lazy("見学・同行の記録"),
    "placement": gettext_lazy("定着のようす"),
    "follow_up": gettext_lazy("本人のようすの記録"),
    "host_support": gettext_lazy("受け入れ先のようすの記録"),
    "end": gettext_lazy("参加を終える"),
    "record": gettext_lazy("記録する"),
    "step": gettext_lazy("次にすること"),
    "state": gettext_lazy("状態を変える"),
    "intake": gettext_lazy("相談受付"),
    "troubles": gettext_lazy("課題"),
    "facts": gettext_lazy("名前・連絡先"),
    "wishes": gettext_lazy("希望と条件"),
    "consent": gettext_lazy("同意"),
    "plan": gettext_lazy("プラン"),
    "household": gettext_lazy("世帯"),
    "avoid": gettext_lazy("避ける場"),
    "team": gettext_lazy("担当"),
    "seen": gettext_lazy("見た人の記録"),
    "measures": gettext_lazy("尺度"),
    "wait": gettext_lazy("空き待ち"),
    "rest": gettext_lazy("お休み"),
    "stage": gettext_lazy("段階"),
    "signs": gettext_lazy("気づき"),
    "draft": gettext_lazy("書きかけ"),
    "resources": gettext_lazy("資源開拓"),
    "prospect": gettext_lazy("資源開拓カード"),
    "place_people": gettext_lazy("場から人をさがす"),
    "place_support": gettext_lazy("受け入れ先支援"),
    "board": gettext_lazy("調整会議ボード"),
    "board_add": gettext_lazy("調整会議ボードを作る"),
    "board_close": gettext_lazy("調整会議ボードを閉じる"),
    "flow": gettext_lazy("人の流れ"),
    "standstill": gettext_lazy("止まっている人・遅れている用事"),
    "rules": gettext_lazy("町の決まり・ためしてみる"),
    "hand_overs": gettext_lazy("まとめて引きつぐ"),
}


@dataclass(frozen=True)
class Reading:
    """One person's look at one record, or a refused try."""

    at: datetime
    who: str
    page: str
    was_refused: bool


def readers_of(
    client: Client, *, since: datetime | None = None, until: datetime | None = None, limit: int = 1000
) -> list[Reading]:
    """Who saw this person between two moments, newest first; lists that showed the person count as well."""
    direct = Event.objects.filter(subject=client.uuid, action__in=["client.read", "denied"])
    listed = Sighting.objects.filter(client_uuid=client.uuid)
    for moment, comparison in ((since, "gte"), (until, "lte")):
        if moment is not None:
            direct = direct.filter(**{f"at__{comparison}": moment})
            listed = listed.filter(**{f"at__{comparison}": moment})
    in_lists = Event.objects.filter(pk__in=listed.order_by("-at").values("event")[:limit])
    events = sorted([*direct.order_by("-at")[:limit], *in_lists], key=lambda event: event.at, reverse=True)[:limit]
    names = _names({event.actor for event in events if event.actor})
    return [
        Reading(
            event.at,
            names.get(event.actor, _("（いまはいない職員）")) if event.actor else _("（プログラム）"),
            str(PAGES.get(_page_of(event), _("ほかのページ"))),
            event.action == "denied",
        )
        for event in events
    ]


def _page_of(event: Event) -> str:
    """A refusal says what was asked for as "client|page"."""
    return str(event.details.get("page") or str(event.details.get("what", "")).partition("|")[2])


def seen_by(user: User, *, since: datetime | None = None, until: datetime | None = None) -> list[uuid.UUID]:
    """Whose data this account saw between two moments."""
    own = Event.objects.filter(actor=user.uuid, action__in=["client.read", "clients.listed"])
    if since is not None:
        own = own.filter(at__gte=since)
    if until is not None:
        own = own.filter(at__lte=until)
    direct = own.exclude(subject=None).values_list("subject", flat=True)
    listed = Sighting.objects.filter(event__in=own).values_list("client_uuid", flat=True)
    return sorted({*direct, *listed})


def _names(actors: "set[uuid.UUID]") -> "dict[uuid.UUID, str]":
    return {user.uuid: str(user) for user in User.objects.filter(uuid__in=actors)}
