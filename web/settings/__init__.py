"""Local settings: each value in words, where it comes from, and setting one."""

from web.settings.views import blueprint

__all__ = ["blueprint"]
