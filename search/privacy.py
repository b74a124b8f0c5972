"""Every field of search has one class, as in directory/privacy.py. Nothing here is about a resident."""

from django.db import models

from directory.privacy import Level

T, P, S = Level.TECHNICAL, Level.PUBLIC, Level.STAFF

FIELDS: dict[str, dict[Level, str]] = {
    "VocabularyEntry": {
        T: "id uuid version changed_at",
        S: "municipality kind words means related note state shipped",
    },
    "VocabularyChange": {T: "id uuid entry version at undoes", S: "by before after"},
    # Counts below three are shown as few; nothing in a row leads to somebody.
    "SearchTerm": {T: "id", S: "municipality district week terms kind count"},
    "Outbox": {T: "id kind object_id version made_at try_at attempts error"},
}


def level_of(model: type[models.Model], field: str) -> Level:
    """The class of one field; raises KeyError when nobody has thought about it."""
    for level, names in FIELDS[model.__name__].items():
        if field in names.split():
            return level
    raise KeyError(f"{model.__name__}.{field} has no class in search/privacy.py")
