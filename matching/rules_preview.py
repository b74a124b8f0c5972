"""What other weights and numbers would change, before anybody chooses them."""

from dataclasses import dataclass
from datetime import date

from matching.candidates.rules import Rules
from matching.models import Client
from matching.options import Option, Options, options_for

# One press looks at so many people; more would keep the page waiting. The next press looks at the next ones.
MOST_PREVIEWED = 40


@dataclass(frozen=True)
class Moved:
    """One person for whom something would change."""

    client: Client
    first_before: str
    first_after: str
    # (place, how it fits or what stands against it now, the same then)
    places: list[tuple[str, str, str]]


@dataclass(frozen=True)
class Preview:
    """Of the people from `first` to `last` (counted from 1, the newest first) of all `people`."""

    people: int
    first: int
    last: int
    moved: list[Moved]

    @property
    def left(self) -> int:
        return self.people - self.last


def preview(clients: list[Client], rules: Rules, *, after: int = 0, today: date) -> Preview:
    """For whom the first place, a band or a state would be another by these rules. Changes nothing."""
    looked = clients[after : after + MOST_PREVIEWED]
    moved = []
    for client in looked:
        difference = _difference(
            client, options_for(client, today=today), options_for(client, today=today, rules=rules)
        )
        if difference.places or difference.first_before != difference.first_after:
            moved.append(difference)
    return Preview(len(clients), min(after + 1, len(clients)), after + len(looked), moved)


def _difference(client: Client, now: Options, then: Options) -> Moved:
    places = [
        (before.place.name, _words(before), _words(after))
        for key, before in now.by_key.items()
        if (after := then.by_key.get(key)) and _words(before) != _words(after)
    ]
    return Moved(client, _first(now), _first(then), places)


def _words(option: Option) -> str:
    """よく合う; 確認が必要（合う）; of a place that cannot be suggested the band says little."""
    if not option.is_fitting:
        return option.state_words
    return f"{option.state_words}（{option.band_words}）" if option.state_words else option.band_words


def _first(options: Options) -> str:
    best = (options.candidates + options.ask_first)[:1]
    return best[0].place.name if best else ""
