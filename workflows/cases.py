"""The conformance cases.

Dossiers as lists of acts with what is expected of them, judged by the same code as all else.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from workflows.acts import Act
from workflows.around import Around
from workflows.case import case_of
from workflows.case_files import CaseFile, read_cases
from workflows.case_forms import RawAct
from workflows.corrections import findings_of_correction
from workflows.deadlines import Deadline, deadlines_of, expiry
from workflows.facts import Facts
from workflows.findings import Finding, Judgement
from workflows.fold import fold_history
from workflows.ground import Ground
from workflows.judge import judge
from workflows.past import judge_past
from workflows.plain_cases import plain_differences
from workflows.steps import earliest_day

DAY_BEFORE_EXPIRY = 1


@dataclass(frozen=True, slots=True)
class CaseResult:
    """`differences` says what was expected and what came, a line each; none when it is `ok`."""

    file: str
    case: str
    ok: bool
    differences: tuple[str, ...]


def run_cases(text: bytes | str, name: str) -> list[CaseResult]:
    """Run each case of a file; UnreadableText (file, line, what) if it cannot be read as cases."""
    return [run_case(case, name) for case in read_cases(text, name=name)]


def run_case(case: CaseFile, name: str) -> CaseResult:
    plain = plain_differences(case)
    differences = plain if plain is not None else tuple(_Run(case).differences())
    return CaseResult(name, case.case, not differences, differences)


@dataclass(slots=True)
class Dossier:
    """The acts of one case as they were recorded.

    Those accepted, and where each stands in the case's list.
    """

    case: CaseFile
    ground: Ground
    acts: list[Act] = field(default_factory=list)
    numbers: dict[int, int] = field(default_factory=dict)

    def facts(self, until: date | None = None) -> Facts | None:
        if self.case.mode == "historic":
            return judge_past(self.until(until), self.ground, self.case.around())[0]
        return fold_history(self.until(until), self.ground).facts

    def until(self, day: date | None) -> list[Act]:
        """The acts dated up to and with that day; a correction names the place of its act among them."""
        kept, renumbered = _until(self.acts, day)
        return [_renumbered(act, renumbered) for act in kept]

    def take(self, number: int, raw: RawAct) -> Judgement:
        """Judge the act at its place in the list and keep it if it is accepted."""
        act = self.case.act_of(raw, numbers=self.numbers)
        around = self.case.around(corrects_by=self._recorder(act))
        judgement = judge(case_of(self.facts(), act, self.ground, around))
        judgement = replace(judgement, findings=(*judgement.findings, *self._consequences(act, around)))
        if judgement.accepted:
            self.acts.append(act)
            self.numbers[number] = len(self.acts)
        return judgement

    def _consequences(self, act: Act, around: Around) -> tuple[Finding, ...]:
        return findings_of_correction(self.acts, act, self.ground, around) if act.do == "corrected" else ()

    def _recorder(self, act: Act) -> str | None:
        target = (act.count("act") or 0) - 1
        return self.acts[target].by if act.do == "corrected" and 0 <= target < len(self.acts) else None


def _until(acts: Sequence[Act], until: date | None) -> tuple[list[Act], dict[int, int]]:
    """The acts dated up to and with that day, and where each of them stood (from 1) -> stands now."""
    kept: list[Act] = []
    renumbered: dict[int, int] = {}
    for index, act in enumerate(acts):
        if until is None or act.on <= until:
            kept.append(act)
            renumbered[index + 1] = len(kept)
    return kept, renumbered


def _renumbered(act: Act, numbers: Mapping[int, int]) -> Act:
    if act.do != "corrected":
        return act
    details = {**act.details, "act": numbers.get(act.count("act") or 0, 0)}
    return replace(
        act, details=details, replacement=act.replacement and _renumbered(act.replacement, numbers)
    )


class _Run:
    """One case of acts: what each act should meet, and what is expected on each day."""

    def __init__(self, case: CaseFile) -> None:
        self.case = case
        self.ground = case.ground()
        self.dossier = Dossier(case, self.ground)

    def differences(self) -> Iterator[str]:
        if self.case.mode == "historic":
            numbers = {number: number for number in range(1, len(self.case.acts) + 1)}
            self.dossier.acts = [self.case.act_of(raw, numbers=numbers) for raw in self.case.acts]
        else:
            for number, raw in enumerate(self.case.acts, start=1):
                yield from _act_differences(raw, self.dossier.take(number, raw), number)
        for expected in self.case.expect:
            yield from self._day_differences(expected)

    def _day_differences(self, expected: Mapping[str, Any]) -> Iterator[str]:
        on: date = expected["on"]
        facts = self.dossier.facts(on)
        if facts is None:
            yield f"on {on}: no act yet"
            return
        view = View(facts, self.ground, self.case, on)
        for key, wanted in expected.items():
            if key in {"on", "irregularities", "no_irregularities"}:
                continue
            yield from (f"on {on}: {line}" for line in _COMPARED[key](view, wanted))
        if "irregularities" in expected or "no_irregularities" in expected:
            yield from self._irregularities(expected, on)

    def _irregularities(self, expected: Mapping[str, Any], on: date) -> Iterator[str]:
        acts = self.dossier.until(on)
        found = {finding.rule for _, finding in judge_past(acts, self.ground, self.case.around())[1]}
        wanted = expected.get("irregularities")
        if wanted == [] and found:
            yield f"on {on}: irregularities none, found {', '.join(sorted(found))}"
        for rule in wanted or ():
            if rule not in found:
                yield f"on {on}: irregularity {rule} not found (found: {', '.join(sorted(found)) or 'none'})"
        for rule in expected.get("no_irregularities", ()):
            if rule in found:
                yield f"on {on}: irregularity {rule} found"


def _act_differences(raw: RawAct, judgement: Judgement, number: int) -> Iterator[str]:
    place = f"act {number} ({raw.do} on {raw.on})"
    blocking = [f.rule for f in judgement.findings if f.is_blocking]
    if raw.refused is None:
        if not judgement.accepted:
            yield f"{place}: expected accepted, refused by {', '.join(blocking)}"
    elif judgement.accepted:
        yield f"{place}: expected refused by {', '.join(raw.refused)}, accepted"
    else:
        yield from _missing(place, "refused", raw.refused, blocking)
    if raw.warns is not None:
        yield from _missing(place, "warns", raw.warns, [f.rule for f in judgement.findings])


def _missing(place: str, what: str, wanted: Sequence[str], found: Sequence[str]) -> Iterator[str]:
    absent = [rule for rule in wanted if rule not in found]
    if absent:
        yield f"{place}: {what} {', '.join(absent)} expected, found {', '.join(found) or 'none'}"


@dataclass(frozen=True, slots=True)
class View:
    """A dossier as it is seen on one day."""

    facts: Facts
    ground: Ground
    case: CaseFile
    on: date

    def deadlines(self) -> dict[str, Deadline]:
        """The deadline of each name that was opened last."""
        return {d.id: d for d in deadlines_of(self.facts, self.ground, self.on)}


def _compare(name: str, wanted: object, found: object) -> Iterator[str]:
    if wanted != found:
        yield f"{name}: expected {wanted}, found {found}"


def _stage(view: View, wanted: object) -> Iterator[str]:
    return _compare("stage", wanted, view.facts.stage)


def _phase(view: View, wanted: object) -> Iterator[str]:
    edition = view.ground.edition_on(view.on)
    return _compare("phase", wanted, edition.stages[view.facts.stage].phase)


def _deadlines(view: View, wanted: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    held = view.deadlines()
    for name, values in wanted.items():
        deadline = held.get(name)
        if deadline is None:
            yield f"deadline {name}: not there"
            continue
        found = {"due": deadline.due, "grace": deadline.grace, "status": deadline.status(view.on)}
        for key, value in values.items():
            yield from _compare(f"deadline {name} {key}", value, found[key])


def _overdue(view: View, wanted: Sequence[str]) -> Iterator[str]:
    held = view.deadlines()
    for name in wanted:
        status = held[name].status(view.on) if name in held else "not there"
        yield from _compare(f"deadline {name}", "overdue", status)


def _not_overdue(view: View, wanted: Sequence[str]) -> Iterator[str]:
    held = view.deadlines()
    for name in wanted:
        if name in held and held[name].status(view.on) == "overdue":
            yield f"deadline {name}: overdue"


def _earliest(view: View, wanted: Mapping[str, date]) -> Iterator[str]:
    for name, day in wanted.items():
        do, _, purpose = name.partition(" ")
        found = earliest_day(view.facts, view.ground, view.case.around(), do, purpose or None)
        yield from _compare(f"earliest {name}", day, found)


def _outcome(view: View, wanted: object) -> Iterator[str]:
    votes = view.facts.votes
    return _compare("outcome", wanted, votes[-1].outcome if votes else None)


def _probation(view: View, wanted: Mapping[str, date]) -> Iterator[str]:
    expires = expiry(view.facts, view.ground)
    found = {
        "first": view.facts.admitted_on,
        "last": date.fromordinal(expires.toordinal() - DAY_BEFORE_EXPIRY) if expires else None,
        "expires": expires,
    }
    for key, value in wanted.items():
        yield from _compare(f"probation {key}", value, found[key])


def _membership_from(view: View, wanted: object) -> Iterator[str]:
    is_member = view.facts.stage == "full_member"
    return _compare("membership_from", wanted, expiry(view.facts, view.ground) if is_member else None)


_COMPARED: Mapping[str, Any] = {
    "stage": _stage,
    "phase": _phase,
    "deadlines": _deadlines,
    "overdue": _overdue,
    "not_overdue": _not_overdue,
    "earliest": _earliest,
    "outcome": _outcome,
    "probation": _probation,
    "membership_from": _membership_from,
}
