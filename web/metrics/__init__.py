"""Figures for a collector (Prometheus): what the record holds, whether its clock runs, what was asked."""

from web.metrics.requests import init_metrics
from web.metrics.views import blueprint

__all__ = ["blueprint", "init_metrics"]
