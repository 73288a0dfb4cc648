"""The rules of the procedure, one file per chapter of the regulation.

Importing this package registers them all.
"""

from workflows.rules import (
    activist,
    admission,
    application,
    approval,
    every_act,
    probation,
    publicity,
    target,
    vetting,
)
from workflows.rules.registry import RULES, Rule

__all__ = [
    "RULES",
    "Rule",
    "activist",
    "admission",
    "application",
    "approval",
    "every_act",
    "probation",
    "publicity",
    "target",
    "vetting",
]
