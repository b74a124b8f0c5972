"""What only a real browser can judge: accessibility, sizes, the security policy."""
