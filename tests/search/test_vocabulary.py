"""The vocabulary is data: what staff add acts at once, can be taken back, and needs no new index."""

import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
import time_machine
from django.db import IntegrityError, transaction

from directory.actions.errors import SomebodyElseSaved
from directory.models import Event
from search import editions
from search.actions import vocabulary as act
from search.choices import ConditionName, EntryKind, EntryState
from search.models import VocabularyChange, VocabularyEntry
from search.query import HOW
from search.understanding import understand
from search.words import build, shipped, shipped_line, vocabulary
from tests.search.people import Town

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Iterator[Town]:
    with time_machine.travel("2026-11-24T10:00:00+09:00", tick=True):
        editions.forget()
        yield Town()
    # The rows go with the test's transaction; what was made of them goes here.
    editions.forget()


def test_no_two_shipped_lines_are_called_the_same() -> None:
    names = [(line.kind, line.head) for line in shipped()]
    assert len(names) == len(set(names))


def test_every_shipped_line_fits_into_an_entry() -> None:
    for line in shipped():
        facts = act.facts_of(line)
        VocabularyEntry(kind=line.kind, shipped=line.head, **facts).full_clean()


def test_every_condition_of_the_files_has_its_words() -> None:
    assert {line.head for line in shipped() if line.kind == EntryKind.CONDITION} == set(ConditionName.values)
    assert {name for name in HOW if name != "may_help"} <= set(ConditionName.values)


def test_without_a_database_the_files_are_read() -> None:
    script = "from search.words import vocabulary; from search.understanding import understand\n"
    script += "assert understand('ごはん').concepts and vocabulary().meanings; print('ok')"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.stdout == "ok\n", done.stderr


def test_without_entries_the_shipped_vocabulary_is_in_force(town: Town) -> None:
    assert editions.in_force(town.municipality.pk) is vocabulary()


def test_a_word_that_is_added_finds_at_the_next_search(town: Town) -> None:
    assert town.found("ぽかぽか屋") == []
    town.an_entry("ぽかぽか屋", "地域食堂")
    assert town.found("ぽかぽか屋") == ["地域食堂 ひだまり"]


def test_a_word_of_one_town_does_not_act_in_another(town: Town) -> None:
    town.an_entry("ぽかぽか屋", "地域食堂", municipality=town.beside, by=town.tonari)
    assert town.found("ぽかぽか屋") == []
    town.an_entry("ぽかぽか屋", "地域食堂", municipality=None, by=town.matome)
    assert town.found("ぽかぽか屋") == ["地域食堂 ひだまり"]


def test_a_related_word_ranks_and_does_not_answer(town: Town) -> None:
    town.an_entry("ぽかぽか屋", "", related="地域食堂")
    known = editions.in_force(town.municipality.pk)
    [concept] = understand("ぽかぽか屋", known).concepts
    assert len(concept.alternatives) == 2
    assert len(concept.close) == 1


def test_a_stop_word_is_no_longer_looked_for(town: Town) -> None:
    assert [c.said for c in understand("わくわく体操", editions.in_force(town.municipality.pk)).concepts] != ["体操"]
    town.an_entry("わくわく", kind=EntryKind.STOP)
    assert [c.said for c in understand("わくわく体操", editions.in_force(town.municipality.pk)).concepts] == ["体操"]


def test_a_condition_can_be_said_in_other_words(town: Town) -> None:
    town.an_entry("お代いらず", "free", kind=EntryKind.CONDITION)
    assert "free" in understand("お代いらずの体操", editions.in_force(town.municipality.pk)).conditions


@pytest.mark.parametrize("typed", ["みたらい", "みたらいの体操", "みたらい 体操", "mitarai"])
def test_a_local_name_is_found_by_its_reading(town: Town, typed: str) -> None:
    town.an_entry("御手洗", "みたらい", kind=EntryKind.READING)
    known = editions.in_force(town.municipality.pk)
    assert ("御手洗",) in {c.alternatives[0][0].norms for c in understand(typed, known).concepts}
    assert "御手洗いきいき体操" in town.found(typed)


def test_a_reading_inside_another_word_is_left_alone(town: Town) -> None:
    town.an_entry("川井", "かわい", kind=EntryKind.READING)
    known = editions.in_force(town.municipality.pk)
    assert known.spelled("かわいい服") == "かわいい服"
    assert known.spelled("おかわいただく") == "おかわいただく"
    assert known.spelled("かわいの体操") == "川井の体操"


def test_a_shipped_line_can_be_switched_off_and_given_back(town: Town) -> None:
    assert town.found("食いたい") == ["地域食堂 ひだまり"]
    line = shipped_line("synonym", "ごはん")
    assert line is not None
    entry = act.switch_off_shipped(line=line, municipality=town.municipality, by=town.ren)
    assert town.found("昼食") == []
    [made] = entry.changes.all()
    act.undo(change=made, by=town.ren)
    assert town.found("昼食") == ["地域食堂 ひだまり"]
    # Once more: the same row is taken up again, for there is never a second one for a shipped line.
    again = act.switch_off_shipped(line=line, municipality=town.municipality, by=town.ren)
    assert again.pk == entry.pk
    assert town.found("昼食") == []


def test_a_shipped_line_can_be_replaced(town: Town) -> None:
    town.an_entry("ごはん", "昼食", shipped="ごはん")
    known = editions.in_force(town.municipality.pk)
    assert len(understand("昼食", known).concepts[0].alternatives) < len(understand("昼食").concepts[0].alternatives)
    with pytest.raises(IntegrityError), transaction.atomic():
        VocabularyEntry.objects.create(
            municipality=town.municipality, kind=EntryKind.SYNONYM, shipped="ごはん", words="めし"
        )


def test_of_two_that_replace_the_same_line_the_towns_own_counts(town: Town) -> None:
    town.an_entry("ごはん", "昼食", shipped="ごはん", municipality=None, by=town.matome)
    town.an_entry("ごはん", "昼めし", shipped="ごはん")
    own = {line.means for line in editions.lines(town.municipality.pk) if line.words == ("ごはん",)}
    assert own == {("昼めし",)}
    assert {line.means for line in editions.lines(town.beside.pk) if line.words == ("ごはん",)} == {("昼食",)}


def test_every_change_is_a_version_with_before_and_after(town: Town) -> None:
    entry = town.an_entry("ぽかぽか屋", "地域食堂")
    act.change(entry=entry, version=1, facts={"means": "体操"}, by=town.mio)
    second, first = entry.changes.all()
    assert (first.version, first.before, first.by) == (1, None, town.ren)
    assert (second.version, second.before["means"], second.after["means"]) == (2, "地域食堂", "体操")
    assert town.found("ぽかぽか屋") == ["御手洗いきいき体操"]
    assert not [event for event in Event.objects.all() if "ぽかぽか" in str(event.details)]


def test_changes_are_undone_step_by_step_and_only_once(town: Town) -> None:
    entry = town.an_entry("ぽかぽか屋", "地域食堂")
    act.change(entry=entry, version=1, facts={"means": "体操"}, by=town.mio)
    second, first = entry.changes.all()
    with pytest.raises(act.ChangedSince):
        act.undo(change=first, by=town.ren)
    act.undo(change=second, by=town.ren)
    assert town.found("ぽかぽか屋") == ["地域食堂 ひだまり"]
    with pytest.raises(act.ChangedSince):
        act.undo(change=second, by=town.ren)
    act.undo(change=first, by=town.ren)
    entry.refresh_from_db()
    assert entry.state == EntryState.GONE
    assert town.found("ぽかぽか屋") == []
    assert [change.version for change in entry.changes.all()] == [4, 3, 2, 1]
    # An undoing can be undone too.
    last = entry.changes.first()
    assert last is not None
    act.undo(change=last, by=town.mio)
    assert town.found("ぽかぽか屋") == ["地域食堂 ひだまり"]


def test_of_two_editors_the_second_is_told(town: Town) -> None:
    entry = town.an_entry("ぽかぽか屋", "地域食堂")
    act.change(entry=entry, version=1, facts={"means": "体操"}, by=town.mio)
    with pytest.raises(SomebodyElseSaved) as refused:
        act.change(entry=entry, version=1, facts={"means": "朝市"}, by=town.ren)
    assert refused.value.fields == ["means"]
    # Both wrote the same: nobody needs to be asked.
    assert act.change(entry=entry, version=1, facts={"means": "体操"}, by=town.ren).version == 2


def test_the_same_words_are_not_added_twice(town: Town) -> None:
    town.an_entry("ぽかぽか屋", "地域食堂")
    with pytest.raises(act.AlreadyThere, match="ぽかぽか屋"):
        town.an_entry("ぽかぽか屋", "体操")


def test_another_process_sees_a_change_within_a_second(town: Town) -> None:
    assert editions.in_force(town.municipality.pk) is vocabulary()
    # What another process does: rows change, and nobody tells this one.
    entry = VocabularyEntry.objects.create(municipality=town.municipality, kind=EntryKind.STOP, words="わくわく")
    VocabularyChange.objects.create(entry=entry, version=1, after=entry.facts())
    deadline = time.monotonic() + editions.CHECKED_EVERY_SECONDS + 0.2
    while "わくわく" not in editions.in_force(town.municipality.pk).stop:
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_asking_for_the_vocabulary_costs_next_to_nothing(
    town: Town, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    town.an_entry("ぽかぽか屋", "地域食堂")
    editions.in_force(town.municipality.pk)
    with django_assert_num_queries(0):  # type: ignore[operator]
        begun = time.perf_counter()
        for _ in range(1000):
            editions.in_force(town.municipality.pk)
    assert (time.perf_counter() - begun) / 1000 < 0.001


def test_putting_shipped_lines_together_again_makes_the_same() -> None:
    again, known = build(shipped()), vocabulary()
    assert (again.meanings, again.sounds, again.stop, again.conditions, again.longest) == (
        known.meanings,
        known.sounds,
        known.stop,
        known.conditions,
        known.longest,
    )


def test_the_table_refuses_what_makes_no_sense(town: Town) -> None:
    for facts in (
        {"kind": EntryKind.STOP, "words": "x", "means": "y"},
        {"kind": EntryKind.READING, "words": "御手洗", "means": ""},
        {"kind": EntryKind.SYNONYM, "words": ""},
        {"kind": "none", "words": "x"},
        {"kind": EntryKind.SYNONYM, "words": "x", "state": "odd"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            VocabularyEntry.objects.create(municipality=town.municipality, **facts)
