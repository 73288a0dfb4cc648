"""Log in, log out, choose language and size of type."""

from web.auth.views import blueprint

__all__ = ["blueprint"]
