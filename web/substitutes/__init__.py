"""Standing in for somebody who is away: named, accepted, declined, ended."""

from web.substitutes.views import blueprint

__all__ = ["blueprint"]
