"""Django system checks that keep the architecture."""
