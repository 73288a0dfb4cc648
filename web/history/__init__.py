"""The auditor's history of a dossier."""

from web.history.views import blueprint

__all__ = ["blueprint"]
