"""Why a deadline falls on its day, day by day."""

from web.deadlines.views import blueprint

__all__ = ["blueprint"]
