"""The state of the system: what the doctor finds, what to do, who is missing, what waits."""

from web.state.views import blueprint

__all__ = ["blueprint"]
