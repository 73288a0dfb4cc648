"""Plans of a year as they are entered: text, the linter beside each line, earlier versions."""

from web.planning.views import blueprint

__all__ = ["blueprint"]
