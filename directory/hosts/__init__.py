"""What hosts do with their listings."""
