"""What is kept sealed, shown once to somebody who says why."""

from web.reveals.views import blueprint

__all__ = ["blueprint"]
