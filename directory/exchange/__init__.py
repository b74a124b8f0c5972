"""Data that travels: municipal CSV files in, with findings row by row; the safe CSV writer out."""
