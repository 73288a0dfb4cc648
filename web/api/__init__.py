"""The JSON interface: the same commands and queries as the pages, for programs with a token."""

from web.api import acts, dossiers, lists, log, meetings, notices, proposals
from web.api.docs import blueprint as docs
from web.api.docs import machine
from web.api.operation import blueprint

__all__ = [
    "acts",
    "blueprint",
    "docs",
    "dossiers",
    "lists",
    "log",
    "machine",
    "meetings",
    "notices",
    "proposals",
]
