"""What a person can, cannot and would like: はい / いいえ / まだ分からない, with source and date."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from matching.choices import AvoidanceKind, Source, WishKind
from matching.conditions import KEY_CHOICES, QUESTIONS, value_words
from matching.sealed import SealedText

from .base import CaseQuerySet, ClientOwned

WEEKDAYS = [
    (0, _("月曜")),
    (1, _("火曜")),
    (2, _("水曜")),
    (3, _("木曜")),
    (4, _("金曜")),
    (5, _("土曜")),
    (6, _("日曜")),
]


class AnswerQuerySet(CaseQuerySet):
    def current(self) -> "AnswerQuerySet":
        """Not replaced by a later answer."""
        return self.filter(superseded_at=None)


class Answer(ClientOwned):
    """Who said it and when; a later answer replaces this one, which is kept."""

    source = models.CharField(_("だれから"), max_length=6, choices=Source)
    on = models.DateField(_("いつ"), default=timezone.localdate)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    superseded_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        abstract = True


class Condition(Answer):
    """The answer to one question of matching/conditions.py. NULL = まだ分からない, which never excludes."""

    key = models.CharField(_("こと"), max_length=30, choices=KEY_CHOICES)
    answer = models.BooleanField(_("答え"), null=True, blank=True)
    value = models.JSONField(_("くわしく"), null=True, blank=True)
    note = SealedText(_("ひとこと"), bound="condition.note")
    # 大切にしたいこと: at most three per person; counts twice.
    is_important = models.BooleanField(_("大切にしたいこと"), default=False)

    class Meta:
        verbose_name = _("希望と条件")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["client", "key"], condition=Q(superseded_at=None), name="one_main_condition_per_key"
            ),
            models.CheckConstraint(condition=Q(key__in=list(QUESTIONS)), name="condition_key_is_known"),
            models.CheckConstraint(condition=Q(source__in=Source.values), name="condition_source_is_known"),
            models.CheckConstraint(
                # A check that comes out as NULL passes, so an unknown answer is excluded by name.
                condition=Q(answer__isnull=False, answer=True) | Q(value__isnull=True),
                name="only_a_yes_of_a_condition_has_a_value",
            ),
        ]

    @property
    def words(self) -> str:
        """`はい（300円まで）`, `いいえ`, `まだ分からない`."""
        match self.answer:
            case True:
                detail = value_words(self.key, self.value) if self.value is not None else ""
                return str(_("はい（%(detail)s）") % {"detail": detail}) if detail else str(_("はい"))
            case False:
                return str(_("いいえ"))
        return str(_("まだ分からない"))


class FreeTime(Answer):
    """Whether a weekday is possible, and from when to when. Time at the place, travel not included."""

    client = models.ForeignKey("matching.Client", on_delete=models.PROTECT, related_name="free_times")
    weekday = models.PositiveSmallIntegerField(_("曜日"), choices=WEEKDAYS, validators=[MaxValueValidator(6)])
    answer = models.BooleanField(_("答え"), null=True, blank=True)
    begins = models.TimeField(_("何時から"), null=True, blank=True)
    ends = models.TimeField(_("何時まで"), null=True, blank=True)

    class Meta:
        verbose_name = _("行ける時間")
        ordering = ["weekday", "begins"]
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="weekday_is_0_to_6"),
            models.CheckConstraint(condition=Q(source__in=Source.values), name="free_time_source_is_known"),
            models.CheckConstraint(
                condition=Q(
                    answer__isnull=False, answer=True, begins__isnull=False, ends__isnull=False, ends__gt=F("begins")
                )
                | (Q(answer__isnull=True) | Q(answer=False)) & Q(begins=None, ends=None),
                name="a_possible_weekday_and_only_it_has_times",
            ),
        ]


class Wish(Answer):
    """Something the person would like, likes, or is good at, in their own words."""

    client = models.ForeignKey("matching.Client", on_delete=models.PROTECT, related_name="wishes")
    kind = models.CharField(_("種類"), max_length=8, choices=WishKind)
    words = SealedText(_("ことば"), bound="wish.words")
    # A code of directory.choices.Want where one fits.
    want = models.CharField(_("したいこと"), max_length=16, blank=True)
    is_important = models.BooleanField(_("大切にしたいこと"), default=False)

    class Meta:
        verbose_name = _("希望・強み")
        ordering = ["kind", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=WishKind.values), name="wish_kind_is_known"),
            models.CheckConstraint(condition=Q(source__in=Source.values), name="wish_source_is_known"),
        ]


class AvoidanceQuerySet(CaseQuerySet):
    def standing(self) -> "AvoidanceQuerySet":
        """Not lifted."""
        return self.filter(lifted_at=None)

    def in_words_only(self) -> "AvoidanceQuerySet":
        """Those that no place can be left out for: only a person who has read them can look out for them."""
        return self.filter(place=None, names_person=False)


class Avoidance(ClientOwned):
    """A place, or someone there, to be kept away from. The reason is never displayed where places are shown."""

    kind = models.CharField(_("種類"), max_length=6, choices=AvoidanceKind)
    place = models.ForeignKey(
        "directory.Place", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("場")
    )
    words = SealedText(_("だれ・どこを、なぜ"), bound="avoidance.words")
    # The uuid of somebody else who comes for advice. Sealed: a table must not tell who keeps away from whom.
    other = SealedText(_("会ってはいけない人"), bound="avoidance.other")
    names_person = models.BooleanField(default=False, editable=False)
    from_on = models.DateField(_("いつから"), default=timezone.localdate)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(_("やめた時"), null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = AvoidanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("避ける場・人")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=AvoidanceKind.values), name="avoidance_kind_is_known"),
            models.CheckConstraint(
                condition=~Q(kind=AvoidanceKind.NG) | Q(place__isnull=False), name="a_refused_place_is_named"
            ),
            models.UniqueConstraint(
                fields=["client", "place", "kind"], condition=Q(lifted_at=None), name="an_avoidance_once_at_a_time"
            ),
        ]
