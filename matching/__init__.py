"""Casework: the staff-only half. Never imports website, never is imported by it."""
