"""One dossier written down as a case: where it stands on a day, what was found, what is due and from when."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from web.cli.language import terminal_language
from workflows.case_files import CaseFile, read_cases
from workflows.cases import Dossier
from workflows.deadlines import deadlines_of
from workflows.edition import EDITIONS, FIRST_JUDGED, load_edition
from workflows.errors import Sentence, UnreadableText
from workflows.facts import Facts
from workflows.findings import Finding
from workflows.ground import Ground
from workflows.steps import earliest_day, next_steps
from workflows.words import label, render_finding

_ONE_CASE = Sentence(
    zh="应当只有一个案例，并且有 acts", en="holds {count} cases; write exactly one, with acts"
)


def judge_text(text: bytes, name: str, *, on: date) -> Mapping[str, object]:
    """The shape of `recruit judge --json`. UnreadableText where the file does not hold one case with acts."""
    cases = read_cases(text, name=name)
    if len(cases) != 1 or not cases[0].acts:
        raise UnreadableText(name, what="one_case", sentence=_ONE_CASE, values={"count": str(len(cases))})
    case = cases[0]
    dossier = Dossier(case, case.ground())
    findings = _take(dossier, case, on)
    facts = dossier.facts(on)
    if facts is None:
        return {"stage": None, "phase": None, "findings": findings, "deadlines": [], "earliest": {}}
    ground = dossier.ground
    return {
        "stage": facts.stage,
        "phase": ground.edition_on(on).stages[facts.stage].phase,
        "findings": findings,
        "deadlines": _deadlines(facts, ground, on),
        "earliest": _earliest(facts, ground, case, on),
    }


def judged_lines(answer: Mapping[str, Any]) -> Iterator[str]:
    """The same for a reader: stage, findings by act, what is due, from when each step may follow."""
    language = terminal_language()
    edition = load_edition(EDITIONS[-1])
    stage = answer["stage"]
    yield label("stage", stage, language, edition=edition) if stage else "-"
    for found in answer["findings"]:
        mark = "!" if found["accepted"] else "x"
        what = label("act", found["do"], language, edition=edition)
        yield f"  {mark} {found['act']} {what}: {found['message']} [{found['rule']}]"
    for due in answer["deadlines"]:
        what = label("deadline", due["id"], language, edition=edition)
        status = label("status", due["status"], language)
        yield f"  {due['due']}  {what}: {status}"
    for step, day in answer["earliest"].items():
        yield f"  >= {day or '-'}  {label('act', step, language, edition=edition)}"


def _take(dossier: Dossier, case: CaseFile, on: date) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for number, raw in enumerate(case.acts, start=1):
        if raw.on <= on:
            judgement = dossier.take(number, raw)
            found += [_finding(finding, number, raw.do, judgement.accepted) for finding in judgement.findings]
    return found


def _finding(finding: Finding, number: int, do: str, accepted: bool) -> dict[str, object]:  # noqa: FBT001 - private
    plain = {key: value for key, value in asdict(finding).items() if key not in {"values", "variant"}}
    return {
        "act": number,
        "do": do,
        "accepted": accepted,
        **plain,
        "message": render_finding(finding, terminal_language()),
    }


def _deadlines(facts: Facts, ground: Ground, on: date) -> list[dict[str, object]]:
    return [
        {"id": one.id, "key": one.key, "due": one.due, "grace": one.grace, "status": one.status(on)}
        for one in deadlines_of(facts, ground, on)
    ]


def _earliest(facts: Facts, ground: Ground, case: CaseFile, on: date) -> dict[str, date | None]:
    around = case.around()
    steps = next_steps(facts, ground, around, max(on, FIRST_JUDGED))
    return {
        step.name: earliest_day(facts, ground, around, step.do, step.purpose)
        for step in steps
        if step.to != facts.stage
    }
