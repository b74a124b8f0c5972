"""What staff fill in. Each form returns the types its action needs."""
