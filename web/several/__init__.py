"""One harmless act for several people at once: chosen, previewed, then recorded one by one."""

from web.several.views import blueprint

__all__ = ["blueprint"]
