"""What a person and their worker set out to do (F4)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from matching import codes
from matching.choices import GapAnswer, PlanKind, PlanState
from matching.sealed import SealedText

from .base import CaseQuerySet, ClientOwned


class Plan(ClientOwned):
    """One plan, in the person's words, for a time."""

    serial = models.PositiveSmallIntegerField(_("番号"))
    kind = models.CharField(_("種類"), max_length=5, choices=PlanKind, default=PlanKind.FIRST)
    state = models.CharField(_("状態"), max_length=6, choices=PlanState, default=PlanState.DRAFT)
    goal = SealedText(_("めあて（本人のことばで）"), bound="plan.goal")
    steps = SealedText(_("すること"), bound="plan.steps")
    # Whether the existing schemes really cannot answer (狭間); asked before participation support begins.
    gap = models.CharField(_("既存の制度では対応できないか"), max_length=8, choices=GapAnswer, blank=True)
    gap_words = SealedText(_("確かめたこと"), bound="plan.gap_words")
    gap_asked_on = models.DateField(_("確かめた日"), null=True, blank=True)
    from_on = models.DateField(_("いつから"), default=timezone.localdate)
    until_on = models.DateField(_("いつまで"), null=True, blank=True)
    agreed_on = models.DateField(_("本人と決めた日"), null=True, blank=True)
    closed_on = models.DateField(_("終えた日"), null=True, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    edit_version = models.PositiveIntegerField(default=1, editable=False)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("プラン")
        ordering = ["-serial"]
        constraints = [
            models.UniqueConstraint(fields=["client", "serial"], name="plan_numbers_are_unique"),
            models.UniqueConstraint(fields=["client"], condition=~Q(state=PlanState.CLOSED), name="one_plan_at_a_time"),
            models.CheckConstraint(condition=Q(state__in=PlanState.values), name="plan_state_is_known"),
            models.CheckConstraint(condition=Q(kind__in=PlanKind.values), name="plan_kind_is_known"),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="plan_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(gap="", gap_asked_on=None) | Q(gap__in=GapAnswer.values, gap_asked_on__isnull=False),
                name="the_gap_question_has_an_answer_and_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state=PlanState.AGREED) | (Q(agreed_on__isnull=False) & ~Q(gap="")),
                name="an_agreed_plan_has_a_day_and_the_gap_question_answered",
            ),
            models.CheckConstraint(
                condition=Q(state=PlanState.CLOSED, closed_on__isnull=False)
                | (~Q(state=PlanState.CLOSED) & Q(closed_on=None)),
                name="closed_plans_and_only_they_say_when",
            ),
        ]


class PlanSupport(ClientOwned):
    """Support that is no place (見守り, 同行, 家に来てもらう) or an existing service, beside the places of a plan."""

    client = models.ForeignKey("matching.Client", on_delete=models.PROTECT, related_name="supports")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="supports")
    kind = models.CharField(_("どんな支え"), max_length=20)
    kind_version = models.CharField(max_length=10)
    who = SealedText(_("だれが"), bound="plan_support.who")
    what = SealedText(_("なにを、どのくらい"), bound="plan_support.what")
    from_on = models.DateField(_("いつから"))
    until_on = models.DateField(_("いつまで（見直す日）"), null=True, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField(_("終わった日"), null=True, blank=True)
    end_words = SealedText(_("終わったわけ"), bound="plan_support.end_words")
    form_key = models.UUIDField(unique=True, editable=False)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("場でない支え")
        ordering = ["from_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(kind="") & ~Q(kind_version=""), name="a_support_names_its_list"),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="support_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("from_on")), name="support_ended_after_it_began"
            ),
        ]

    def get_kind_words(self) -> str:
        return codes.label("supports", self.kind, self.kind_version)
