"""Search: vocabulary, engines, and what residents look for."""
