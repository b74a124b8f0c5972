"""One place suggested to one person, from the suggestion to the beginning, and the letters to the host."""

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.choices import HostAnswer
from matching.choices import Consequence, DeclineSide, PersonAnswer, ProposalState, VisitKind, VisitResult
from matching.sealed import SealedJSON, SealedText

from .base import CaseModel, CaseQuerySet, ClientOwned


class ProposalQuerySet(CaseQuerySet):
    def open(self) -> "ProposalQuerySet":
        """Neither begun nor ended nor declined."""
        return self.filter(state__in=ProposalState.open_values())

    def waiting_for_person(self) -> "ProposalQuerySet":
        return self.filter(state=ProposalState.PROPOSED)


class Proposal(ClientOwned):
    """One place suggested for one plan. Keeps what was known and said when it was made."""

    plan = models.ForeignKey("matching.Plan", on_delete=models.PROTECT, related_name="proposals")
    place = models.ForeignKey("directory.Place", on_delete=models.PROTECT, related_name="+", verbose_name=_("場"))
    # Activity and role are frozen as text: casework must not hold a listing back from changing.
    activity_uuid = models.UUIDField(null=True, blank=True)
    activity_text = models.CharField(_("活動"), max_length=120, blank=True)
    role_uuid = models.UUIDField(null=True, blank=True)
    role_text = models.CharField(_("役割"), max_length=120, blank=True)
    slot = models.ForeignKey("directory.Slot", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(_("状態"), max_length=10, choices=ProposalState, default=ProposalState.PROPOSED)
    # Since when; written whenever a row is saved in another state than it was read in.
    state_on = models.DateField(_("いつから"), default=timezone.localdate, editable=False)

    # What the judgement saw and said, word for word; holds the person's interests, so it is sealed.
    inputs = SealedJSON(bound="proposal.inputs")
    explanation = SealedJSON(bound="proposal.explanation")
    rules_version = models.CharField(_("判定の決まりの版"), max_length=20)
    band = models.CharField(_("合いかた"), max_length=12, blank=True)
    against_order = SealedText(_("順番とちがう場を選んだわけ"), bound="proposal.against_order")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_on = models.DateField(_("提案した日"), default=timezone.localdate)
    reply_by_on = models.DateField(_("本人の返事の期限"))

    person_answer = models.CharField(_("本人の返事"), max_length=10, choices=PersonAnswer, blank=True)
    person_words = SealedText(_("本人のことば"), bound="proposal.person_words")
    answered_on = models.DateField(_("返事の日"), null=True, blank=True)
    held_until_on = models.DateField(_("いつまで保留"), null=True, blank=True)

    decline_side = models.CharField(_("だれの理由"), max_length=14, choices=DeclineSide, blank=True)
    decline_reason = models.CharField(_("見送りの理由"), max_length=30, blank=True)
    decline_version = models.CharField(max_length=10, blank=True)
    decline_words = SealedText(_("くわしく"), bound="proposal.decline_words")
    declined_on = models.DateField(_("見送った日"), null=True, blank=True)
    # What staff made of the decline; empty until they have confirmed it.
    consequence = models.CharField(_("見送りのあと"), max_length=14, choices=Consequence, blank=True)

    # The state as it stands in the database; empty for a row that is not there yet.
    state_read = ""
    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("提案")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["client", "place", "activity_text", "role_text"],
                condition=Q(state__in=ProposalState.open_values()),
                name="one_open_proposal_per_client_and_role",
            ),
            models.CheckConstraint(condition=Q(state__in=ProposalState.values), name="proposal_state_is_known"),
            models.CheckConstraint(
                condition=(
                    Q(state=ProposalState.DECLINED, decline_side__in=DeclineSide.values, declined_on__isnull=False)
                    & ~Q(decline_reason="")
                    & ~Q(decline_version="")
                )
                | (
                    ~Q(state=ProposalState.DECLINED)
                    & Q(decline_side="", decline_reason="", decline_version="", declined_on=None)
                ),
                name="declined_proposals_and_only_they_have_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(person_answer="", answered_on=None)
                | Q(person_answer__in=PersonAnswer.values, answered_on__isnull=False),
                name="a_persons_answer_has_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state=ProposalState.PROPOSED) | Q(person_answer=""),
                name="an_answered_proposal_waits_no_longer",
            ),
            models.CheckConstraint(
                condition=Q(consequence="") | Q(state=ProposalState.DECLINED, consequence__in=Consequence.values),
                name="only_a_decline_has_a_consequence",
            ),
            # Nobody is presented to a host, visits or begins without having said yes.
            models.CheckConstraint(
                condition=~Q(
                    state__in=[
                        ProposalState.WANTED,
                        ProposalState.ASKED,
                        ProposalState.TALKING,
                        ProposalState.WELCOMED,
                        ProposalState.VISITING,
                        ProposalState.VISITED,
                        ProposalState.BEGUN,
                        ProposalState.ENDED,
                    ]
                )
                | Q(person_answer__in=[PersonAnswer.WANT, PersonAnswer.SEE_FIRST]),
                name="nothing_goes_on_without_the_persons_yes",
            ),
            models.CheckConstraint(
                condition=Q(held_until_on=None) | Q(state__in=[ProposalState.HELD, ProposalState.DECLINED]),
                name="only_a_held_proposal_has_a_hold",
            ),
        ]

    @classmethod
    def from_db(cls, db: Any, field_names: Any, values: Any) -> Self:
        row = super().from_db(db, field_names, values)
        row.state_read = row.__dict__.get("state", "")
        return row

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.state_read and self.state_read != self.state:
            self.state_on = timezone.localdate()
        self.state_read = self.state
        super().save(*args, **kwargs)

    @property
    def what(self) -> str:
        """`お客さん（お客さん）`, or the activity where no role was chosen."""
        return self.role_text or self.activity_text


class SeatWaitQuerySet(CaseQuerySet):
    def waiting(self) -> "SeatWaitQuerySet":
        return self.filter(ended_at=None)


class SeatWait(ClientOwned):
    """空き待ち: somebody waits for a seat of a full place, until a day on which they are asked again."""

    client = models.ForeignKey("matching.Client", on_delete=models.PROTECT, related_name="seat_waits")
    place = models.ForeignKey("directory.Place", on_delete=models.PROTECT, related_name="+", verbose_name=_("場"))
    slot = models.ForeignKey("directory.Slot", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    from_on = models.DateField(_("いつから待つ"), default=timezone.localdate)
    until_on = models.DateField(_("いつまで待つ"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(_("待つのをやめた時"), null=True, blank=True)

    objects = SeatWaitQuerySet.as_manager()

    class Meta:
        verbose_name = _("空き待ち")
        ordering = ["from_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["client", "place"], condition=Q(ended_at=None), name="one_waits_once_for_a_place"
            ),
            models.CheckConstraint(condition=Q(until_on__gte=models.F("from_on")), name="a_wait_ends_after_it_begins"),
        ]


class RequestLinkQuerySet(CaseQuerySet):
    def open(self) -> "RequestLinkQuerySet":
        """Sent, and neither answered nor taken back as far as casework has read."""
        return self.filter(answer="", withdrawn_at=None)

    def overdue(self, *, on: date) -> "RequestLinkQuerySet":
        return self.open().filter(reply_by_on__lt=on)


class RequestLink(CaseModel):
    """Which proposal a letter to a host (directory.HostRequest) is about. Only casework knows."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="requests")
    # Not a foreign key: the public process may tidy its letterbox.
    request_uuid = models.UUIDField(unique=True)
    consent = models.ForeignKey("matching.Consent", on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    reply_by_on = models.DateField(_("返事の期限"))
    answer = models.CharField(_("返事"), max_length=4, choices=HostAnswer, blank=True)
    reason = models.CharField(_("理由"), max_length=16, blank=True)
    call_me = models.BooleanField(_("電話がほしい"), default=False)
    answered_at = models.DateTimeField(null=True, blank=True)
    collected_at = models.DateTimeField(null=True, blank=True)
    handled_at = models.DateTimeField(_("見た時"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("取り下げた時"), null=True, blank=True)
    closed_at = models.DateTimeField(_("終わった時"), null=True, blank=True)
    # What the letter told the host; the letter itself forgets it when it is over.
    told_needs = models.JSONField(_("伝えた配慮"), default=list, blank=True)

    objects = RequestLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("受け入れのお願いの控え")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal"],
                condition=Q(answer="", withdrawn_at=None),
                name="one_open_request_per_proposal",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None, collected_at=None)
                | Q(answer__in=HostAnswer.values, answered_at__isnull=False, collected_at__isnull=False),
                name="a_collected_answer_says_when",
            ),
        ]


class CollectedReport(CaseModel):
    """One report of a host (directory.HostReport), read from the letterbox; again when the host corrects it."""

    request = models.ForeignKey(RequestLink, on_delete=models.PROTECT, related_name="reports")
    report_uuid = models.UUIDField(unique=True)
    on = models.DateField(_("日"))
    attendance = models.CharField(_("来ましたか"), max_length=6)
    burden = models.PositiveSmallIntegerField(_("負担（0から4）"), null=True, blank=True)
    call_me = models.BooleanField(_("電話がほしい"), default=False)
    # When the host told what stands here: a later telling is a correction.
    reported_at = models.DateTimeField(default=timezone.now)
    collected_at = models.DateTimeField(default=timezone.now)
    handled_at = models.DateTimeField(_("見た時"), null=True, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("受け入れ先の報告")
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(burden=None) | Q(burden__lte=4), name="collected_burden_is_0_to_4")
        ]


class Visit(CaseModel):
    """Going there to look, to try, or with company (F8). The first visit decides."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="visits")
    kind = models.CharField(_("種類"), max_length=6, choices=VisitKind, default=VisitKind.LOOK)
    at = models.DateTimeField(_("いつ"))
    minutes = models.PositiveSmallIntegerField(_("何分くらい"), null=True, blank=True)
    escort = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("いっしょに行く職員"),
    )
    company = SealedText(_("ほかにいっしょに行く人"), bound="visit.company")
    arrangements = SealedText(_("待ち合わせ・約束"), bound="visit.arrangements")
    # The plan of the first visit: what the person holds in the hand on the way.
    travel = SealedText(_("どうやって行くか"), bound="visit.travel")
    met_by = SealedText(_("入口で待つ人"), bound="visit.met_by")
    signal = SealedText(_("帰りたくなったときの合図"), bound="visit.signal")
    bring = SealedText(_("持っていく物"), bound="visit.bring")
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    result = models.CharField(_("どうだったか"), max_length=10, choices=VisitResult, blank=True)
    notes = SealedText(_("ようす"), bound="visit.notes")
    recorded_at = models.DateTimeField(null=True, blank=True)
    # 振り返り with the person, due three days after the visit.
    reflection = SealedText(_("ふり返り（本人のことば）"), bound="visit.reflection")
    reflected_on = models.DateField(_("ふり返った日"), null=True, blank=True)
    edit_version = models.PositiveIntegerField(default=1, editable=False)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("見学・同行・体験")
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=VisitKind.values), name="visit_kind_is_known"),
            models.CheckConstraint(
                condition=Q(result="", recorded_at=None) | Q(result__in=VisitResult.values, recorded_at__isnull=False),
                name="a_recorded_visit_has_a_result",
            ),
            models.CheckConstraint(
                condition=Q(reflected_on=None) | Q(result=VisitResult.CAME), name="only_a_visit_made_is_reflected_on"
            ),
            models.UniqueConstraint(fields=["proposal"], condition=Q(result=""), name="one_visit_planned_at_a_time"),
        ]
