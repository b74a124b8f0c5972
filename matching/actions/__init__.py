"""What staff do, one noun per file. Each action is atomic, writes its event, and may be pressed twice."""
