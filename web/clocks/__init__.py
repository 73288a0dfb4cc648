"""What the clock did and where it was silent, for those who watch over it."""

from web.clocks.views import blueprint

__all__ = ["blueprint"]
