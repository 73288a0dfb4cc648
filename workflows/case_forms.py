"""The forms of a case file: acts and what surrounds them, expectations, and rows that need no acts."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, model_validator

from workflows.calendar import Unit
from workflows.deadlines import Status
from workflows.edition import EDITIONS, load_edition
from workflows.votes import Outcome

Count = Annotated[StrictInt, Field(ge=0)]
Clock = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
BESIDE_THE_DETAILS = frozenset({"attachments", "role", "seen_version"})


class Form(BaseModel):
    """Nothing is accepted that the contract does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class RawDeadline(Form):
    due: date | None = None
    grace: date | None = None
    status: Status | None = None


class RawProbation(Form):
    first: date | None = None
    last: date | None = None
    expires: date | None = None


class RawExpect(Form):
    on: date
    stage: str | None = None
    phase: str | None = None
    deadlines: Mapping[str, RawDeadline] = Field(default_factory=dict)
    overdue: tuple[str, ...] = ()
    not_overdue: tuple[str, ...] = ()
    earliest: Mapping[str, date | None] = Field(default_factory=dict)
    outcome: Outcome | None = None
    membership_from: date | None = None
    probation: RawProbation = RawProbation()
    irregularities: tuple[str, ...] = ()
    no_irregularities: tuple[str, ...] = ()

    def unknown(self) -> str | None:
        """The first name in it that no edition knows, as "stage X"."""
        editions = [load_edition(edition_id) for edition_id in EDITIONS]
        named = {
            "stage": (self.stage,),
            "phase": (self.phase,),
            "deadline": (*self.deadlines, *self.overdue, *self.not_overdue),
            "act": tuple(name.split(" ")[0] for name in self.earliest),
        }
        for kind, names in named.items():
            known = {name for edition in editions for name in getattr(edition, f"{kind}s")}
            wrong = next((name for name in names if name is not None and name not in known), None)
            if wrong is not None:
                return f"{kind} {wrong}"
        return None


class RawWindow(Form):
    start: date
    days: Annotated[StrictInt, Field(ge=1, le=1000)] | None = None
    to: date | None = None
    unit: Unit = "working"
    time: Clock | None = None
    cutoff: Clock | None = None
    last: date | None = None
    next: date | None = None
    provisional: StrictBool | None = None
    count: Count | None = None

    @model_validator(mode="after")
    def _has_an_end(self) -> Self:
        if self.days is None and self.to is None:
            raise ValueError("a window needs its days or its last day: to")
        return self


class RawVote(Form):
    entitled: StrictInt
    present: StrictInt = 0
    for_: StrictInt = Field(default=0, alias="for")
    against: StrictInt = 0
    abstain: StrictInt = 0
    invalid: StrictInt = 0
    written_for: StrictInt = 0
    written_against: StrictInt = 0
    written_abstain: StrictInt = 0
    outcome: Outcome | Literal["inconsistent"] | None = None


class RawRequired(Form):
    percent: Count
    of: Count
    is_: Count | None = Field(default=None, alias="is")


class RawHeadcount(Form):
    staff: Count
    activists: Count | None = None
    admissions: Count | None = None


class RawReserve(Form):
    admissions: Count
    min: Count
    max: Count
    from_: Count | None = Field(default=None, alias="from")
    to: Count | None = None

    @model_validator(mode="after")
    def _is_in_order(self) -> Self:
        if self.min > self.max:
            raise ValueError(f"min {self.min} is above max {self.max}")
        return self


class RawPlanRow(Form):
    required: RawRequired | None = None
    headcount: RawHeadcount | None = None
    reserve: RawReserve | None = None


ROWS: Mapping[str, type[Form]] = {"windows": RawWindow, "votes": RawVote, "plans": RawPlanRow}


class RawPenalty(Form):
    kind: Literal["warning", "serious_warning", "removed_from_post", "probation_within_party"]
    on: date
    until: date | None = None


class RawMember(Form):
    id: str
    full_since: date | None = None
    penalties: tuple[RawPenalty, ...] = ()
    since: date | None = None
    until: date | None = None


class RawPerson(Form):
    born: date | None = None
    league_member: bool | None = None
    floating: bool | None = None
    leaves_on: date | None = None
    category: str | None = None


class RawPlan(Form):
    total: int
    used: int = 0


class RawOverride(Form):
    by: str
    reason: str = ""


class RawCommittee(Form):
    kind: str


class RawAct(BaseModel):
    """The keys of an act; whatever else stands beside them are its details."""

    model_config = ConfigDict(frozen=True, extra="allow")

    do: str
    on: date
    recorded: datetime | None = None
    refused: tuple[str, ...] | None = None
    warns: tuple[str, ...] | None = None
    override: RawOverride | None = None
    by: str | None = None
    confirmed_by: str | None = None
    org: str | None = None
    cites: str | int | None = None
    meeting: str | None = None
    replacement: "RawAct | None" = None

    @property
    def details(self) -> Mapping[str, Any]:
        given = self.model_extra or {}
        return {name: value for name, value in given.items() if name not in BESIDE_THE_DETAILS}


class RawCase(Form):
    case: str
    settings: Mapping[str, Any] = Field(default_factory=dict)
    committee: RawCommittee | None = None
    members: tuple[RawMember, ...] | None = None
    person: RawPerson = RawPerson()
    mode: Literal["live", "historic"] = "live"
    forms: tuple[str, ...] = ()
    plan: RawPlan | None = None
    acts: tuple[RawAct, ...] = ()
    expect: tuple[Mapping[str, Any], ...] = ()
    windows: tuple[Mapping[str, Any], ...] | None = None
    votes: tuple[Mapping[str, Any], ...] | None = None
    plans: tuple[Mapping[str, Any], ...] | None = None
