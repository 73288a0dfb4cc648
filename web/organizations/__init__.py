"""The tree of organizations: adding, naming, describing and closing them."""

from web.organizations.views import blueprint

__all__ = ["blueprint"]
