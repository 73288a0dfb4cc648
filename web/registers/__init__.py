"""Registers to look at and to print."""

from web.registers.views import blueprint

__all__ = ["blueprint"]
