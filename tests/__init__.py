"""Tests: each folder is a package, so that names never collide."""
