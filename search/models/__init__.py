"""Tables of search that Django keeps; the embedded index has tables of its own (engines/store.py)."""

from .outbox import Outbox, OutboxKind

__all__ = ["Outbox", "OutboxKind"]
