"""Public notices from inside: those that hang, those to come, and those whose result is not on record."""

from web.notices.views import blueprint

__all__ = ["blueprint"]
