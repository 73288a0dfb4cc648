"""Telling those whose turn it is now, or who waited for it, in the act's own transaction: exactly once."""

import json

from sqlalchemy import Connection, insert

from recruit.commands.standing import Standing
from recruit.context import Context
from recruit.ids import new_id
from recruit.queries.seats import SEATS, Recipient, seated
from recruit.submissions import OFFICE
from recruit.tables import Reminder
from workflows.acts import Act
from workflows.edition import Side

NEWS = "act"
OPINION = "opinion"  # the key under which the office is told of one; its owner is the submission


def tell(
    connection: Connection,
    context: Context,
    standing: Standing,
    act: Act,
    *,
    sides: tuple[Side, ...],
    seq: int,
) -> None:
    """One notice for each seat of these sides but the recorder's own; ids and days only.

    A branch that has nobody is answered for by its committee.
    """
    values = {
        "id": act.do,
        "kind": NEWS,
        "dossier": standing.id,
        "branch": _branch(standing, act),
        "due": act.on.isoformat(),
        "rung": NEWS,
        "purpose": act.purpose,
    }
    rows = [
        {
            "id": new_id(context.now),
            "deadline": f"{standing.id}/{NEWS}:{seq}",
            "rung": NEWS,
            "recipient": to.user,
            "dossier": standing.id,
            "at": context.now,
            "values": json.dumps(values, separators=(",", ":")),
            "instead_of": to.instead_of,
            "is_urgent": False,
        }
        for to in _told(connection, context, standing, act, sides)
    ]
    if rows:
        connection.execute(insert(Reminder), rows)


def tell_office(connection: Connection, context: Context, submission: str, office: str) -> None:
    """One notice for each seat of the committee's office but the recorder's own: that something came.

    Neither what it says, nor whom it names, nor who wrote.
    """
    values = {
        "id": OPINION,
        "kind": OPINION,
        "dossier": None,
        "branch": office,
        "due": context.on.isoformat(),
    }
    rows = [
        {
            "id": new_id(context.now),
            "deadline": f"{submission}/{OPINION}",
            "rung": NEWS,
            "recipient": to.user,
            "dossier": None,
            "at": context.now,
            "values": json.dumps({**values, "rung": NEWS}, separators=(",", ":")),
            "instead_of": to.instead_of,
            "is_urgent": False,
        }
        for to in seated(connection, office, OFFICE, context.on)
        if to.user != context.actor.user_id
    ]
    if rows:
        connection.execute(insert(Reminder), rows)


def _told(
    connection: Connection, context: Context, standing: Standing, act: Act, sides: tuple[Side, ...]
) -> list[Recipient]:
    committee = standing.committee.id if standing.committee is not None else None
    found: dict[str, Recipient] = {}
    for side in sides:
        of = _branch(standing, act) if side == "branch" else committee
        told = seated(connection, of, SEATS[side], context.on) if of is not None else ()
        if not told and side == "branch" and committee is not None:
            told = seated(connection, committee, SEATS["committee"], context.on)
        for one in told:
            found.setdefault(one.user, one)
    return [one for one in found.values() if one.user != context.actor.user_id]


def _branch(standing: Standing, act: Act) -> str:
    """The dossier's branch after the act: a transfer is told to the one that receives."""
    return (act.text("to_branch") if act.do == "transferred" else None) or standing.branch
