"""What another set of weights would change, before anybody chooses it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from directory.models import Municipality
from matching.candidates.rules import DEFAULT
from matching.models import Client
from matching.options import Options, options_for
from matching.town_rules import learned_of

# A preview looks at so many people; more would keep the page waiting, and says so.
MOST_PREVIEWED = 40


@dataclass(frozen=True)
class Moved:
    """One person for whom something would change."""

    client: Client
    first_before: str
    first_after: str
    # (place, its band now, its band then)
    bands: list[tuple[str, str, str]]


@dataclass(frozen=True)
class Preview:
    looked_at: int
    left_out: int
    moved: list[Moved]


def preview(
    clients: list[Client], town: Municipality, weights: Mapping[str, float], *, learned: bool, today: date
) -> Preview:
    """Whose first place, or whose bands, would be others with these weights. Changes nothing."""
    factors = learned_of(town) if learned else MappingProxyType({})
    rules = replace(DEFAULT, weights=MappingProxyType(dict(weights)), learned=factors)
    moved = []
    for client in clients[:MOST_PREVIEWED]:
        now, then = options_for(client, today=today), options_for(client, today=today, rules=rules)
        difference = _difference(client, now, then)
        if difference.bands or difference.first_before != difference.first_after:
            moved.append(difference)
    return Preview(min(len(clients), MOST_PREVIEWED), max(0, len(clients) - MOST_PREVIEWED), moved)


def _difference(client: Client, now: Options, then: Options) -> Moved:
    bands = []
    for key, before in now.by_key.items():
        after = then.by_key.get(key)
        # Of places that cannot be suggested the band says little.
        if after and before.is_fitting and before.candidate.band != after.candidate.band:
            bands.append((before.place.name, before.band_words, after.band_words))
    return Moved(client, _first(now), _first(then), bands)


def _first(options: Options) -> str:
    best = (options.candidates + options.ask_first)[:1]
    return best[0].place.name if best else ""
