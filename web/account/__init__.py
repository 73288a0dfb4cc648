"""The visitor's own account: password, second factor, where one is logged in."""

from web.account.views import blueprint

__all__ = ["blueprint"]
