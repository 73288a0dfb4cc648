"""The counter: pages, JSON API and command line; here everything is wired together."""
