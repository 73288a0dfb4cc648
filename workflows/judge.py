"""Judging one act: every rule that its edition asks, every finding, and whether it is accepted."""

from workflows.acts import Act
from workflows.case import Case
from workflows.edition import Edition, RuleKind, Severity
from workflows.findings import Breach, Finding, Judgement
from workflows.fold import destination
from workflows.rules import RULES
from workflows.rules.registry import Rule


def judge(case: Case) -> Judgement:
    """Live: accepted unless a rule blocks, or asks for an override that the act does not carry.

    Historic: always accepted, each finding an irregularity. Pure: no side effects, the same for the same
    case.
    """
    past = case.mode == "historic" or case.ground.is_lenient(case.act)
    is_judged = case.ground.is_judged(case.on)
    findings = tuple(_findings(case, past=past) if is_judged else _not_in_future(case))
    stage = case.facts.stage if case.facts else None
    accepted = not any(finding.is_blocking for finding in findings)
    to = destination(case.facts, case.act, case.ground, past=past) if accepted else None
    return Judgement(accepted, findings, stage, to or stage)


def _findings(case: Case, *, past: bool) -> list[Finding]:
    act = case.act
    found: list[Finding] = []
    for rule, kind in _rules_of(case.edition, act.do, act.name, past):
        if (rule.asked is not None and not rule.asked(case)) or (
            rule.known is not None and not rule.known(case)
        ):
            continue
        breach = rule.judge(case)
        if breach is not None:
            found.append(finding_of(case, rule.id, kind, breach, past=past))
    return found


Asked = tuple[tuple[Rule, RuleKind], ...]


def _rules_of(edition: Edition, do: str, name: str, past: bool) -> Asked:  # noqa: FBT001 - a key of the memory
    """The rules of an act with what its edition makes of them, remembered with the edition."""
    known: Asked | None = edition.remembered.get((name, past))
    if known is None:
        kinds = [(RULES[rule_id], edition.rules[rule_id]) for rule_id in edition.rules_for(do, name)]
        known = tuple((rule, kind) for rule, kind in kinds if past or kind.live != "-")
        edition.remembered[name, past] = known
    return known


def _not_in_future(case: Case) -> list[Finding]:
    """An act of before the first edition is recorded and not judged; yet it has happened."""
    breach = RULES["not_in_future"].judge(case)
    kind = case.edition.rules["not_in_future"]
    return [finding_of(case, "not_in_future", kind, breach, past=False)] if breach else []


def finding_of(case: Case, rule_id: str, kind: RuleKind, breach: Breach, *, past: bool) -> Finding:
    """The finding that the edition makes of a breach, with its severity in this mode."""
    edition = case.edition
    return Finding(
        rule=rule_id,
        severity=_audit(kind, breach) if past else _live(case, kind, breach),
        article=kind.article,
        edition=edition.id,
        found=breach.found,
        needed=breach.needed,
        earliest=breach.earliest,
        who="time" if breach.earliest is not None and breach.earliest > case.on else kind.mended_by,
        variant=breach.variant,
        values=breach.values,
    )


def _audit(kind: RuleKind, breach: Breach) -> Severity:
    return "low" if breach.mild else kind.audit


def _live(case: Case, kind: RuleKind, breach: Breach) -> Severity:
    severity = breach.severity or ("warn" if kind.live == "-" else kind.live)
    if breach.mild or (kind.new and _is_soft(case, kind)):
        return "warn"
    return "warn" if severity == "override" and has_override(case.act) else severity


def _is_soft(case: Case, kind: RuleKind) -> bool:
    """In the soft days a duty that is new only warns, as far as no local setting asks for it."""
    setting = kind.setting and kind.setting.format(purpose=case.act.purpose or "target")
    return case.edition.is_soft(case.on) and setting not in case.settings.local


def has_override(act: Act) -> bool:
    """A named person other than the recorder answers for it."""
    return act.override is not None and act.override.by != act.by
