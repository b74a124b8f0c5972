"""Tables of casework, one noun per file."""
