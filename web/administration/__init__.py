"""Where administrators begin: what there is to keep, and what is missing."""

from web.administration.views import blueprint

__all__ = ["blueprint"]
