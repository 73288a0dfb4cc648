"""What the interface answers: each value named; nothing sealed, and no number of an identity card."""

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel

from web.api.values import said
from web.findings import FindingOut
from web.problems import Problem


class Opened(BaseModel):
    id: str
    stage: str
    phase: str
    version: int
    findings: list[FindingOut]
    hash: str


class Recorded(BaseModel):
    """A recorded act. A dry run gives no `hash`."""

    dossier: str
    seq: int
    stage: str
    phase: str
    version: int
    findings: list[FindingOut]
    hash: str


class Proposed(BaseModel):
    """The act waits for a second person. A dry run gives no `proposal`."""

    proposal: str | None
    dossier: str
    findings: list[FindingOut]


class Item(BaseModel):
    """What became of one dossier; `status` as if it had been asked alone."""

    dossier: str
    status: int
    recorded: Recorded | None = None
    proposed: Proposed | None = None
    problem: Problem | None = None


class ProblemOfSeveral(Problem):
    """Nothing was recorded for anybody: the first one's problem, and each one's own."""

    items: list[Item]


class Items(BaseModel):
    items: list[Item]


class Posted(BaseModel):
    """`id` None: nobody stands on a paper. At two places hang two papers."""

    id: str | None
    notices: list[str]
    items: list[Item]


class SeatOut(BaseModel):
    number: int
    name: str
    is_present: bool


class Held(BaseModel):
    id: str
    state: str
    present: int
    whole: int | None
    has_quorum: bool
    seats: list[SeatOut]


class DecisionOut(BaseModel):
    """The vote on one person as it is kept; nothing follows from it before the meeting is confirmed."""

    dossier: str
    do: str
    item: str
    state: str
    version: int
    outcome: str | None = said("表决结果", "what the vote came to")


class DecisionItem(BaseModel):
    dossier: str
    status: int
    decision: DecisionOut | None = None
    problem: Problem | None = None


class Decisions(BaseModel):
    items: list[DecisionItem]


class SettledOut(BaseModel):
    """What became of one person: recorded (`seq`), refused (`findings`), not_passed, deferred, barred."""

    dossier: str
    do: str
    item: str
    state: str
    seq: int | None
    outcome: str | None
    findings: list[FindingOut]


class Minutes(BaseModel):
    """`state`: handed (another person must confirm), confirmed, or void for want of a quorum."""

    id: str
    state: str
    by: str | None
    items: list[SettledOut]


class DossierItem(BaseModel):
    id: str
    name: str
    stage: str
    phase: str
    version: int
    branch: str
    branch_name: str
    opened_on: date
    late_count: int = said("补录的条数", "how many of its acts were recorded late")


class DossierPage(BaseModel):
    items: list[DossierItem]
    next_cursor: str | None = said("下一页；没有了为空", "the next page; null on the last one")


class PersonOut(BaseModel):
    id: str
    name: str


class Next(BaseModel):
    """`ready`: nothing that is known today refuses it."""

    do: str
    purpose: str | None
    to: str | None
    ready: bool
    findings: list[FindingOut]
    earliest: date | None


class DeadlineOut(BaseModel):
    """`due` is in time; `grace` is the next working day where it falls on a rest day."""

    id: str
    key: str
    due: date
    grace: date
    status: str
    why: str
    is_provisional: bool


class ProbationOut(BaseModel):
    first: date
    last: date
    expires: date


class DossierOut(BaseModel):
    id: str
    person: PersonOut
    stage: str
    phase: str
    version: int
    branch: str
    branch_name: str
    next: list[Next]
    deadlines: list[DeadlineOut]
    probation: ProbationOut | None
    membership_from: date | None


class ReplacementOut(BaseModel):
    do: str
    on: date
    details: dict[str, Any]


class EntryOut(BaseModel):
    """An act, or a refused attempt (`seq` null). `written`: whether there is a text beside the details."""

    seq: int | None
    do: str
    on: date
    recorded_at: datetime
    by: str
    by_instead_of: str | None
    role: str
    org: str
    confirmed_by: str | None
    overridden_by: str | None
    details: dict[str, Any]
    replacement: ReplacementOut | None
    written: str
    findings: list[FindingOut]
    effect: str | None
    is_late: bool
    is_refused: bool
    corrected_by: int | None
    hash: str | None


class History(BaseModel):
    """`stage` and `phase` as they were on that day, as far as it was known then."""

    stage: str | None
    phase: str | None
    items: list[EntryOut]


class ProposalOut(BaseModel):
    id: str
    dossier: str
    name: str
    branch_name: str
    stage: str
    do: str
    on: date
    details: dict[str, Any]
    has_override: bool
    is_confirmed: bool
    proposed_by: str
    proposed_instead_of: str | None
    proposed_at: datetime
    findings: list[FindingOut]
    may_confirm: bool = said("您可以确认", "whether you may be the second person")


class Proposals(BaseModel):
    items: list[ProposalOut]


class DeadlineItem(BaseModel):
    dossier: str
    name: str
    branch: str
    branch_name: str
    stage: str
    id: str
    key: str
    due: date
    grace: date
    status: str
    is_provisional: bool


class DeadlinePage(BaseModel):
    items: list[DeadlineItem]
    next_cursor: str | None = said("下一页；没有了为空", "the next page; null on the last one")


class Organization(BaseModel):
    id: str
    kind: str
    name: str


class Organizations(BaseModel):
    items: list[Organization]


class CheckpointOut(BaseModel):
    """A signed head of the log; `note` is the C2SP text that is signed, `root` in hexadecimal digits."""

    epoch: int
    origin: str
    size: int
    root: str
    at: datetime
    note: str


class Proof(BaseModel):
    """Leads from `leaf` (RFC 6962) by `path` to the root of the checkpoint; hexadecimal digits."""

    index: int
    leaf: str
    path: list[str]
    checkpoint: CheckpointOut
