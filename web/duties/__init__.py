"""What organizations owe beside their dossiers: the year's duties, the plan's milestones, the calendar."""

from web.duties.views import blueprint

__all__ = ["blueprint"]
