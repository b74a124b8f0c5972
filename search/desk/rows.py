"""What staff read: shipped lines and their own in one list, and changes in words."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from directory.models import Municipality
from search.actions.vocabulary import facts_of
from search.choices import ConditionName, EntryKind, EntryState
from search.models import VocabularyChange, VocabularyEntry
from search.text import clean
from search.words import Line, shipped

from .forms import FORMS, ListForm

# (form value that names a shipped line) = kind:head
BETWEEN = ":"


@dataclass(frozen=True)
class Row:
    """One line of the list: a shipped one, or an entry."""

    kind: EntryKind
    words: str
    means: str
    related: str
    state: EntryState
    line: Line | None = None
    entry: VocabularyEntry | None = None
    may_change: bool = True

    @property
    def name(self) -> str:
        """How a shipped line is named in a form or an address."""
        return f"{self.kind.value}{BETWEEN}{self.line.head}" if self.line else ""

    @property
    def where(self) -> str:
        town = self.entry.municipality if self.entry else None
        return town.name if town else _("すべての町")

    @property
    def origin(self) -> str:
        if self.entry is None:
            return _("はじめから")
        return _("はじめからの行を直した") if self.entry.shipped else _("職員")

    @property
    def is_on(self) -> bool:
        return self.state == EntryState.ON


def rows(entries: list[VocabularyEntry], scopes: list[Municipality | None]) -> list[Row]:
    """The staff's lines, the latest first, then the shipped ones that are not replaced wherever this person works."""
    own = [
        Row(
            EntryKind(entry.kind),
            entry.words,
            means_words(entry.kind, entry.means),
            entry.related,
            EntryState(entry.state),
            entry=entry,
            may_change=entry.municipality in scopes,
        )
        for entry in sorted(entries, key=lambda entry: entry.changed_at, reverse=True)
        if entry.state != EntryState.GONE
    ]
    towns = {town.pk for town in scopes if town}
    standing: dict[tuple[str, str], set[int]] = {}
    for row in own:
        if row.entry and row.entry.shipped:
            where = {row.entry.municipality_id} if row.entry.municipality_id else towns
            standing.setdefault((row.kind, row.entry.shipped), set()).update(where)
    for line in shipped():
        if standing.get((line.kind, line.head), set()) >= towns:
            continue
        facts = facts_of(line)
        means = means_words(line.kind, facts["means"])
        own.append(Row(line.kind, facts["words"], means, facts["related"], EntryState.ON, line=line))
    return own


def narrowed(found: list[Row], form: ListForm) -> list[Row]:
    if not form.is_valid():
        return []
    asked = form.cleaned_data
    words = clean(asked["q"])
    return [
        row
        for row in found
        if (not words or words in clean(f"{row.words}、{row.means}、{row.related}"))
        and (not asked["kind"] or row.kind == asked["kind"])
        and (asked["which"] != ListForm.STAFF or row.entry)
        and (asked["which"] != ListForm.SHIPPED or row.line)
        and (asked["which"] != ListForm.OFF or not row.is_on)
    ]


def means_words(kind: str, means: str) -> str:
    """What stands under 同じ意味: of a condition its words, not its name."""
    return str(ConditionName(means).label) if kind == EntryKind.CONDITION and means in ConditionName.values else means


def told(change: VocabularyChange) -> list[dict[str, Any]]:
    """Field by field what a change changed, as words: label, before, after."""
    kind, before = change.entry.kind, change.before or {}
    return [
        {
            "label": label_of(kind, name),
            "before": value_words(kind, name, before.get(name, "")),
            "after": value_words(kind, name, value),
        }
        for name, value in change.after.items()
        # That a new line acts goes without saying.
        if value != before.get(name, "") and not (not before and value == EntryState.ON)
    ]


def label_of(kind: str, name: str) -> "str | Promise":
    """The label people see when they fill it in."""
    fields = FORMS[kind].base_fields
    if name in fields:
        return fields[name].label or name
    return VocabularyEntry._meta.get_field(name).verbose_name  # type: ignore[union-attr]


def value_words(kind: str, name: str, value: str) -> str:
    if name == "means":
        return means_words(kind, value)
    if name == "state" and value in EntryState.values:
        return str(EntryState(value).label)
    return value
