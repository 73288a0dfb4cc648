"""The calendar of holidays year by year: shown, entered from the notice, published."""

from web.years.views import blueprint

__all__ = ["blueprint"]
