"""What a branch is told of objections: that the committee is at work, not how many there are."""

from collections.abc import Iterable
from dataclasses import replace

from recruit.context import READING_ROLES, Context
from workflows.findings import Finding

_ABOVE = READING_ROLES - {"branch_secretary", "branch_clerk", "general_branch"}


def knows_objections(context: Context, path: str) -> bool:
    """Whether the actor answers for that branch from above, or audits it."""
    return context.actor.held(_ABOVE, path) is not None


def told(context: Context, path: str, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings that were kept, as this actor may read them."""
    if knows_objections(context, path):
        return tuple(findings)
    return tuple(_discreet(one) if one.rule == "objections_concluded" else one for one in findings)


def _discreet(finding: Finding) -> Finding:
    """As the rule itself says it of what nobody has looked at yet."""
    return replace(finding, found=None, earliest=None, variant="unread", values={})
