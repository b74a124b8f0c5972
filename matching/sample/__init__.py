"""Fictional clients of 見本町, to try the desk with."""
