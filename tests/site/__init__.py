"""The website package."""
