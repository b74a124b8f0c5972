"""Tables of search that Django keeps; the embedded index has tables of its own (engines/store.py)."""

from .misses import SearchTerm
from .outbox import Outbox, OutboxKind
from .vocabulary import VocabularyChange, VocabularyEntry

__all__ = ["Outbox", "OutboxKind", "SearchTerm", "VocabularyChange", "VocabularyEntry"]
