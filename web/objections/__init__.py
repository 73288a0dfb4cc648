"""The committee office's register of what comes from outside about people in the procedure."""

from web.objections.views import blueprint

__all__ = ["blueprint"]
