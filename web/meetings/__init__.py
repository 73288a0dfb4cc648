"""Meetings: attendance, one person after another, the check, the confirmation, the minutes."""

from web.meetings import adding, saving
from web.meetings.views import blueprint

__all__ = ["adding", "blueprint", "saving"]
