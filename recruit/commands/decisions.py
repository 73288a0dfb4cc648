"""What a body's vote on one person comes to: the act with its counts, or none where nothing is to be said."""

from collections.abc import Mapping

from recruit.commands.sitting import ItemRow, SittingRow, count_of
from workflows.ballots import Count

Decision = tuple[str, Mapping[str, object]]
_ONLY_WHEN_PASSED = frozenset(("activist_decided", "target_proposed"))


def decision_of(sitting: SittingRow, item: ItemRow) -> Decision | None:
    """The act and its details; None where a branch did not decide to name or to propose somebody."""
    count = count_of(sitting, item)
    if count is None:
        return None
    has_passed = count.outcome == "passed"
    if item.do == "meeting_voted":
        return item.do, _general(sitting, item, count)
    if item.do in _ONLY_WHEN_PASSED and not has_passed:
        return None
    do = "target_refused" if item.do == "target_consented" and not has_passed else item.do
    return do, {**_result(sitting, item, has_passed=has_passed), **_heads(item, count)}


def _result(sitting: SittingRow, item: ItemRow, *, has_passed: bool) -> Mapping[str, object]:
    if item.do == "preexamined":
        return {"passed": has_passed}
    if item.do == "committee_decided":
        return {"purpose": item.purpose, "approved": has_passed}
    if sitting.kind == "committee":
        return {}
    return {"body": sitting.kind, **({"passed": has_passed} if item.do == "branch_examined" else {})}


def _heads(item: ItemRow, count: Count) -> Mapping[str, object]:
    """A branch's examination has a result and no counts."""
    if item.do == "branch_examined":
        return {}
    return {"members": count.whole, "present": count.present, "for": count.for_}


def _general(sitting: SittingRow, item: ItemRow, count: Count) -> Mapping[str, object]:
    details: dict[str, object] = {
        "purpose": item.purpose,
        "entitled": count.whole,
        "present": count.present,
        "for": count.for_,
        "against": count.against,
        "abstain": count.abstain,
        "invalid": count.invalid,
        "written_for": count.written_for,
        "written_against": count.written_against,
        "written_abstain": count.written_abstain,
        "secret": True,
    }
    if item.months is not None:
        details["months"] = item.months
    if sitting.excluded:
        details["excluded"] = list(sitting.excluded)
    return details
