"""What waits for a second person."""

from web.proposals.views import blueprint

__all__ = ["blueprint"]
