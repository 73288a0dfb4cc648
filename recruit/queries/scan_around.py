"""What no dossier says and the record does: who sat where, and the newest plan of each year."""

import json
from collections.abc import Iterator, Mapping

from sqlalchemy import Connection, select

from recruit.context import reach
from recruit.queries.scan_files import Within
from recruit.tables import Grant, Organization, Plan, User
from workflows.scan.register import PlanOfYear, Seat, Share

_SEATED = ("branch_secretary", "committee_secretary", "committee_member")


def seats_within(connection: Connection, within: Within) -> tuple[Seat, ...]:
    """Of users who are also persons of the directory; others have no relatives here."""
    rows = connection.execute(
        select(User.person, Grant.organization, Grant.from_on, Grant.to_on)
        .join(Grant, Grant.user == User.id)
        .join(Organization, Organization.id == Grant.organization)
        .where(Grant.role.in_(_SEATED), reach(Organization.path, within.paths))
        .order_by(Grant.id),
    )
    return tuple(
        Seat(person=person, unit=unit, first=first, last=last)
        for person, unit, first, last in rows
        if person is not None
    )


def plans_within(connection: Connection, within: Within) -> tuple[PlanOfYear, ...]:
    """Of committees that lie within reach themselves: of others not every admission is seen."""
    rows = connection.execute(
        select(Plan.committee, Plan.year, Plan.total, Plan.document)
        .join(Organization, Organization.id == Plan.committee)
        .where(reach(Organization.path, within.paths))
        .order_by(Plan.committee, Plan.year, Plan.version),
    )
    newest = {(row.committee, row.year): row for row in rows}
    return tuple(
        PlanOfYear(
            committee=row.committee, year=row.year, total=row.total, shares=tuple(_shares(row.document))
        )
        for row in newest.values()
    )


def _shares(document: str) -> Iterator[Share]:
    read = json.loads(document)
    for one in read.get("composition") or ():
        if isinstance(one, Mapping) and isinstance(one.get("percent"), int):
            group = str(one.get("group"))
            yield Share(group=group, label=str(one.get("label") or group), percent=one["percent"])
