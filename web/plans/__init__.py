"""The year's plan and what falls on which day."""

from web.plans.views import blueprint

__all__ = ["blueprint"]
