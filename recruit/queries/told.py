"""What belongs to a reminder beside its deadline: for whom, to whom to hand it on, until when quiet."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select
from sqlalchemy.orm import aliased

from recruit.commands.reminders import QUIET_FOR
from recruit.context import Context
from recruit.queries.reminders import ReminderRow
from recruit.tables import Person, Reminder, User


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """`instead_of`: the absent user's name; `persons`: names of those without a log-in who are to be told.

    `quiet_until` None: it is not put off, or something has woken it.
    """

    instead_of: str | None
    persons: tuple[str, ...]
    quiet_until: date | None
    reason: str | None


def told_with(context: Context, rows: Iterable[ReminderRow]) -> Mapping[str, Told]:
    """By the reminder's id."""
    dues = {row.id: row.due for row in rows}
    if not dues:
        return {}
    absent = aliased(User)
    wanted = (
        select(
            Reminder.id, Reminder.values, Reminder.snoozed_until, Reminder.snooze_reason,
            absent.name.label("instead_of"),
        )
        .outerjoin(absent, absent.id == Reminder.instead_of)
        .where(Reminder.id.in_(tuple(dues)))
    )  # fmt: skip
    with context.record.reading() as connection:
        found = connection.execute(wanted).all()
        values = {row.id: json.loads(row.values) for row in found}
        names = _names(connection, {one for told in values.values() for one in told.get("persons", ())})
    return {
        row.id: Told(
            instead_of=row.instead_of,
            persons=tuple(names[one] for one in values[row.id].get("persons", ()) if one in names),
            quiet_until=_quiet_until(row.snoozed_until, values[row.id], dues[row.id], context.on),
            reason=row.snooze_reason,
        )
        for row in found
    }


def _quiet_until(until: date | None, told: Mapping[str, object], due: date, on: date) -> date | None:
    """A due day that has moved since wakes it, and so does the day itself."""
    is_quiet = until is not None and until > on and told.get(QUIET_FOR) == due.isoformat()
    return until if is_quiet else None


def _names(connection: Connection, persons: Iterable[str]) -> Mapping[str, str]:
    ids = tuple(persons)
    rows = connection.execute(select(Person.id, Person.name).where(Person.id.in_(ids))) if ids else ()
    return {id_: name for id_, name in rows}  # noqa: C416 - rows are not pairs to the type checker
