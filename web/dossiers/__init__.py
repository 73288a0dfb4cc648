"""The roll with its search, and one dossier with its next step."""

from web.dossiers.views import blueprint

__all__ = ["blueprint"]
