"""What residents see of the directory."""
