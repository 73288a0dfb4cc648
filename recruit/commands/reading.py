"""Reading a request as an act: its day, kind and details; every problem with its field and how to mend it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from recruit.commands.rights import Right
from recruit.commands.standing import Standing
from recruit.context import Context
from recruit.errors import BadInput, Problem, problem
from workflows.acts import Act, Override
from workflows.edition import ActKind
from workflows.fields import FieldProblem, Parsed, parse_details
from workflows.ground import Ground


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """`content` is the personal part, kept apart from the act."""

    act: Act
    content: Mapping[str, str]


def read_day(value: date | str, *, field: str = "on") -> date:
    """Raises `BadInput`."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(str(value).strip())
    except ValueError as unreadable:
        raise BadInput(problem(field, "not_a_date", value=str(value)[:60])) from unreadable


def kind_of(ground: Ground, do: str, on: date) -> ActKind:
    """The kind as the edition of that day has it, else as another edition has it.

    Raises `BadInput` for an act that no edition knows.
    """
    for edition in (ground.edition_on(on), *reversed(ground.editions)):
        if do in edition.acts:
            return edition.acts[do]
    raise BadInput(problem("do", "unknown_act", found=do))


def read_act(
    context: Context,
    standing: Standing,
    right: Right,
    *,
    do: str,
    on: date,
    raw: Mapping[str, object],
    cites: str | None = None,
    meeting: str | None = None,
    override: str | None = None,
) -> Read:
    """Raises `BadInput` with every problem."""
    kind = kind_of(standing.ground, do, on)
    own = {name: value for name, value in raw.items() if name != "replacement"} if do == "corrected" else raw
    parsed = parse_details(do, kind.details, own)
    problems = [from_field(one) for one in parsed.problems if (do, one.field) != ("corrected", "replacement")]
    replacement = _replacement(standing, raw.get("replacement"), problems) if do == "corrected" else None
    if override is not None and not override.strip():
        problems.append(problem("override", "missing"))
    if problems:
        raise BadInput(*problems)
    act = Act(
        do=do,
        on=on,
        recorded_at=context.now,
        details=parsed.details,
        by=context.actor.user_id,
        role=right.held.role,
        org=standing.branch if kind.begins else right.held.organization,
        cites=cites,
        meeting=meeting,
        replacement=replacement.act if replacement else None,
    )
    content = dict(parsed.content)
    if override is not None:
        content["override"] = override.strip()
    for name, text in (replacement.content if replacement else {}).items():
        content[f"replacement.{name}"] = text
    if replacement is not None:
        act = replace(
            act,
            replacement=replace(
                replacement.act, recorded_at=context.now, by=context.actor.user_id, role=act.role
            ),
        )
    return Read(act=act, content=content)


def with_second_person(act: Act, *, confirmed_by: str | None, overridden_by: str | None) -> Act:
    """The act as it goes into the log; its replacement is confirmed by the same person."""
    override = Override(by=overridden_by) if overridden_by else None
    replacement = replace(act.replacement, confirmed_by=confirmed_by) if act.replacement else None
    return replace(act, confirmed_by=confirmed_by, override=override, replacement=replacement)


def _replacement(standing: Standing, raw: object, problems: list[Problem]) -> Read | None:
    if raw is None or raw in ("", {}):
        return None
    if not isinstance(raw, Mapping) or "do" not in raw or "on" not in raw:
        problems.append(problem("replacement", "not_an_act"))
        return None
    try:
        on = read_day(raw["on"], field="replacement.on")
        kind = kind_of(standing.ground, str(raw["do"]), on)
    except BadInput as unreadable:
        problems.extend(unreadable.problems)
        return None
    beside = {name: value for name, value in raw.items() if name not in {"do", "on", "details"}}
    inner = raw.get("details")
    parsed: Parsed = parse_details(
        str(raw["do"]), kind.details, {**beside, **(inner if isinstance(inner, Mapping) else {})}
    )
    problems.extend(from_field(one, prefix="replacement.") for one in parsed.problems)
    act = Act(do=str(raw["do"]), on=on, recorded_at=datetime.min, details=parsed.details)  # noqa: DTZ901 - set by the caller
    return Read(act=act, content=parsed.content)


def from_field(found: FieldProblem, *, prefix: str = "") -> Problem:
    return problem(f"{prefix}{found.field}", found.id, **found.values)
