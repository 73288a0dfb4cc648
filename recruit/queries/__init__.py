"""Queries: what the pages, the interface and the clock read, within the reach of the actor."""
