"""Changes of the directory, one verb each."""
