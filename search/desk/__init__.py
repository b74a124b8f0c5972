"""What staff do with search: look after its words, see what is not found."""
