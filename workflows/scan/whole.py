"""The register as a whole: every rule over many dossiers, in an order that no order of reading changes."""

from collections.abc import Iterable
from dataclasses import replace

from workflows.scan.register import Register
from workflows.scan.registry import ACROSS, Irregularity, irregularity

_GRAVEST_FIRST = ("high", "medium", "low")


def judge_register(register: Register) -> tuple[Irregularity, ...]:
    branches = {one.dossier: one.branch for one in register.summaries}
    found = (
        irregularity(rule_id, seen, register.ground)
        for rule_id, rule in ACROSS.items()
        for seen in rule.judge(register)
    )
    return in_order(
        replace(one, unit=branches.get(one.dossier)) if one.dossier and one.unit is None else one
        for one in found
    )


def not_checked(register: Register) -> tuple[str, ...]:
    """The rules that lack something to judge by: what they did not find is not therefore in order."""
    return tuple(
        sorted(id_ for id_, rule in ACROSS.items() if rule.is_checked and not rule.is_checked(register))
    )


def in_order(found: Iterable[Irregularity]) -> tuple[Irregularity, ...]:
    """The gravest first, then by unit, dossier and act."""
    return tuple(sorted(found, key=_place))


def _place(one: Irregularity) -> tuple[int, str, str, int, int, str, str]:
    finding = one.finding
    severity = _GRAVEST_FIRST.index(finding.severity)
    values = f"{finding.variant} {finding.found} {finding.needed} {sorted(finding.values.items())}"
    return (severity, one.unit or "", one.dossier or "", one.year or 0, one.act or 0, finding.rule, values)
