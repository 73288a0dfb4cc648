"""The visitor's reminders, word for word as the clock wrote them down: which deadline, whose, until when."""

from web.messages.views import blueprint

__all__ = ["blueprint"]
