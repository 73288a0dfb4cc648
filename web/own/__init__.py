"""The visitor's own account: password, second factor, where one is logged in."""

from web.own.views import blueprint

__all__ = ["blueprint"]
