"""Erasing a person: one administrator proposes, another confirms."""

from web.erasures.views import blueprint

__all__ = ["blueprint"]
