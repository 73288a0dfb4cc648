"""Alive and ready, for those who watch the server."""

from web.health.views import blueprint

__all__ = ["blueprint"]
