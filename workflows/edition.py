"""One edition of the Detailed Rules as validated data, read from `workflows/editions/`."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from workflows.errors import Sentence, UnreadableText
from workflows.texts import Locator, read_yaml_located

EDITIONS = ("2014", "2026")
FIRST_JUDGED = date(2014, 5, 28)
BEGINNING = "-"
ANY = "any"
FILE = "file"

By = Literal["B", "G", "C", "D", "P"]
Severity = Literal["block", "override", "warn", "high", "medium", "low"]
Mender = Literal["branch", "committee", "department", "person", "time"]


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Words(_Data):
    zh: str
    en: str


class Span(_Data):
    """Both ends belong to it; without `to` it is open."""

    begins: date = Field(alias="from")
    ends: date | None = Field(default=None, alias="to")

    def __contains__(self, day: date) -> bool:
        return self.begins <= day and (self.ends is None or day <= self.ends)


class StageKind(Words):
    phase: str


class Move(_Data):
    sources: tuple[str, ...] = Field(alias="from")
    to: str
    when: str | None = None


class ActKind(Words):
    by: tuple[By, ...]
    by_purpose: Mapping[str, tuple[By, ...]] = {}
    open_in: tuple[str, ...] | Mapping[str, tuple[str, ...]] = ()
    begins: bool = False
    confirmed: bool = False
    moves: tuple[Move, ...] = ()
    details: tuple[str, ...] = ()
    rests_on: tuple[str, ...] = ()
    soft: str | None = None

    def stages(self, purpose: str | None) -> tuple[str, ...]:
        """The stages in which it may be recorded with that purpose."""
        if isinstance(self.open_in, tuple):
            return self.open_in
        return self.open_in.get(purpose or "", ())

    def recorders(self, purpose: str | None) -> tuple[By, ...]:
        """Who records it with that purpose."""
        return self.by_purpose.get(purpose or "", self.by)

    @property
    def purposes(self) -> tuple[str | None, ...]:
        return (None,) if isinstance(self.open_in, tuple) else tuple(self.open_in)

    @property
    def moves_a_stage(self) -> bool:
        return bool(self.moves)

    def leaves(self, stage: str) -> bool:
        """Whether it may lead out of that stage."""
        return any(stage in move.sources for move in self.moves)


class RuleKind(_Data):
    at: tuple[str, ...]
    live: Literal["block", "override", "warn", "-"]
    audit: Literal["high", "medium", "low"]
    article: str
    mended_by: Mender
    new: bool = False
    setting: str | None = None


class DeadlineKind(Words):
    article: str
    act: str
    by: Literal["branch", "committee", "poster"]
    ladder: Mapping[Literal["branch", "committee"], tuple[int, ...]]


class Edition(_Data):
    edition: str
    title: Words
    in_force: Span
    soft_days: Span | None = None
    defaults: Mapping[str, object]
    phases: Mapping[str, Words]
    stages: Mapping[str, StageKind]
    acts: Mapping[str, ActKind]
    rules: Mapping[str, RuleKind]
    deadlines: Mapping[str, DeadlineKind]

    @property
    def id(self) -> str:
        return self.edition

    @cached_property
    def judged_at(self) -> Mapping[str, tuple[str, ...]]:
        """The rules of each act, by its kind and by its kind with a purpose; `any` and `file` besides."""
        found: dict[str, list[str]] = {}
        for rule_id, rule in self.rules.items():
            for at in rule.at:
                found.setdefault(at, []).append(rule_id)
        return {at: tuple(rules) for at, rules in found.items()}

    @cached_property
    def _rules_by_name(self) -> dict[str, tuple[str, ...]]:
        return {}

    def rules_for(self, do: str, name: str) -> tuple[str, ...]:
        """Every rule that an act of the kind `do` (with its purpose: `name`) is judged by."""
        rules = self._rules_by_name.get(name)
        if rules is None:
            wanted = dict.fromkeys((do, name, ANY))
            rules = tuple(rule for at in wanted for rule in self.judged_at.get(at, ()))
            self._rules_by_name[name] = rules
        return rules

    def is_soft(self, day: date) -> bool:
        return self.soft_days is not None and day in self.soft_days


def load_edition(edition_id: str) -> Edition:
    """A packaged edition, validated; UnreadableText names file, line and what to mend."""
    return _load(edition_id)


@lru_cache(maxsize=8)
def _load(edition_id: str) -> Edition:
    name = f"editions/{edition_id}.yaml"
    text = files("workflows").joinpath("editions", f"{edition_id}.yaml").read_bytes()
    return read_edition(text, name=name)


def read_edition(text: bytes | str, *, name: str) -> Edition:
    """An edition from its text, laid over the one that it is based on."""
    plain, where = read_yaml_located(text, name=name)
    if not isinstance(plain, dict):
        raise _wrong(name, where, (), "the text is not a mapping")
    based_on = plain.pop("based_on", None)
    data: dict[str, Any] = _laid_over(_plain_of(str(based_on)), plain) if based_on else plain
    _accept_single_words(data)
    try:
        edition = Edition.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        raise _wrong(name, where, tuple(first["loc"]), f"{_path(first['loc'])}: {first['msg']}") from error
    _check(edition, name, where)
    return edition


def _plain_of(edition_id: str) -> dict[str, Any]:
    text = files("workflows").joinpath("editions", f"{edition_id}.yaml").read_bytes()
    plain, _ = read_yaml_located(text, name=f"editions/{edition_id}.yaml")
    if not isinstance(plain, dict):
        raise TypeError(edition_id)
    plain.pop("soft_days", None)
    return plain


def _laid_over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Mappings are merged two levels deep (an act, a rule keeps what is not named again).

    All else is replaced.
    """
    return _merged(below, above, depth=0)


def _merged(below: Mapping[str, Any], above: Mapping[str, Any], *, depth: int) -> dict[str, Any]:
    merged = dict(below)
    for key, value in above.items():
        under: Any = merged.get(key)
        is_entry = isinstance(value, dict) and isinstance(under, dict) and depth < 2  # noqa: PLR2004 - sections, entries
        merged[key] = (
            _merged(under, value, depth=depth + 1)
            if is_entry and key not in {"in_force", "open_in"}
            else value
        )
    return merged


def _accept_single_words(data: dict[str, Any]) -> None:
    for act in data.get("acts", {}).values():
        for move in act.get("moves", ()) if isinstance(act, dict) else ():
            if isinstance(move, dict) and isinstance(move.get("from"), str):
                move["from"] = [move["from"]]


def _check(edition: Edition, name: str, where: Locator) -> None:
    for path, what in (*_wrong_stages(edition), *_wrong_rules(edition), *_wrong_deadlines(edition)):
        raise _wrong(name, where, path, what)
    for act_id, act in edition.acts.items():
        _check_act(edition, act_id, act, name, where)


Place = tuple[tuple[str, ...], str]


def _wrong_stages(edition: Edition) -> Iterator[Place]:
    for stage_id, stage in edition.stages.items():
        if stage.phase not in edition.phases:
            yield ("stages", stage_id), f"stage {stage_id}: unknown phase {stage.phase}"
    reached = {move.to for act in edition.acts.values() for move in act.moves}
    unreached = set(edition.stages) - reached - UNREACHED_IN.get(edition.id, frozenset())
    if unreached:
        yield ("stages",), f"no act leads to the stage {', '.join(sorted(unreached))}"


def _wrong_rules(edition: Edition) -> Iterator[Place]:
    from workflows.past import RULES_OF_FILES  # noqa: PLC0415 - the rules read editions; only their names are asked here
    from workflows.rules import RULES  # noqa: PLC0415 - as above

    known = {*RULES, *RULES_OF_FILES}
    for rule_id, rule in edition.rules.items():
        if rule_id not in known:
            yield ("rules", rule_id), f"unknown rule {rule_id}"
        for at in rule.at:
            if at.split(" ")[0] not in {*edition.acts, ANY, FILE}:
                yield ("rules", rule_id, "at"), f"rule {rule_id}: unknown act {at}"


def _wrong_deadlines(edition: Edition) -> Iterator[Place]:
    for deadline_id, deadline in edition.deadlines.items():
        if deadline.act not in edition.acts:
            yield ("deadlines", deadline_id), f"deadline {deadline_id}: unknown act {deadline.act}"


# A notice before listing came in 2026.
UNREACHED_IN: Mapping[str, frozenset[str]] = {"2014": frozenset({"target_publicity"})}


def _check_act(edition: Edition, act_id: str, act: ActKind, name: str, where: Locator) -> None:
    path = ("acts", act_id)
    open_stages = {stage for purpose in act.purposes for stage in act.stages(purpose)}
    unknown = (open_stages | {move.to for move in act.moves}) - set(edition.stages)
    if unknown:
        raise _wrong(name, where, path, f"act {act_id}: unknown stage {', '.join(sorted(unknown))}")
    before = set(act.rests_on) - set(edition.acts)
    if before:
        raise _wrong(name, where, path, f"act {act_id}: rests on the unknown act {', '.join(sorted(before))}")
    arrows = [(source, move.when) for move in act.moves for source in move.sources]
    if len(arrows) != len(set(arrows)):
        raise _wrong(name, where, path, f"act {act_id}: two moves from one stage with one outcome")
    leaving = {source for source, _ in arrows} - {BEGINNING}
    if not leaving <= open_stages:
        raise _wrong(name, where, path, f"act {act_id}: moves from a stage in which it is not open")


def _path(loc: tuple[object, ...]) -> str:
    return ".".join(str(part) for part in loc)


def _wrong(name: str, where: Locator, path: tuple[Any, ...], what: str) -> UnreadableText:
    mend = Sentence(zh=f"{what}；请改正这一处", en=f"{what}; correct this entry")
    return UnreadableText(name, what="edition", line=where.nearest(path), sentence=mend)
