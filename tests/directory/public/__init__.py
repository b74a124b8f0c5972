"""The pages residents open."""
