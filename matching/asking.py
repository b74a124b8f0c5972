"""聞くことリスト: what has not been asked yet, first what would settle most places."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from matching.candidates.sieve import open_questions
from matching.conditions import QUESTIONS
from matching.facts_of import person_facts, published
from matching.models import Client
from matching.narrowing import MOST_JUDGED
from matching.sketches import is_ready, town_columns
from matching.town_rules import rules_of

# Not one of matching/conditions.py: times have a table of their own.
DAYS = "free"


@dataclass(frozen=True)
class ToAsk:
    """One question, and how many places wait for its answer, among others (0: it makes the order finer)."""

    key: str
    ask: str
    places: int


def to_ask(client: Client, unanswered: Collection[str], *, today: date) -> list[ToAsk]:
    """These questions (keys, or DAYS), the one that matters for most places first; then in the order of the sheet."""
    if not unanswered:
        return []
    town, places = client.municipality, {}
    # A page about one person does not wait for a large town to be read: then the order of the sheet will do.
    if is_ready(town, today=today) or published(town).count() <= MOST_JUDGED:
        columns = town_columns(town, today=today).columns
        places = open_questions(person_facts(client, today=today), columns, rules_of(town))
    words = {DAYS: _("何曜日の何時ごろなら行けますか")} | {key: str(one.ask) for key, one in QUESTIONS.items()}
    found = [ToAsk(key, ask, places.get(key, 0)) for key, ask in words.items() if key in unanswered]
    return sorted(found, key=lambda one: -one.places)
