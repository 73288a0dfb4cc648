"""The demonstration: a township's years 2014 to 2016, played through the commands of the record."""

from web.demo.run import run_demo

__all__ = ["run_demo"]
