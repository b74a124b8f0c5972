"""Signals of the directory: how others hear of a change without being imported."""

from django.dispatch import Signal

# Sent inside the transaction of the change, with `place=`; receivers write in the same transaction.
place_changed = Signal()
# The same for a consultation window, with `window=`.
window_changed = Signal()
