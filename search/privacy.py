"""Every field of search has one class, as in directory/privacy.py. Nothing here is about a person."""

from django.db import models

from directory.privacy import Level

T, P, S = Level.TECHNICAL, Level.PUBLIC, Level.STAFF

FIELDS: dict[str, dict[Level, str]] = {
    "Outbox": {T: "id kind object_id version made_at try_at attempts error"},
}


def level_of(model: type[models.Model], field: str) -> Level:
    """The class of one field; raises KeyError when nobody has thought about it."""
    for level, names in FIELDS[model.__name__].items():
        if field in names.split():
            return level
    raise KeyError(f"{model.__name__}.{field} has no class in search/privacy.py")
