"""What has happened to some of the fictional people on the way: rests, steps, earlier places, supports, scales, 謝金.

All of it by the same actions staff use. Keyed by what they are called in `people.json`.
"""

import uuid
from datetime import date, timedelta
from typing import Any

from directory.models import User
from matching.actions import (
    clients,
    honorariums,
    measures,
    staying,
    supports,
    waiting,
)
from matching.choices import MeasureWay, PaidPer, Stage
from matching.measures import scales
from matching.models import Client
from matching.options import options_for


class Staying:
    """Adds to people who are there; `ago` counts back from the day of loading."""

    def __init__(self, people: dict[str, Client], *, worker: User, coordinator: User, today: date) -> None:
        self.people, self.worker, self.coordinator, self.today = people, worker, coordinator, today

    def ago(self, days: int) -> date:
        return self.today - timedelta(days=days)

    def key(self, words: str) -> uuid.UUID:
        """The same for the same thing, so that a second run adds nothing."""
        return uuid.uuid5(uuid.NAMESPACE_URL, f"sample-{words}")

    def run(self) -> None:
        self._rests_and_steps()
        self._beside_places()
        self._scales()
        self._owed()
        self._handed_over(self.people["かい"])

    def _rests_and_steps(self) -> None:
        tora = self.people["とら"].placements.running().get()
        staying.rest(
            placement=tora, from_on=self.ago(3), ask_again_on=self.today + timedelta(days=4),
            words="腰が痛いので、2週間ほど休むとのこと（見本）。", by=self.worker,
        )  # fmt: skip
        shige = self.people["しげ"].placements.running().get()
        staying.move(
            placement=shige, seen=Stage(shige.stage), to=Stage.ROLE, on=self.ago(7),
            words="「受付を手伝ってみる」とのこと（見本）。", by=self.worker,
        )  # fmt: skip

    def _beside_places(self) -> None:
        for called, kind, who, what in [
            ("ふみ", "watching", "民生委員の中田さん（見本）", "週1回、玄関で声をかける（見本）。"),
            ("ちづ", "care_service", "地域包括支援センター（見本）", "週1回のデイサービス（見本）。"),
        ]:
            supports.add_support(
                client=self.people[called], kind=kind, who=who, what=what, from_on=self.ago(30),
                until_on=self.today + timedelta(days=60), form_key=self.key(f"support-{called}"), by=self.worker,
            )  # fmt: skip
        sachi = self.people["さち"]
        options = options_for(sachi, today=self.today)
        if full := next(iter(options.full), None):
            waiting.wait_for_seat(client=sachi, place=full.place, by=self.worker)

    def _scales(self) -> None:
        answers: list[tuple[str, str, int, list[int | None]]] = [
            ("みどり", "ucla3", 80, [3, 3, 2]),
            ("みどり", "ucla3", 8, [2, 2, 2]),
            ("みどり", "lsns6", 80, [1, 1, 0, 2, 1, 1]),
            ("しげ", "ucla3", 40, [2, None, 2]),
        ]
        for called, scale, days, given in answers:
            measures.measure(
                client=self.people[called], scale=scales().by_code[scale], answers=given, way=MeasureWay.INTERVIEW,
                on=self.ago(days), form_key=self.key(f"scale-{called}-{scale}-{days}"), by=self.worker,
            )  # fmt: skip

    def _owed(self) -> None:
        place: Any = self.people["しげ"].placements.running().get().place
        for number, (begun, ended) in enumerate([(95, 65), (64, 34)]):
            row = honorariums.enter(
                place=place,
                municipality=place.municipality,
                owed=honorariums.Owed(self.ago(begun), self.ago(ended), PaidPer.DAY, 4, 1500, "（見本）"),
                form_key=self.key(f"owed-{number}"),
                by=self.worker,
            )
            if number == 0:
                honorariums.pay(honorarium=row, on=self.ago(40), by=self.coordinator)

    def _handed_over(self, client: Client) -> None:
        """To the coordinator and back, so that a memo waits on the caseworker's 今日."""
        first = clients.Memo(underway="プランづくりの途中（見本）")
        clients.hand_over(client=client, to=self.coordinator, memo=first, by=self.worker)
        memo = clients.Memo(
            cares="朝は電話をしない。急がせない（見本）。",
            underway="若者の集まりを見に行く日を決めるところ（見本）。",
            cautions="お母さんにも、本人に聞いてから話す（見本）。",
        )
        clients.hand_over(client=client, to=self.worker, memo=memo, by=self.coordinator)
