"""What staff do with the directory."""
