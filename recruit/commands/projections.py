"""What follows from the facts: deadlines, forms in use and the roll, brought to what they must be."""

from datetime import date, timedelta

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from recruit.commands.rolls import AddMember, join_roll, leave_roll
from recruit.commands.standing import Standing
from recruit.context import Context, past
from recruit.prepared import Prepared
from recruit.tables import DUE_COLUMNS, Deadline, Dossier, Form, Organization
from workflows.deadlines import Deadline as Due
from workflows.deadlines import deadlines_of, expiry
from workflows.facts import Facts
from workflows.ground import Ground
from workflows.occasions import occasions_of

_COLUMNS = (Deadline.key, *(column for column in DUE_COLUMNS if column.key != "key"))
_DEADLINES = Prepared(select(*_COLUMNS).where(Deadline.dossier == bindparam("of")))
_NEW = Prepared(insert(Deadline))
_CHANGED = Prepared(
    update(Deadline)
    .where(Deadline.dossier == bindparam("of"), Deadline.key == bindparam("at"))
    .values({column.key: bindparam(column.key) for column in (*_COLUMNS[1:], Deadline.next_rung_on)}),
)
_GONE = Prepared(delete(Deadline).where(Deadline.dossier == bindparam("of"), Deadline.key == bindparam("at")))
HORIZON = timedelta(days=400)
_UNSEEN = date.min.isoformat()
_MEMBERS = frozenset(("probation", "extended_probation", "full_member"))


def deadline_row(due: Due) -> tuple[object, ...]:
    """A deadline as its columns hold it, in the order of `_COLUMNS`."""
    return (
        due.key,
        due.id,
        due.opened_on.isoformat(),
        due.due.isoformat(),
        due.grace.isoformat(),
        _iso(due.closed_on),
        _iso(due.dropped_on),
        int(due.is_provisional),
        int(due.is_muted),
        int(due.ends_met),
    )


def write_deadlines(connection: Connection, standing: Standing, facts: Facts) -> None:
    project_deadlines(connection, standing.id, facts, standing.ground, until=projected_until(facts))


def project_deadlines(
    connection: Connection, dossier: str, facts: Facts, ground: Ground, *, until: date
) -> None:
    """Only the rows that differ are written."""
    stored = {row[0]: tuple(row) for row in _DEADLINES.run(connection, {"of": dossier}).fetchall()}
    wanted = {row[0]: row for row in wanted_deadlines(facts, ground, until=until)}
    for key, row in wanted.items():
        known = stored.get(key)
        if known == row:
            continue
        values: dict[str, object] = {column.key: one for column, one in zip(_COLUMNS, row, strict=True)}
        values["next_rung_on"] = _UNSEEN
        if known is None:
            _NEW.run(connection, {**values, "dossier": dossier})
        else:
            _CHANGED.run(connection, {**values, "of": dossier, "at": key})
    for key in stored.keys() - wanted.keys():
        _GONE.run(connection, {"of": dossier, "at": key})


def projected_until(facts: Facts) -> date:
    return (facts.last_recorded_on or facts.opened_on) + HORIZON


def wanted_deadlines(facts: Facts, ground: Ground, *, until: date) -> tuple[tuple[object, ...], ...]:
    """Every deadline up to the horizon, later ones included: they are found from their day on; occasions."""
    found = (*deadlines_of(facts, ground, until), *occasions_of(facts, ground))
    return tuple(deadline_row(due) for due in found)


def project_again(connection: Connection, path: str) -> None:
    """The law has changed for a subtree: the clock's next sweep computes the deadlines there anew."""
    branches = select(Organization.id).where(Organization.path >= path, Organization.path < past(path))
    connection.execute(update(Dossier).where(Dossier.branch.in_(branches)).values(projected_until=date.min))


def stored_deadlines(connection: Connection, dossier: str) -> set[tuple[object, ...]]:
    return {tuple(row) for row in _DEADLINES.run(connection, {"of": dossier}).fetchall()}


def follow_forms(connection: Connection, standing: Standing, facts: Facts, *, is_correction: bool) -> None:
    """The number of the form issued belongs to this dossier; one corrected away is free again."""
    before = standing.facts.form if standing.facts else None
    if before == facts.form:
        return
    if is_correction and before is not None:
        connection.execute(delete(Form).where(Form.number == before, Form.dossier == standing.id))
    known = select(Form.number).where(Form.number == facts.form)
    if facts.form is not None and connection.execute(known).first() is None:
        connection.execute(insert(Form).values(number=facts.form, dossier=standing.id))


def follow_roll(connection: Connection, context: Context, standing: Standing, facts: Facts) -> None:
    """Admission makes a probationary member, conversion a full one; the ways out and transfers follow."""
    before = standing.facts
    if before is not None and (before.stage, before.branch) == (facts.stage, facts.branch):
        return
    was, is_ = before is not None and before.stage in _MEMBERS, facts.stage in _MEMBERS
    if not is_:
        if was:
            leave_roll(connection, person=standing.person, on=facts.stage_on)
        return
    branch = facts.branch or standing.branch
    if before is not None and was and before.branch != facts.branch:
        leave_roll(connection, person=standing.person, on=facts.branches[-1][0])
    join_roll(
        connection,
        context,
        AddMember(
            person=standing.person,
            branch=branch,
            since=facts.admitted_on or facts.probation_on or facts.stage_on,
            full_since=full_since(facts, standing),
        ),
    )


def full_since(facts: Facts, standing: Standing) -> date | None:
    """The day from which full membership counts; None while on probation."""
    if facts.stage != "full_member":
        return None
    return expiry(facts, standing.ground)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
