"""A plan of a year as its file gives it, validated before anything is computed from it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, field_validator, model_validator

from workflows.dates import Span
from workflows.edition import EDITIONS, load_edition
from workflows.errors import Sentence, SettingsError
from workflows.settings import read_setting
from workflows.shapes import Misshapen, misplaced, validated
from workflows.texts import Locator, Path, read_yaml_located

Purpose = Literal["target", "admission", "conversion", "extension", "cancellation"]
ADMISSION: Purpose = "admission"
CommitteeKind = Literal[
    "province", "city", "county", "township", "subdistrict", "primary_under_township", "general_branch",
    "temporary", "leading_group",
]  # fmt: skip


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Noted(_Part):
    """Remarks of the author; nothing is computed from them."""

    label: str = ""
    note: str = ""


class Committee(_Part):
    name: str
    kind: CommitteeKind
    demo: StrictBool = False


class Cited(_Noted):
    """A text that the plan rests on; `edition`: the year of the Detailed Rules that it means."""

    title: str
    edition: str | None = None


class Allocation(_Noted):
    category: str
    places: StrictInt = Field(ge=0)


class Share(_Noted):
    """A share of the new members. `given`: the head count that the plan itself names."""

    group: str
    percent: StrictInt = Field(ge=0, le=100)
    comparison: Literal["about", "at_least"] = "at_least"
    required: StrictInt | None = None
    given: StrictInt | None = None


class Between(_Part):
    min: StrictInt = Field(ge=0)
    max: StrictInt = Field(ge=0)

    @model_validator(mode="after")
    def _is_in_order(self) -> Self:
        if self.min > self.max:
            raise Misshapen(
                zh=f"min {self.min} 大于 max {self.max}", en=f"min {self.min} is above max {self.max}"
            )
        return self


class Reserve(_Part):
    """Activists held ready: so many for each planned admission, and the numbers that the plan states."""

    per_admission: Between
    activists: Between | None = None


class EligiblePool(_Noted):
    """Only persons decided as activists in that year may be proposed."""

    activist_decided_in: StrictInt = Field(ge=1990, le=2100)


class Milestone(_Noted):
    """A day, or the days from .. to (both count), on which acts are planned."""

    id: str
    on: date | None = None
    begins: date | None = Field(default=None, alias="from")
    ends: date | None = Field(default=None, alias="to")
    acts: tuple[str, ...] = ()
    purpose: Purpose | None = None
    due: StrictBool = False
    scope: str | None = None

    @field_validator("acts")
    @classmethod
    def _are_known(cls, acts: tuple[str, ...]) -> tuple[str, ...]:
        known = {do for edition_id in EDITIONS for do in load_edition(edition_id).acts}
        for do in acts:
            if do not in known:
                raise Misshapen(zh=f"没有“{do}”这种记录", en=f"unknown act {do}")
        return acts

    @model_validator(mode="after")
    def _has_its_days(self) -> Self:
        is_period = self.begins is not None and self.ends is not None
        if (self.on is None) != is_period or (self.on is not None and (self.begins or self.ends)):
            raise Misshapen(
                zh="写 on（一天），或写 from 和 to（一段）", en="give on (one day), or from and to (a period)"
            )
        if self.begins and self.ends and self.ends < self.begins:
            raise Misshapen(zh=f"to {self.ends} 早于 from", en=f"to {self.ends} comes before from")
        return self

    @property
    def span(self) -> Span:
        first, last = self.on or self.begins, self.on or self.ends
        assert first is not None
        assert last is not None
        return Span(first, last)

    @property
    def steps(self) -> tuple[str, ...]:
        """The planned acts; those that have a purpose with it ("meeting_voted admission")."""
        return tuple(step_of(do, self.purpose or ADMISSION) for do in self.acts)


class Paper(_Noted):
    kind: str
    every: Literal["quarter", "half_year"] | None = None
    condition: Mapping[str, StrictInt | StrictBool | str] = {}


class Publicity(_Part):
    setting: Mapping[str, Any] = {}
    window: Mapping[str, Any] = {}


class Plan(_Part):
    """`settings`: local values of section 7. What is expected of the linter is kept and not read by it."""

    plan: str
    year: StrictInt = Field(ge=1990, le=2100)
    committee: Committee | None = None
    edition: str | None = None
    cited: tuple[Cited, ...] = ()
    total: StrictInt = Field(ge=0)
    allocations: tuple[Allocation, ...] = ()
    composition: tuple[Share, ...] = ()
    reserve: Reserve | None = None
    eligible_pool: EligiblePool | None = None
    milestones: tuple[Milestone, ...] = ()
    publicity: Publicity = Publicity()
    settings: Mapping[str, Any] = {}
    papers: tuple[Paper, ...] = ()
    duties: tuple[Mapping[str, Any], ...] = ()
    priorities: Mapping[str, Any] = {}
    expected_findings: tuple[Mapping[str, Any], ...] = ()
    lint_passes: tuple[Mapping[str, Any], ...] = ()

    @property
    def local(self) -> Mapping[str, Any]:
        """All local values that the plan states."""
        return {**self.settings, **self.publicity.setting}


def step_of(do: str, purpose: str) -> str:
    """The act's name in an order of steps: with its purpose where it has one."""
    kind = load_edition(EDITIONS[-1]).acts.get(do)
    return f"{do} {purpose}" if kind is not None and kind.purposes != (None,) else do


def read_plan(text: bytes | str, *, name: str) -> Plan:
    """A plan from its text; `UnreadableText` with file, line and how to mend it, and nothing is loaded."""
    plain, where = read_yaml_located(text, name=name)
    plan = validated(Plan, plain, name=name, where=where)
    for path, what in _wrong(plan):
        raise misplaced(name, where, path, what)
    _check_settings(plan, name, where)
    return plan


def _wrong(plan: Plan) -> Iterator[tuple[Path, Sentence]]:
    if plan.edition is not None and plan.edition not in EDITIONS:
        yield ("edition",), Sentence(zh=f"没有“{plan.edition}”这一版", en=f"unknown edition {plan.edition}")
    yield from _twice("milestones", [one.id for one in plan.milestones], "id")
    yield from _twice("allocations", [one.category for one in plan.allocations], "category")
    yield from _twice("composition", [one.group for one in plan.composition], "group")
    for index, one in enumerate(plan.milestones):
        if abs(one.span.first.year - plan.year) > 1:
            zh, en = (
                f"{one.span.first} 不在 {plan.year} 年",
                f"{one.span.first} is not of the year {plan.year}",
            )
            yield ("milestones", index), Sentence(zh=zh, en=en)


def _twice(section: str, names: list[str], entry: str) -> Iterator[tuple[Path, Sentence]]:
    counted = Counter(names)
    for index, found in enumerate(names):
        if counted[found] > 1 and found in names[:index]:
            yield (
                (section, index, entry),
                Sentence(zh=f"“{found}”重复", en=f"{entry} '{found}' stands twice"),
            )


def _check_settings(plan: Plan, name: str, where: Locator) -> None:
    places = [(("settings",), plan.settings), (("publicity", "setting"), plan.publicity.setting)]
    for path, values in places:
        for setting, value in values.items():
            try:
                read_setting(setting, value)
            except SettingsError as error:
                said = Sentence(zh=error.message("zh"), en=error.message("en"))
                raise misplaced(name, where, (*path, setting), said) from error
