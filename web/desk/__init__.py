"""Today: what is to be done, and where one's own people stand."""

from web.desk.views import blueprint

__all__ = ["blueprint"]
