"""The vocabulary is changed version by version, and every change can be taken back."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.actions.errors import NotNow, SomebodyElseSaved
from directory.models import Event, Municipality, User
from search.choices import EntryKind, EntryState
from search.editions import forget
from search.models import VocabularyChange, VocabularyEntry
from search.models.vocabulary import FACTS, SEPARATOR
from search.words import Line


class AlreadyThere(NotNow):
    """The same words stand in the table."""

    def __init__(self, entry: VocabularyEntry) -> None:
        self.entry = entry
        super().__init__(
            _("「{words}」はもう登録されています。一覧でさがして、そちらを直してください。").format(words=entry.words)
        )


class ChangedSince(NotNow):
    """What was to be undone has been changed again."""

    def __init__(self) -> None:
        super().__init__(_("そのあとで、また直されています。先に新しい変更を取り消すか、いまの内容を直してください。"))


@transaction.atomic
def add(
    *,
    kind: EntryKind,
    municipality: Municipality | None,
    facts: Mapping[str, str],
    by: User,
    shipped: str = "",
) -> VocabularyEntry:
    """Put a line in force, in a town or (None) everywhere; with `shipped` in the place of that shipped line.

    Raises AlreadyThere, and SomebodyElseSaved when another person has just taken the shipped line in hand.
    """
    own = VocabularyEntry.objects.select_for_update().filter(municipality=municipality, kind=kind)
    if shipped and (known := own.filter(shipped=shipped).first()):
        if known.state != EntryState.GONE:
            raise SomebodyElseSaved([name for name in FACTS if known.facts()[name] != facts.get(name)])
        return _write(known, {"state": EntryState.ON.value, **facts}, by=by)
    if same := own.exclude(state=EntryState.GONE).filter(words=facts["words"]).first():
        raise AlreadyThere(same)
    entry = VocabularyEntry(municipality=municipality, kind=kind, shipped=shipped, **facts)
    entry.version = 0
    return _write(entry, {}, by=by)


@transaction.atomic
def change(*, entry: VocabularyEntry, version: int, facts: Mapping[str, str], by: User) -> VocabularyEntry:
    """Give an entry new words. `version` is the one the person saw.

    Raises SomebodyElseSaved when it has become another meanwhile, naming what differs now.
    """
    entry = _locked(entry)
    now = entry.facts()
    differing = [name for name, value in facts.items() if now[name] != value]
    if not differing:
        return entry
    if entry.version != version:
        raise SomebodyElseSaved(differing)
    return _write(entry, facts, by=by)


def switch(*, entry: VocabularyEntry, on: bool, by: User) -> VocabularyEntry:
    """Let an entry act or rest. A second tap changes nothing."""
    with transaction.atomic():
        entry = _locked(entry)
        wanted = (EntryState.ON if on else EntryState.OFF).value
        return entry if entry.state == wanted else _write(entry, {"state": wanted}, by=by)


def switch_off_shipped(*, line: Line, municipality: Municipality | None, by: User) -> VocabularyEntry:
    """Take a shipped line out of force, in a town or (None) everywhere."""
    own = VocabularyEntry.objects.filter(municipality=municipality, kind=line.kind, shipped=line.head)
    with transaction.atomic():
        if known := own.first():
            return switch(entry=known, on=False, by=by)
        facts = {**facts_of(line), "state": EntryState.OFF.value}
        return add(kind=line.kind, municipality=municipality, facts=facts, by=by, shipped=line.head)


@transaction.atomic
def undo(*, change: VocabularyChange, by: User) -> VocabularyEntry:
    """Make an entry what it was before a change; what was added is gone. Raises ChangedSince."""
    entry = _locked(change.entry)
    change = VocabularyChange.objects.get(pk=change.pk)
    if change.is_undone or entry.facts() != change.after:
        raise ChangedSince
    before = change.before if change.before is not None else {"state": EntryState.GONE.value}
    return _write(entry, before, by=by, undoes=change)


def facts_of(line: Line) -> dict[str, str]:
    """A line as the text of an entry's fields."""
    return {name: SEPARATOR.join(getattr(line, name)) for name in ("words", "means", "related")}


def _locked(entry: VocabularyEntry) -> VocabularyEntry:
    return VocabularyEntry.objects.select_for_update(of=("self",)).select_related("municipality").get(pk=entry.pk)


def _write(
    entry: VocabularyEntry, facts: Mapping[str, str], *, by: User, undoes: VocabularyChange | None = None
) -> VocabularyEntry:
    before = entry.facts() if entry.pk else None
    for name, value in facts.items():
        setattr(entry, name, value)
    entry.version += 1
    entry.changed_at = timezone.now()
    entry.save()
    made = VocabularyChange.objects.create(
        entry=entry, version=entry.version, by=by, before=before, after=entry.facts(), undoes=undoes
    )
    # The words themselves never stand in the chain of events; the change row has them.
    Event.append(
        action="vocabulary.undo" if undoes else "vocabulary.change",
        actor=by,
        subject=made,
        municipality=entry.municipality,
        version=entry.version,
    )
    forget()
    # Another thread may have asked between this line and the commit.
    transaction.on_commit(forget)
    return entry
