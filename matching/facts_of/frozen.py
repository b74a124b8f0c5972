"""What a proposal keeps of the facts it was made from."""

import dataclasses
from collections.abc import Mapping
from enum import Enum
from typing import Any

from matching.candidates.facts import PersonFacts, PlaceFacts

# Lists of places and their roles, any of which may be one that is avoided.
LEFT_OUT = {"avoided", "refused", "refused_roles", "set_aside", "roles_set_aside", "tried", "dangerous_for"}


def frozen(facts: PersonFacts | PlaceFacts) -> dict[str, Any]:
    """The facts as JSON, for a proposal to keep. What is avoided is left out: nobody reading why may learn of it."""
    return {
        field.name: _plain(getattr(facts, field.name))
        for field in dataclasses.fields(facts)
        if field.name not in LEFT_OUT
    }


def _plain(value: Any) -> Any:
    match value:
        case Enum():
            return value.value
        case Mapping():
            return {str(key): _plain(each) for key, each in value.items()}
        case frozenset() | set():
            return sorted(_plain(each) for each in value)
        case tuple() | list():
            return [_plain(each) for each in value]
    return dataclasses.asdict(value) if dataclasses.is_dataclass(value) and not isinstance(value, type) else value
