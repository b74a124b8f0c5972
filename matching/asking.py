"""聞くことリスト: what has not been asked yet, first what would settle most places."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from matching.candidates.sieve import open_questions
from matching.conditions import QUESTIONS
from matching.facts_of import person_facts
from matching.models import Client
from matching.sketches import town_columns
from matching.town_rules import rules_of

# Not one of matching/conditions.py: times have a table of their own.
DAYS = "free"


@dataclass(frozen=True)
class ToAsk:
    """One question, and how many places could be judged better by its answer (0: it makes the order finer)."""

    key: str
    ask: str
    places: int


def to_ask(client: Client, unanswered: Collection[str], *, today: date) -> list[ToAsk]:
    """These questions (keys, or DAYS), the one that matters for most places first; then in the order of the sheet."""
    if not unanswered:
        return []
    columns = town_columns(client.municipality, today=today).columns
    places = open_questions(person_facts(client, today=today), columns, rules_of(client.municipality))
    words = {DAYS: _("何曜日の何時ごろなら行けますか")} | {key: str(one.ask) for key, one in QUESTIONS.items()}
    found = [ToAsk(key, ask, places.get(key, 0)) for key, ask in words.items() if key in unanswered]
    return sorted(found, key=lambda one: -one.places)
