"""Branch rolls: who is on one, entering members, penalties, moves and ends, and the roll on paper."""

from web.rolls.views import blueprint

__all__ = ["blueprint"]
