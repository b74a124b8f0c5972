"""Changes of search's own tables, each in one transaction."""
