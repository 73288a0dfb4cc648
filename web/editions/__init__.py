"""The editions of the rules as data, and the difference of two of them; read only."""

from web.editions.views import blueprint

__all__ = ["blueprint"]
