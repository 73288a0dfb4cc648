"""One edition of the Detailed Rules as validated data, read from `workflows/editions/`."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from workflows.errors import Sentence
from workflows.ladders import Audience, Ladder
from workflows.shapes import misplaced, validated
from workflows.texts import Locator, Path, read_yaml_located

EDITIONS = tuple(
    sorted(file.name.removesuffix(".yaml") for file in files("workflows").joinpath("editions").iterdir())
)  # each of them a file, in the order of their years
FIRST_JUDGED = date(2014, 5, 28)
BEGINNING = "-"
ANY = "any"
FILE = "file"
REGISTER = "register"

By = Literal["B", "G", "C", "D", "P"]
Severity = Literal["block", "override", "warn", "high", "medium", "low"]
Mender = Literal["branch", "committee", "department", "person", "time"]
Wrong = tuple[Path, Sentence]
Side = Literal["branch", "committee"]


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
    tells: tuple[Side, ...] = ()  # whose turn it is after it, or who waited for it: told at once

    def stages(self, purpose: str | None) -> tuple[str, ...]:
        """The stages in which it may be recorded with that purpose."""
        where = self.open_in
        return where if isinstance(where, tuple) else where.get(purpose or "", ())

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
    looks_at: tuple[str, ...] = ()


class DeadlineKind(Words):
    article: str
    act: str
    by: Literal["branch", "committee", "poster"]
    ladder: Mapping[Audience, Ladder]
    stays: bool = False  # told after its day as well: from then on it may be done


class Edition(_Data):
    edition: str
    title: Words
    in_force: Span
    soft_days: Span | None = None
    unreached: tuple[str, ...] = ()  # stages that no act of this edition leads to
    defaults: Mapping[str, object]
    floors: tuple[str, ...] = ()  # settings whose value no local one may loosen
    phases: Mapping[str, Words]
    stages: Mapping[str, StageKind]
    acts: Mapping[str, ActKind]
    rules: Mapping[str, RuleKind]
    deadlines: Mapping[str, DeadlineKind]
    occasions: Mapping[str, DeadlineKind] = {}

    @property
    def id(self) -> str:
        return self.edition

    @cached_property
    def judged_at(self) -> Mapping[str, tuple[str, ...]]:
        """The rules of each act, by its kind and by its kind with a purpose; ANY, FILE, REGISTER besides."""
        found: dict[str, list[str]] = {}
        for rule_id, rule in self.rules.items():
            for at in rule.at:
                found.setdefault(at, []).append(rule_id)
        return {at: tuple(rules) for at, rules in found.items()}

    @cached_property
    def remembered(self) -> dict[object, Any]:
        """What floor 1 computes from the edition alone and needs again."""
        return {}

    def rules_for(self, do: str, name: str) -> tuple[str, ...]:
        """Every rule that an act of the kind `do` (with its purpose: `name`) is judged by."""
        wanted = dict.fromkeys((do, name, ANY))
        return tuple(rule for at in wanted for rule in self.judged_at.get(at, ()))

    def is_soft(self, day: date) -> bool:
        return self.soft_days is not None and day in self.soft_days


def load_edition(edition_id: str) -> Edition:
    """A packaged edition, validated; UnreadableText names file, line and what to mend."""
    return _load(edition_id)


@lru_cache(maxsize=8)
def _load(edition_id: str) -> Edition:
    text = _packaged(edition_id)
    assert text is not None, edition_id
    return read_edition(text, name=_name_of(edition_id))


def _name_of(edition_id: str) -> str:
    return f"editions/{edition_id}.yaml"


def _packaged(edition_id: str) -> bytes | None:
    file = files("workflows").joinpath("editions", f"{edition_id}.yaml")
    return file.read_bytes() if edition_id in EDITIONS else None


def read_edition(
    text: bytes | str, *, name: str, shelf: Callable[[str], bytes | str | None] = _packaged
) -> Edition:
    """An edition from its text, laid over the one that it is based on, which `shelf` gives by its id."""
    data, where = _whole(text, name=name, shelf=shelf, above=())
    _accept_single_words(data)
    edition = validated(Edition, data, name=name, where=where)
    _check(edition, name, where)
    return edition


def _whole(
    text: bytes | str, *, name: str, shelf: Callable[[str], bytes | str | None], above: tuple[str, ...]
) -> tuple[dict[str, Any], Locator]:
    """What the text says over what its bases say; the lines are those of the text itself."""
    plain, where = read_yaml_located(text, name=name)
    if not isinstance(plain, dict):
        raise misplaced(name, where, (), Sentence(zh="应为若干“名称: 值”", en="the text is not a mapping"))
    based_on = plain.pop("based_on", None)
    if based_on is None:
        return plain, where
    chain = (*above, str(plain.get("edition")))
    base = shelf(str(based_on))
    if str(based_on) in chain:
        line = " -> ".join((*chain, str(based_on)))
        circle = Sentence(zh=f"各版互为依据：{line}", en=f"editions are based on each other: {line}")
        raise misplaced(name, where, ("based_on",), circle)
    if base is None:
        unknown = Sentence(zh=f"没有“{based_on}”这一版", en=f"unknown edition {based_on}")
        raise misplaced(name, where, ("based_on",), unknown)
    below, _ = _whole(base, name=_name_of(str(based_on)), shelf=shelf, above=chain)
    for of_its_own in ("soft_days", "unreached"):
        below.pop(of_its_own, None)
    return _laid_over(below, plain), where


def _laid_over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Mappings are merged two levels deep: an act keeps what is not named again. All else is replaced."""
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
        raise misplaced(name, where, path, what)
    for act_id, act in edition.acts.items():
        for what in _wrong_act(edition, act):
            said = Sentence(zh=f"{act_id}：{what.zh}", en=f"act {act_id}: {what.en}")
            raise misplaced(name, where, ("acts", act_id), said)


def _wrong_stages(edition: Edition) -> Iterator[Wrong]:
    for stage_id, stage in edition.stages.items():
        if stage.phase not in edition.phases:
            yield ("stages", stage_id), _unknown("phase", stage.phase, of=stage_id)
    reached = {move.to for act in edition.acts.values() for move in act.moves}
    lost = ", ".join(sorted(set(edition.stages) - reached - set(edition.unreached)))
    if lost:
        zh, en = f"没有记录能到阶段 {lost}", f"no act leads to the stage {lost}"
        yield ("stages",), Sentence(zh=zh, en=en)


def _wrong_rules(edition: Edition) -> Iterator[Wrong]:
    from workflows.past import RULES_OF_FILES  # noqa: PLC0415 - the rules read editions; only their names are asked here
    from workflows.rules import RULES  # noqa: PLC0415 - as above
    from workflows.scan import RULES_OF_REGISTERS  # noqa: PLC0415 - as above

    known = {*RULES, *RULES_OF_FILES, *RULES_OF_REGISTERS}
    for rule_id, rule in edition.rules.items():
        if rule_id not in known:
            yield ("rules", rule_id), _unknown("rule", rule_id)
        for at in rule.at:
            if at.split(" ")[0] not in {*edition.acts, ANY, FILE, REGISTER}:
                yield ("rules", rule_id, "at"), _unknown("act", at, of=rule_id)
        for act in sorted(set(rule.looks_at) - set(edition.acts)):
            yield ("rules", rule_id, "looks_at"), _unknown("act", act, of=rule_id)


def _wrong_deadlines(edition: Edition) -> Iterator[Wrong]:
    for section, kinds in (("deadlines", edition.deadlines), ("occasions", edition.occasions)):
        for deadline_id, deadline in kinds.items():
            if deadline.act not in edition.acts:
                yield (section, deadline_id), _unknown("act", deadline.act, of=deadline_id)


def _wrong_act(edition: Edition, act: ActKind) -> Iterator[Sentence]:
    open_stages = {stage for purpose in act.purposes for stage in act.stages(purpose)}
    arrows = [(source, move.when) for move in act.moves for source in move.sources]
    leaving = {source for source, _ in arrows} - {BEGINNING}
    for stage in sorted((open_stages | leaving | {move.to for move in act.moves}) - set(edition.stages)):
        yield _unknown("stage", stage)
    for before in sorted(set(act.rests_on) - set(edition.acts)):
        yield _unknown("act", before)
    if len(arrows) != len(set(arrows)):
        yield Sentence(zh="同一阶段、同一结果有两个去向", en="two moves from one stage with one outcome")
    if not leaving <= open_stages:
        yield Sentence(zh="从不能办理它的阶段离开", en="it moves from a stage in which it is not open")


_KINDS = {"phase": "大阶段", "stage": "阶段", "rule": "规则", "act": "记录"}


def _unknown(kind: str, found: str, *, of: str | None = None) -> Sentence:
    zh, en = f"没有“{found}”这个{_KINDS[kind]}", f"unknown {kind} {found}"
    return Sentence(zh=f"{of}：{zh}", en=f"{of}: {en}") if of else Sentence(zh=zh, en=en)
