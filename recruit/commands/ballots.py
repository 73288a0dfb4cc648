"""The vote on one person, saved as a draft, by name or as counts: before it is confirmed nothing follows."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, update

from recruit.commands.agenda import keeper_of
from recruit.commands.eligible import eligible
from recruit.commands.sitting import (
    COUNT_NAMES,
    DEFERRED,
    NAMED,
    SECRET,
    VOTED,
    WAITING,
    ItemRow,
    SittingRow,
    count_from,
    ensure_open,
)
from recruit.context import Context
from recruit.errors import BadInput, NoQuorum, Refused, StaleMeeting, problem
from recruit.repeat import repeated
from recruit.tables import AgendaItem, NamedVote
from workflows.ballots import VOTES

_HANDS = ("for", "against", "abstain", "recused")
_PAPER = ("issued", "returned", "for", "against", "abstain", "invalid", "recused")
_GENERAL = (
    "issued", "returned", "for", "against", "abstain", "invalid", "written_for", "written_against",
    "written_abstain",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveVote:
    """The vote on ONE person: `votes` by seat where the vote is by name, else `counts`.

    `is_all_for`: everybody present is for this one person; recorded as such. `seen_version`: of the item.
    """

    meeting: str
    item: str
    seen_version: int
    votes: Mapping[int, str] | None = None
    counts: Mapping[str, int] | None = None
    is_all_for: bool = False


def asked_counts(sitting: SittingRow) -> tuple[str, ...]:
    """The counts that a form of this meeting asks for; none where the vote is by name."""
    if sitting.is_general:
        return _GENERAL
    if sitting.ballot == NAMED:
        return ()
    return _PAPER if sitting.ballot == SECRET else _HANDS


@repeated
def save_vote(context: Context, given: SaveVote) -> None:
    """Save it whole or not at all: counts that contradict each other are refused with the difference.

    Raises `BadInput`, `NoQuorum`, `Refused` (this person cannot be voted on today), `StaleMeeting`,
    `MeetingClosed`, `NotFound`, `NotAllowed`.
    """
    with context.record.writing() as connection:
        keep_vote(connection, context, given)


def keep_vote(connection: Connection, context: Context, given: SaveVote) -> None:
    """As `save_vote`, within a transaction that has begun."""
    sitting, item = _votable(connection, context, given)
    votes = _votes(sitting, given) if sitting.ballot == NAMED else {}
    counts = _counted(votes) if sitting.ballot == NAMED else _counts(sitting, given)
    _ensure_agree(sitting, counts)
    connection.execute(delete(NamedVote).where(NamedVote.item == item.id))
    for seat, vote in votes.items():
        connection.execute(insert(NamedVote).values(item=item.id, seat=seat, vote=vote))
    blank = dict.fromkeys(COUNT_NAMES)
    _keep(
        connection,
        context,
        item,
        state=VOTED,
        present_count=sitting.present,
        all_for_by=context.actor.user_id if given.is_all_for else None,
        **{f"{name}_count": count for name, count in {**blank, **counts}.items()},
    )


@repeated
def defer_item(context: Context, meeting: str, item: str, *, seen_version: int) -> None:
    """Pass over one person; what was entered on this one is taken away.

    Raises `StaleMeeting`, `MeetingClosed`, `NotFound`, `NotAllowed`.
    """
    with context.record.writing() as connection:
        found = _mine(connection, context, meeting, item, seen=seen_version)[1]
        connection.execute(delete(NamedVote).where(NamedVote.item == found.id))
        _keep(connection, context, found, state=DEFERRED, **_nothing())


@repeated
def take_up_item(context: Context, meeting: str, item: str, *, seen_version: int) -> None:
    """Take up again somebody who was passed over. Raises as `defer_item` does."""
    with context.record.writing() as connection:
        found = _mine(connection, context, meeting, item, seen=seen_version)[1]
        _keep(connection, context, found, state=WAITING, findings=None, **_nothing())


def _mine(
    connection: Connection, context: Context, meeting: str, item: str, *, seen: int
) -> tuple[SittingRow, ItemRow]:
    sitting = keeper_of(connection, context, meeting)
    found = sitting.item(item)
    ensure_open(sitting)
    if found.version != seen:
        raise StaleMeeting(version=found.version)
    return sitting, found


def _votable(connection: Connection, context: Context, given: SaveVote) -> tuple[SittingRow, ItemRow]:
    sitting, item = _mine(connection, context, given.meeting, given.item, seen=given.seen_version)
    if not sitting.is_attended:
        raise BadInput(problem("present_count", "not_attended"))
    if not sitting.has_quorum:
        raise NoQuorum(whole=sitting.whole, present=sitting.present, more=sitting.missing)
    found = eligible(connection, context, sitting, item)
    if found.is_barred:
        raise Refused(findings=found.findings, stage=found.standing.stage, version=found.standing.version)
    return sitting, item


def _votes(sitting: SittingRow, given: SaveVote) -> Mapping[int, str]:
    """One of each member who is present, and of nobody else."""
    if given.counts is not None:
        raise BadInput(problem("votes", "by_name"))
    present = {one.number for one in sitting.seats if one.is_present}
    votes = given.votes or {}
    if given.is_all_for:
        recused = {seat: vote for seat, vote in votes.items() if vote == "recused"}
        votes = {**dict.fromkeys(present, "for"), **recused}
    if not present.issuperset(votes):
        raise BadInput(problem("votes", "vote_of_absent"))
    wrong = [vote for vote in votes.values() if vote not in VOTES]
    if wrong:
        raise BadInput(problem("votes", "not_one_of", found=wrong[0], choices=", ".join(VOTES)))
    if len(votes) < len(present):
        raise BadInput(problem("votes", "vote_missing", count=len(present) - len(votes)))
    return votes


def _counted(votes: Mapping[int, str]) -> Mapping[str, int]:
    given = list(votes.values())
    return {vote: given.count(vote) for vote in VOTES}


def _counts(sitting: SittingRow, given: SaveVote) -> Mapping[str, int]:
    if given.votes is not None or given.is_all_for:
        raise BadInput(problem("votes", "not_by_name"))
    counts = given.counts or {}
    asked = asked_counts(sitting)
    problems = [problem(name, "missing") for name in asked if name not in counts]
    problems += [problem(name, "field_unknown", act="") for name in counts if name not in asked]
    if problems:
        raise BadInput(*problems)
    return {name: counts[name] for name in asked}


def _ensure_agree(sitting: SittingRow, counts: Mapping[str, int]) -> None:
    count = count_from(counts, whole=sitting.whole or 0, present=sitting.present)
    found = [problem("votes", one.id, **one.values) for one in count.problems()]
    if found:
        raise BadInput(*found)


def _nothing() -> dict[str, object]:
    counts = {f"{name}_count": None for name in COUNT_NAMES}
    return {**counts, "present_count": None, "all_for_by": None}


def _keep(connection: Connection, context: Context, item: ItemRow, **values: object) -> None:
    saved = {"saved_by": context.actor.user_id, "saved_at": context.now, "version": item.version + 1}
    connection.execute(update(AgendaItem).where(AgendaItem.id == item.id).values({**saved, **values}))
