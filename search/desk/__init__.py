"""What staff do with search: look after its words, and see what is not found."""
