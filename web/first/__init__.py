"""The page behind a one-time link: its owner chooses a password."""

from web.first.views import blueprint

__all__ = ["blueprint"]
