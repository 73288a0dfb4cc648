"""What a person sees of the own dossier, opened by the code that the branch hands over."""

from web.own.views import blueprint

__all__ = ["blueprint"]
