"""Meetings: attendance, one person after another, the check, the confirmation, the minutes."""

from web.meetings import saving
from web.meetings.views import blueprint

__all__ = ["blueprint", "saving"]
