"""Pages that web editors write."""
