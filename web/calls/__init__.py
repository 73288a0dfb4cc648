"""The call sheet: whom to ring, about what, until when, and who has rung."""

from web.calls.views import blueprint

__all__ = ["blueprint"]
