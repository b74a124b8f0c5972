"""Every change of casework, killed at every statement and at its commit, and pressed again."""
