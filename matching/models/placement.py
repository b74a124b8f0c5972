"""Being at a place: the placement, its follow-ups with the person, and the support of the host (F9–F11)."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from matching import codes
from matching.choices import FollowUpStep, Regularity, Stage, SupportStep
from matching.sealed import SealedText

from .base import CaseModel, CaseQuerySet, ClientOwned


class PlacementQuerySet(CaseQuerySet):
    def running(self) -> "PlacementQuerySet":
        return self.filter(ends_on=None)

    def resting(self) -> "PlacementQuerySet":
        return self.running().filter(rests_from_on__isnull=False)


class Placement(ClientOwned):
    """One person taking part at one place, from a day, until a day with a typed reason."""

    proposal = models.OneToOneField(
        "matching.Proposal", on_delete=models.PROTECT, related_name="placement", verbose_name=_("提案")
    )
    place = models.ForeignKey("directory.Place", on_delete=models.PROTECT, related_name="+", verbose_name=_("場"))
    slot = models.ForeignKey("directory.Slot", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # True while this placement occupies a seat of its slot: the seat is given back once, never twice.
    holds_seat = models.BooleanField(default=False, editable=False)
    role_text = models.CharField(_("役割"), max_length=120, blank=True)
    role_uuid = models.UUIDField(null=True, blank=True)
    begins_on = models.DateField(_("始まった日"))
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    agreed = SealedText(_("決めたこと"), bound="placement.agreed")
    stage = models.CharField(_("段階"), max_length=6, choices=Stage, default=Stage.PLACE)
    # お休み中: the seat is kept, nobody is told off for staying away; asked after on the day they said.
    rests_from_on = models.DateField(_("いつから休み"), null=True, blank=True)
    ask_again_on = models.DateField(_("ようすを聞く日"), null=True, blank=True)
    ends_on = models.DateField(_("終わった日"), null=True, blank=True)
    end_reason = models.CharField(_("終わりの理由"), max_length=30, blank=True)
    end_version = models.CharField(max_length=10, blank=True)
    end_words = SealedText(_("くわしく"), bound="placement.end_words")
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = PlacementQuerySet.as_manager()

    class Meta:
        verbose_name = _("参加")
        ordering = ["-begins_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None, end_reason="", end_version="", ended_by=None)
                | (Q(ends_on__isnull=False, ended_by__isnull=False) & ~Q(end_reason="") & ~Q(end_version="")),
                name="ended_placements_and_only_they_have_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("begins_on")), name="placement_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(holds_seat=False) | Q(ends_on=None, slot__isnull=False),
                name="only_a_running_placement_holds_a_seat",
            ),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="placement_stage_is_known"),
            models.CheckConstraint(
                condition=Q(rests_from_on=None, ask_again_on=None)
                | Q(rests_from_on__isnull=False, ask_again_on__gte=F("rests_from_on"), ends_on=None),
                name="who_rests_is_asked_after",
            ),
        ]


class FollowUpQuerySet(CaseQuerySet):
    def waiting(self) -> "FollowUpQuerySet":
        return self.filter(done_on=None, cancelled_at=None)

    def due(self, *, on: date) -> "FollowUpQuerySet":
        """Not done though its day has come."""
        return self.waiting().filter(due_on__lte=on)


class FollowUp(CaseModel):
    """Asking how it goes, on the days of casework.md "Clocks" (F10)."""

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="follow_ups")
    step = models.CharField(_("いつのようす"), max_length=8, choices=FollowUpStep)
    due_on = models.DateField(_("期日"))
    done_on = models.DateField(_("聞いた日"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    regularity = models.CharField(_("行けていますか"), max_length=10, choices=Regularity, blank=True)
    # How it is for the person, 1 = つらい … 5 = とてもよい; both views side by side, never a weight or a gate.
    self_rating = models.PositiveSmallIntegerField(_("本人の評価"), null=True, blank=True)
    worker_rating = models.PositiveSmallIntegerField(_("支援者の評価"), null=True, blank=True)
    words = SealedText(_("ようす"), bound="follow_up.words")
    cancelled_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("定着のようす")
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["municipality", "due_on"], name="follow_up_by_day")]
        constraints = [
            models.UniqueConstraint(fields=["placement", "step"], name="one_follow_up_per_step"),
            models.CheckConstraint(condition=Q(step__in=FollowUpStep.values), name="follow_up_step_is_known"),
            models.CheckConstraint(
                condition=Q(done_on=None, done_by=None, regularity="", self_rating=None, worker_rating=None)
                | Q(done_on__isnull=False, done_by__isnull=False),
                name="a_follow_up_done_says_when_and_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(done_on=None) | Q(cancelled_at=None), name="a_follow_up_is_done_or_cancelled"
            ),
            models.CheckConstraint(
                condition=Q(self_rating=None) | Q(self_rating__range=(1, 5)), name="self_rating_is_1_to_5"
            ),
            models.CheckConstraint(
                condition=Q(worker_rating=None) | Q(worker_rating__range=(1, 5)), name="worker_rating_is_1_to_5"
            ),
        ]


class HostSupportQuerySet(CaseQuerySet):
    def waiting(self) -> "HostSupportQuerySet":
        return self.filter(on=None, cancelled_at=None)

    def due(self, *, on: date) -> "HostSupportQuerySet":
        return self.waiting().filter(due_on__lte=on)


class HostSupport(CaseModel):
    """A call to, or a talk with, the host of a placement: the twin of the follow-ups."""

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="host_supports")
    place = models.ForeignKey("directory.Place", on_delete=models.PROTECT, related_name="+", verbose_name=_("場"))
    step = models.CharField(_("いつの"), max_length=8, choices=SupportStep, default=SupportStep.OTHER)
    due_on = models.DateField(_("期日"))
    on = models.DateField(_("話した日"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    way = models.CharField(_("方法"), max_length=10, blank=True)
    # 0 = 負担はない … 4 = 続けられない (F11).
    burden = models.PositiveSmallIntegerField(_("負担（0から4）"), null=True, blank=True)
    words = SealedText(_("話したこと"), bound="host_support.words")
    cancelled_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = HostSupportQuerySet.as_manager()

    class Meta:
        verbose_name = _("受け入れ先支援")
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["municipality", "due_on"], name="host_support_by_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["placement", "step"],
                condition=~Q(step__in=[SupportStep.REGULAR, SupportStep.AGREED, SupportStep.OTHER]),
                name="one_planned_call_per_step",
            ),
            models.CheckConstraint(condition=Q(step__in=SupportStep.values), name="support_step_is_known"),
            models.CheckConstraint(
                condition=Q(on=None, by=None, way="", burden=None)
                | (Q(on__isnull=False, by__isnull=False) & ~Q(way="")),
                name="host_support_done_says_when_and_how",
            ),
            models.CheckConstraint(
                condition=Q(on=None) | Q(cancelled_at=None), name="host_support_is_done_or_cancelled"
            ),
            models.CheckConstraint(condition=Q(burden=None) | Q(burden__lte=4), name="support_burden_is_0_to_4"),
        ]


class NextStepQuerySet(CaseQuerySet):
    def waiting(self) -> "NextStepQuerySet":
        return self.filter(done_on=None)


class NextStep(ClientOwned):
    """What staff will do next for a person, and by when."""

    client = models.ForeignKey("matching.Client", on_delete=models.PROTECT, related_name="next_steps")
    due_on = models.DateField(_("期日"))
    at = models.TimeField(_("時刻"), null=True, blank=True)
    kind = models.CharField(_("次にすること"), max_length=20)
    kind_version = models.CharField(max_length=10)
    words = SealedText(_("ひとこと"), bound="next_step.words")
    # NULL: put there by a rule of the program, such as two absences in a row.
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    done_on = models.DateField(_("した日"), null=True, blank=True)

    objects = NextStepQuerySet.as_manager()

    class Meta:
        verbose_name = _("次にすること")
        ordering = ["due_on", "at", "pk"]
        indexes = [models.Index(fields=["municipality", "due_on"], name="next_step_by_day")]
        constraints = [
            models.CheckConstraint(condition=~Q(kind="") & ~Q(kind_version=""), name="a_next_step_names_its_list")
        ]

    def get_kind_words(self) -> str:
        """What it is, as the list said when it was chosen."""
        return codes.label("next_steps", self.kind, self.kind_version)
