"""My settings: where messages go beside the pages."""

from web.me.views import blueprint

__all__ = ["blueprint"]
