"""Users and what they may do: invited, granted, locked out and let in again."""

from web.users.views import blueprint

__all__ = ["blueprint"]
