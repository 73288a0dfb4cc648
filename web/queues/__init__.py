"""The committee's queues: what was handed in, sent back, asked for, and what waits for its decision."""

from web.queues.views import blueprint

__all__ = ["blueprint"]
