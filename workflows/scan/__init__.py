"""Irregularities over many dossiers, found by an audit of the whole register (DOMAIN.md, section F).

Importing this package registers the rules.
"""

from workflows.scan import admissions, entries, persons, plans
from workflows.scan.registry import ACROSS, WITHIN

RULES_OF_REGISTERS = frozenset({*ACROSS, *WITHIN})

__all__ = ["ACROSS", "RULES_OF_REGISTERS", "WITHIN", "admissions", "entries", "persons", "plans"]
