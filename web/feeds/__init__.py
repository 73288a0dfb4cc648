"""The calendar on the phone: an address of one's own, and what it answers."""

from web.feeds.views import blueprint

__all__ = ["blueprint"]
