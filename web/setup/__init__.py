"""The first page of all: three administrators name themselves behind a one-time link."""

from web.setup.views import blueprint

__all__ = ["blueprint"]
