"""What staff add to the vocabulary or switch off in it, and every change of that."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from search.choices import EntryKind, EntryState
from search.words import Line, key_of

# Between the words of one field, as staff write them.
SEPARATOR = "、"
# What a change may change; kind, town and the shipped line stay what they were.
FACTS = ("words", "means", "related", "note", "state")


class VocabularyEntryQuerySet(models.QuerySet["VocabularyEntry"]):
    def deciding(self) -> "VocabularyEntryQuerySet":
        """What has to be looked at when a vocabulary is put together."""
        return self.filter(Q(state=EntryState.ON) | (Q(state=EntryState.OFF) & ~Q(shipped="")))


class VocabularyEntry(models.Model):
    """One line of the vocabulary that staff wrote, for one town or for all (no municipality).

    An entry with `shipped` stands in the place of the shipped line of that name: switched on it is used instead,
    switched off nothing is, and when it is gone the shipped line acts again.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    municipality = models.ForeignKey(
        "directory.Municipality", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    kind = models.CharField(_("種類"), max_length=9, choices=EntryKind)
    words = models.CharField(_("ことば"), max_length=400)
    means = models.CharField(_("同じ意味"), max_length=400, blank=True)
    related = models.CharField(_("関連することば"), max_length=400, blank=True)
    note = models.CharField(_("職員のメモ"), max_length=200, blank=True)
    state = models.CharField(_("状態"), max_length=4, choices=EntryState, default=EntryState.ON)
    shipped = models.CharField(_("もとの行"), max_length=60, blank=True)
    # Raised by every change; a form that was opened on an older one is told so.
    version = models.PositiveIntegerField(_("版"), default=1)
    changed_at = models.DateTimeField(_("変えた時"), default=timezone.now)

    objects = VocabularyEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("さがすことば")
        ordering = ["kind", "words", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=EntryKind.values), name="vocabulary_kind_is_known"),
            models.CheckConstraint(condition=Q(state__in=EntryState.values), name="vocabulary_state_is_known"),
            models.CheckConstraint(condition=~Q(words=""), name="vocabulary_entries_have_words"),
            models.CheckConstraint(
                condition=Q(kind=EntryKind.STOP, means="", related="")
                | (Q(kind__in=[EntryKind.READING, EntryKind.CONDITION], related="") & ~Q(means=""))
                | Q(kind=EntryKind.SYNONYM),
                name="vocabulary_kind_says_what_is_filled",
            ),
            models.UniqueConstraint(
                fields=["kind", "shipped"],
                condition=~Q(shipped="") & Q(municipality=None),
                name="vocabulary_stands_once_for_a_shipped_line",
            ),
            models.UniqueConstraint(
                fields=["municipality", "kind", "shipped"],
                condition=~Q(shipped="") & Q(municipality__isnull=False),
                name="vocabulary_stands_once_for_a_shipped_line_in_a_town",
            ),
        ]

    def __str__(self) -> str:
        return self.words

    def line(self) -> Line:
        words = parts(self.words)
        if self.kind == EntryKind.STOP:
            # Questions are compared in normalised form: ちかく is 近く there.
            words += tuple(key[0] for word in words if len(key := key_of(word)) == 1)
        return Line(EntryKind(self.kind), words, parts(self.means), parts(self.related))

    def facts(self) -> dict[str, str]:
        return {name: str(getattr(self, name)) for name in FACTS}


class VocabularyChange(models.Model):
    """One version of one entry: what it was and what it became. Kept for ever; what is undone becomes a new version."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    entry = models.ForeignKey(VocabularyEntry, on_delete=models.CASCADE, related_name="changes")
    version = models.PositiveIntegerField(_("版"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("変えた時"), default=timezone.now)
    # {name of a fact: text}; nothing was there before the first one.
    before: "models.JSONField[Any, Any]" = models.JSONField(_("前"), null=True)
    after: "models.JSONField[Any, Any]" = models.JSONField(_("後"))
    undoes = models.OneToOneField(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="undone_by",
        verbose_name=_("取り消した版"),
    )

    class Meta:
        verbose_name = _("さがすことばの変更")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "version"], name="vocabulary_versions_are_counted_up"),
            models.CheckConstraint(
                condition=Q(version=1, before__isnull=True) | Q(version__gt=1, before__isnull=False),
                name="vocabulary_first_versions_and_only_they_have_no_before",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry} {self.version}"

    @property
    def is_undone(self) -> bool:
        return hasattr(self, "undone_by")


def parts(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split(SEPARATOR) if part)
