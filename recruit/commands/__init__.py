"""Commands: the only writers. One command, one transaction."""
