"""調整会議ボード: several people wait for few seats, and a meeting shares them fairly."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from matching.choices import BoardRuleKind

from .base import CaseModel, CaseQuerySet, ClientOwned


class Board(CaseModel):
    """One meeting. What it proposes is worked out anew at each look, until it is closed."""

    held_on = models.DateField(_("会議の日"), default=timezone.localdate)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(_("終えた時"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    rules_version = models.CharField(_("判定の決まりの版"), max_length=20, blank=True)
    # {client uuid: place uuid} as it stood when the meeting ended.
    outcome = models.JSONField(default=dict, blank=True)
    # The form's own key: pressing the button twice opens one board.
    form_key = models.UUIDField(unique=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("調整会議ボード")
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None) | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="a_closed_board_says_when_and_by_whom",
            )
        ]


class BoardPerson(ClientOwned):
    """Somebody who waits for a seat."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="people")

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("ボードの人")
        constraints = [models.UniqueConstraint(fields=["board", "client"], name="a_person_once_on_a_board")]


class BoardPlace(CaseModel):
    """A place and how many seats of it are shared here."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="places")
    place = models.ForeignKey("directory.Place", on_delete=models.PROTECT, related_name="+")
    seats = models.PositiveSmallIntegerField(_("枠"))

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("ボードの場")
        constraints = [
            models.UniqueConstraint(fields=["board", "place"], name="a_place_once_on_a_board"),
            models.CheckConstraint(condition=Q(seats__gte=1), name="a_place_on_a_board_has_seats"),
        ]


class BoardRule(ClientOwned):
    """What the meeting decided beforehand: this person here, or not here."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="rules")
    place = models.ForeignKey("directory.Place", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("決めたこと"), max_length=6, choices=BoardRuleKind)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    lifted_at = models.DateTimeField(null=True, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("ボードで決めたこと")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=BoardRuleKind.values), name="board_rule_kind_is_known"),
            models.UniqueConstraint(
                fields=["board", "client", "place"], condition=Q(lifted_at=None), name="one_rule_for_a_pair_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["board", "client"],
                condition=Q(lifted_at=None, kind=BoardRuleKind.LOCK),
                name="a_person_is_kept_in_one_place",
            ),
        ]
