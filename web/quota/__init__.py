"""The places of a year and its shares: shown with their arithmetic, choosing and ranking nobody."""

from web.quota.views import blueprint

__all__ = ["blueprint"]
