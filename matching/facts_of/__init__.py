"""From the town's listings and one person's answers to the plain facts on which matching/candidates judges.

What is not known stays None here: a listing's 要確認 counts as not known, a question without an answer as not asked.
"""

from .frozen import frozen
from .people import avoided_places, kept_away_from, leading_to, people_facts, person_facts
from .places import place_facts, places_to_judge, published, recent_people, slot_facts, ways_of, weeks_of

__all__ = [
    "avoided_places",
    "frozen",
    "kept_away_from",
    "leading_to",
    "people_facts",
    "person_facts",
    "place_facts",
    "places_to_judge",
    "published",
    "recent_people",
    "slot_facts",
    "ways_of",
    "weeks_of",
]
