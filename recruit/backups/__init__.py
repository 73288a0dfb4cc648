"""Backups: a consistent copy taken beside the writer, sealed, and restored only when it verifies."""
