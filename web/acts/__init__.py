"""One form per act, made from the fields of the edition."""

from web.acts.views import blueprint

__all__ = ["blueprint"]
