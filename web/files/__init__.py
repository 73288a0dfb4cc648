"""Files that were handed in: downloaded, taken back while fresh, and as a form takes them."""

from web.files.views import blueprint

__all__ = ["blueprint"]
