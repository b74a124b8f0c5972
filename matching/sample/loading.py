"""Puts 25 fictional people of 見本町 into the database, in every stage of the work; a second run changes nothing.

Each is brought to their stage by the same actions staff use, with dates counted from the day of loading, so that 今日
is never empty. `people.json` says who they are and how far they have come.
"""

import json
import uuid
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from directory.actions.letterbox import answer_request
from directory.choices import FunctionalNeed, HostAnswer
from directory.models import District, HostRequest, Municipality, Office, Place, User
from matching import next_days
from matching.actions import (
    clients,
    conditions,
    consents,
    consultations,
    disclosures,
    follow_ups,
    host_support,
    households,
    placements,
    plans,
    proposals,
    prospects,
    records,
    requests,
    visits,
)
from matching.choices import (
    ConsentState,
    ConsultationKind,
    DisclosureItem,
    GapAnswer,
    PersonAnswer,
    ProspectState,
    RecordWay,
    Regularity,
    Relation,
    Source,
    VisitResult,
    WhoCame,
    WishKind,
)
from matching.conditions import QUESTIONS
from matching.models import Client, Placement, Proposal, RequestLink
from matching.options import options_for

from .dates import EARLIER, Story, draft_was_made, letter_was_answered, letter_was_sent
from .earlier import live_through, suggest
from .staying import Staying

FILE = Path(__file__).resolve().parent / "people.json"
TOWN = "見本町"
# How far each stage has come; a stage includes everything before it.
PLANNED = {
    "visiting", "placed_overdue", "proposed", "asked", "placed", "placed_month", "declined", "ended", "no_option",
    "wanted", "household_mother", "protected", "placed_absent", "visited", "plan", "welcomed", "not_now", "placed_new",
}  # fmt: skip
# What comes next with them; a telephone call where nothing is said.
NEXT = {
    "plan": ("meeting", "行ける場をいっしょに見る"),
    "consent_pending": ("consent", "同意を聞く"),
    "no_option": ("agency", "送り迎えを社協に聞く"),
    "placed_absent": ("home_visit", "行けていないわけを聞く"),
    "refused": ("encourage", "手紙を入れる"),
}

CALLS = ["元気にしているか聞く", "次に会う日を決める", "見たい場があるか聞く", "行ってみた感じを聞く"]

# What the sheet for the first day says.
FIRST_VISIT: dict[str, Any] = {
    "arrangements": "11時に役場の前で会います（見本）。",
    "travel": "役場から歩いて8分。",
    "met_by": "入口で山本さん（見本、緑のエプロン）が待っています。",
    "signal": "手を上げる。何も言わずに帰ってもよい。",
}


class Loader:
    """One run: the town, its people, the day."""

    def __init__(self, town: Municipality, today: date) -> None:
        self.town, self.today = town, today
        self.worker = User.objects.get(email="sakura@example.jp")
        self.coordinator = User.objects.get(email="nakano@example.jp")
        self.office = Office.objects.get(municipality=town, name__contains="社会福祉協議会")
        self.households: dict[str, Client] = {}
        self.people: dict[str, Client] = {}

    def ago(self, days: int) -> date:
        return self.today - timedelta(days=days)

    def bring(self, number: int, facts: dict[str, Any]) -> None:
        """From the first call to where they are now."""
        story = Story.of(number, facts)
        client = self.people[facts["called"]] = self._receive(number, facts, story)
        stage = facts["stage"]
        self._answers(client, facts, story)
        self._consent(client, stage, story)
        if facts.get("household"):
            self._household(client, facts["household"])
        live_through(client, EARLIER.get(facts["called"], []), worker=self.worker, today=self.today)
        if stage in PLANNED:
            plan = plans.make_plan(
                client=client,
                goal=facts["wish"],
                gap=GapAnswer.GAP,
                gap_words="今ある制度では、通える場が見つからない（見本）",
                from_on=self.ago(story.planned),
                by=self.worker,
            )
            draft_was_made(plan, self.ago(story.planned))
            if stage != "plan":
                plans.agree(plan=plan, on=self.ago(story.agreed), by=self.worker)
        if facts.get("place"):
            self._connect(client, facts, stage, story)
        self._diary(client, number, stage)

    def _receive(self, number: int, facts: dict[str, Any], story: Story) -> Client:
        received = self.ago(story.received)
        person = clients.Person(
            called=facts["called"],
            called_yomi=facts["yomi"],
            name=f"見本 {facts['called']}",
            yomi=f"みほん {facts['yomi']}",
            birth_year=facts["birth_year"],
            sex=facts["sex"],
            district=District.objects.filter(municipality=self.town, name=facts["district"]).first(),
            phone=f"0000-11-{number:04d}",
            about=facts["about"],
            caution="電話は午後だけ" if number % 6 == 0 else "",
        )
        consultation = consultations.receive(
            municipality=self.town,
            office=self.office,
            route="self" if facts.get("kind") != "notice" else "neighbour",
            who_came=WhoCame(facts.get("who", "self")),
            matters=facts["matters"],
            kind=ConsultationKind(facts.get("kind", "consultation")),
            person=person,
            main_worker=self.worker,
            received_on=received,
            words=facts["about"],
            wish=facts["wish"],
            is_protected=facts.get("protected", False),
            form_key=uuid.uuid5(uuid.NAMESPACE_URL, f"sample-{facts['called']}"),
            by=self.worker,
        )
        assert consultation.client is not None
        for place, way in enumerate((RecordWay.PHONE, RecordWay.HOME_VISIT)):
            if facts["stage"] in {"intake", "conference_only"} and place:
                break
            records.record(
                client=consultation.client,
                way=way,
                words=facts["about"] if way == RecordWay.PHONE else f"「{facts['wish']}」とのこと。",
                on=received + timedelta(days=place * 7),
                form_key=uuid.uuid5(uuid.NAMESPACE_URL, f"sample-record-{facts['called']}-{place}"),
                by=self.worker,
            )
        return consultation.client

    def _answers(self, client: Client, facts: dict[str, Any], story: Story) -> None:
        important = set(facts.get("important", []))
        common: dict[str, Any] = {"client": client, "source": Source.SELF, "by": self.worker}
        common["on"] = self.ago(max(1, story.received - 8))
        for key, value in facts["limits"].items():
            given = None if value is True else value
            conditions.set_condition(key=key, answer=True, value=given, is_important=key in important, **common)
        if facts.get("well_known"):
            self._no_limits_but(facts, common)
        for key in facts["unknown"]:
            conditions.set_condition(key=key, answer=None, **common)
        for weekday, begins, ends in facts["free"]:
            conditions.set_free_time(
                client=client,
                weekday=weekday,
                answer=True,
                times=[(time.fromisoformat(begins), time.fromisoformat(ends))],
                source=Source.SELF,
                on=common["on"],
                by=self.worker,
            )
        told = [(WishKind.INTEREST, words) for words in facts["interests"]]
        told += [(WishKind.STRENGTH, words) for words in facts.get("strengths", [])]
        for kind, words in told:
            conditions.add_wish(
                client=client, kind=kind, words=words, source=Source.SELF, on=common["on"], by=self.worker
            )

    def _no_limits_but(self, facts: dict[str, Any], common: dict[str, Any]) -> None:
        """Somebody who was asked everything: what is no limit to them is known too."""
        conditions.set_condition(key="means", answer=True, value=["walk", "bus"], **common)
        for key, question in QUESTIONS.items():
            if question.is_hard and key != "means" and key not in facts["limits"] and key not in facts["unknown"]:
                conditions.set_condition(key=key, answer=False, **common)
        for weekday in set(range(7)) - {day for day, _begins, _ends in facts["free"]}:
            conditions.set_free_time(
                client=common["client"], weekday=weekday, answer=True, times=[(time(9, 30), time(16))],
                source=Source.SELF, on=common["on"], by=self.worker,
            )  # fmt: skip

    def _consent(self, client: Client, stage: str, story: Story) -> None:
        state = {
            "intake": None,
            "consent_pending": ConsentState.UNASKED,
            "refused": ConsentState.REFUSED,
            "conference_only": ConsentState.CONFERENCE_ONLY,
            "household_son": ConsentState.ORAL,
        }.get(stage, ConsentState.WRITTEN)
        if state is None:
            return
        for_hosts = state == ConsentState.WRITTEN
        consents.record_consent(
            client=client,
            state=state,
            asked_on=self.ago(story.consented),
            from_on=self.ago(story.consented) if state in {ConsentState.WRITTEN, ConsentState.ORAL} else None,
            for_hosts=for_hosts,
            name_to_hosts=for_hosts and stage.startswith("placed"),
            released_needs=[FunctionalNeed.QUIET_SEAT, FunctionalNeed.LEAVE_EARLY, FunctionalNeed.ESCORT]
            if for_hosts
            else None,
            by=self.worker,
        )

    def _household(self, client: Client, name: str) -> None:
        """The first of a household founds it; the next is its child, and a client too."""
        if name not in self.households:
            households.form_household(client=client, by=self.worker)
            self.households[name] = client
            return
        households.add_member(
            client=self.households[name], relation=Relation.CHILD, member_client=client, words="同居", by=self.worker
        )

    def _connect(self, client: Client, facts: dict[str, Any], stage: str, story: Story) -> None:
        """Suggest the place, and go as far as the stage says."""
        begun = facts.get("begun", 0)
        proposal = self._propose(client, facts["place"], on=self.ago(story.proposed))
        if proposal is None or stage == "proposed":
            return
        said = {"declined": PersonAnswer.NO, "not_now": PersonAnswer.NOT_NOW}.get(stage, PersonAnswer.WANT)
        held = self.today + timedelta(days=100) if said == PersonAnswer.NOT_NOW else None
        proposals.answer(
            proposal=proposal,
            answer=said,
            words=facts["wish"],
            on=self.ago(story.answered),
            held_until_on=held,
            by=self.worker,
        )
        if said != PersonAnswer.WANT or stage == "wanted":
            return
        link = requests.ask_host(proposal=proposal, needs=[FunctionalNeed.QUIET_SEAT], escort=True, by=self.worker)
        letter_was_sent(link, self.ago(story.asked_host))
        if stage == "asked":
            return
        letter = HostRequest.objects.get(uuid=link.request_uuid)
        host = User.objects.filter(memberships__organization__places=proposal.place).first() or self.worker
        answer_request(request=letter, answer=HostAnswer.YES, by=host)
        requests.collect_letters(municipality=self.town)
        letter_was_answered(link, self.ago(story.host_answered))
        proposal.refresh_from_db()
        if stage == "welcomed":
            return
        self._visit_and_begin(proposal, stage, begun)

    def _propose(self, client: Client, name: str, *, on: date) -> Proposal | None:
        """Through the same judgement the pages use; None when the place is not among the options."""
        options = options_for(client, today=self.today)
        place = Place.objects.filter(municipality=self.town, name=name).first()
        option = options.by_key.get(str(place.uuid)) if place else None
        if option is None:
            return None
        return suggest(options, option, on=on, worker=self.worker)

    def _visit_and_begin(self, proposal: Proposal, stage: str, begun: int) -> None:
        day = self.today + timedelta(days=2) if stage == "visiting" else self.ago(begun + 3 if begun else 4)
        at = timezone.make_aware(datetime.combine(day, time(11, 20)))
        visit = visits.plan_visit(proposal=proposal, at=at, escort=self.worker, by=self.worker, **FIRST_VISIT)
        if stage == "visiting":
            return
        visits.record_visit(
            visit=visit, result=VisitResult.CAME, notes="30分いた。静かで安心した（見本）。", by=self.worker
        )
        if stage == "visited":
            return
        visits.reflect(visit=visit, reflection="また行きたい、とのこと（見本）。", by=self.worker)
        proposal.refresh_from_db()
        placement = placements.begin(proposal=proposal, begins_on=self.ago(begun), by=self.worker)
        self._stay_with(placement, stage)
        if stage == "placed":
            disclosures.tell_host(
                proposal=proposal, items=[DisclosureItem.CALLED], purpose="入口で名前を呼んで迎えるため（見本）。",
                told_on=max(placement.begins_on, self.ago(45)), by=self.worker,
            )  # fmt: skip
        if stage == "ended":
            placements.end(
                placement=placement,
                reason="graduated",
                ends_on=self.ago(15),
                words="パートが決まった（見本）。",
                by=self.worker,
            )

    def _stay_with(self, placement: Placement, stage: str) -> None:
        """Both sides were asked on time, but for the one stage that shows what late looks like."""
        asked_until = self.ago(20) if stage == "placed_overdue" else self.today
        absent = stage == "placed_absent"
        for follow_up in placement.follow_ups.filter(due_on__lt=asked_until).order_by("due_on"):
            last = absent and follow_up.due_on >= self.ago(31)
            follow_ups.record_follow_up(
                follow_up=follow_up,
                regularity=Regularity.NOT if last else Regularity.MOSTLY,
                self_rating=2 if last else 4,
                worker_rating=2 if last else 3,
                on=follow_up.due_on,
                words="このごろ行けていない（見本）。" if last else "続いている（見本）。",
                by=self.worker,
            )
        for support in placement.host_supports.filter(due_on__lt=asked_until, on=None).order_by("due_on"):
            host_support.record_call(
                support=support,
                way=RecordWay.PHONE,
                burden=3 if absent else 1,
                words="しばらく見えないので心配、とのこと（見本）。" if absent else "変わりなく来ている（見本）。",
                on=support.due_on,
                by=self.worker,
            )

    def _diary(self, client: Client, number: int, stage: str) -> None:
        """What was promised has been done; the next promise is near, one of them just late, some answers unread."""
        for step in client.next_steps.waiting():
            records.finish(step=step, by=self.worker)
        if stage == "ended":
            return
        kind, words = NEXT.get(stage, ("call", CALLS[number % len(CALLS)]))
        # Weekdays of the coming two weeks; the first of the list was due yesterday.
        records.next_step(
            client=client, due_on=self.today + timedelta(days=number % 13 - 1), kind=kind, words=words, by=self.worker
        )
        for link in RequestLink.objects.filter(proposal__client=client).exclude(answer=""):
            if stage not in {"welcomed", "visiting"}:
                requests.mark_seen(link=link, by=self.worker)

    def look_for(self, number: int, card: dict[str, Any]) -> None:
        """A card of 資源開拓 and the talks so far, one a week."""
        prospect = prospects.make(
            municipality=self.town,
            idea=prospects.Idea(
                name=card["name"],
                idea=card["idea"],
                district=District.objects.filter(municipality=self.town, name=card["district"]).first(),
                remedies=card["remedies"],
            ),
            worker=self.coordinator,
            by=self.coordinator,
            form_key=uuid.uuid5(uuid.NAMESPACE_URL, f"sample-prospect-{number}"),
        )
        for week, (step, words) in enumerate(zip(card["steps"], card["words"], strict=True)):
            prospects.move(
                prospect=prospect,
                seen=ProspectState(prospect.state),
                to=ProspectState(step),
                words=words,
                on=self.ago(21 - 7 * week),
                next_on=self.today + timedelta(days=5 + number),
                by=self.coordinator,
            )
            prospect.refresh_from_db()


def load(*, today: date) -> bool:
    """Everybody, once; False when they were there already or 見本町 is not."""
    town = Municipality.objects.filter(name=TOWN, is_sample=True).first()
    if town is None or Client.objects.filter(municipality=town).exists():
        return False
    given = json.loads(FILE.read_text(encoding="utf-8"))
    with transaction.atomic():
        loader = Loader(town, today)
        for number, facts in enumerate(given["people"]):
            loader.bring(number, facts)
        Staying(loader.people, worker=loader.worker, coordinator=loader.coordinator, today=today).run()
        for number, card in enumerate(given["prospects"]):
            loader.look_for(number, card)
        next_days.keep_all(town)
    return True
