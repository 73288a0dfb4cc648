"""What changes about an organization: its name, its days, committee and staff, and that it is closed."""

from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import Connection, func, insert, select, update

from recruit.commands.organizations import KEEPERS, ensure_described, ensure_name
from recruit.context import Context, Held, ensure_role, past
from recruit.errors import BadInput, Problem, problem
from recruit.find import find_organization
from recruit.ids import new_id
from recruit.log.events import NewEvent, append_event
from recruit.places import Place, is_closed
from recruit.repeat import repeated
from recruit.serial import one_at_a_time
from recruit.tables import Dossier, FormerName, Membership, Organization


@dataclass(frozen=True, slots=True, kw_only=True)
class DescribeOrganization:
    """All of it as it is to stand; see `AddOrganization`."""

    organization: str
    opened_on: date | None = None
    ends_on: date | None = None
    has_committee: bool | None = None
    staff_count: int | None = None
    is_new_economic: bool = False


@repeated
def rename_organization(context: Context, organization: str, *, name: str) -> None:
    """From today on; the former name is kept. Raises `BadInput`, `NotFound`, `NotAllowed`."""
    with context.record.writing() as connection:
        place, held = _kept(connection, context, organization, what="rename_organization")
        if name.strip() == place.name:
            return
        ensure_name(connection, name, parent=place.parent, but=place.id)
        connection.execute(
            insert(FormerName).values(
                id=new_id(context.now),
                organization=place.id,
                name=place.name,
                until=context.on,
                changed_by=context.actor.user_id,
                changed_at=context.now,
            )
        )
        renamed = update(Organization).where(Organization.id == place.id)
        connection.execute(renamed.values(name=name.strip()))
        details = {"organization": place.id, "from": place.name, "to": name.strip()}
        new = NewEvent(org=place.id, do="organization_renamed", details=details, role=held.role)
        append_event(connection, context, new)
    context.record.laws.forget()


@repeated
def describe_organization(context: Context, describe: DescribeOrganization) -> None:
    """Raises `BadInput`, `NotFound`, `NotAllowed`."""
    with context.record.writing() as connection:
        place, held = _kept(connection, context, describe.organization, what="describe_organization")
        ensure_described(
            kind=place.kind,
            opened_on=describe.opened_on,
            ends_on=describe.ends_on,
            staff_count=describe.staff_count,
            on=context.on,
        )
        values = {name: value for name, value in asdict(describe).items() if name != "organization"}
        connection.execute(update(Organization).where(Organization.id == place.id).values(**values))
        details = {name: "" if value is None else value for name, value in values.items()}
        new = NewEvent(org=place.id, do="organization_described", details=details, role=held.role)
        append_event(connection, context, new)


@repeated
def close_organization(context: Context, organization: str, *, closed_on: date) -> None:
    """`closed_on` is the first day on which it is closed; from now on it takes nobody.

    Raises `BadInput` while dossiers are open, members on a roll or organizations below not closed;
    `NotFound`, `NotAllowed`.
    """
    with context.record.writing() as connection:
        place, held = _kept(connection, context, organization, what="close_organization")
        one_at_a_time(connection, f"roll:{place.id}")
        found = (*_wrong_day(context, closed_on), *holding(connection, place, closed_on))
        if place.parent is None:
            found = (problem("closed_on", "topmost_stays"),)
        if found:
            raise BadInput(*found)
        closed = update(Organization).where(Organization.id == place.id)
        connection.execute(closed.values(closed_on=closed_on))
        details = {"organization": place.id, "closed_on": closed_on}
        new = NewEvent(org=place.id, do="organization_closed", details=details, role=held.role)
        append_event(connection, context, new)
    context.record.laws.forget()


def holding(connection: Connection, place: Place, closed_on: date) -> tuple[Problem, ...]:
    """What keeps it open: dossiers, members, and organizations below that are not closed themselves."""
    inside = select(Organization.id).where(
        Organization.path >= place.path, Organization.path < past(place.path)
    )
    below = select(func.count()).where(
        Organization.id.in_(inside), Organization.id != place.id, Organization.closed_on.is_(None)
    )
    dossiers = select(func.count()).where(Dossier.branch.in_(inside), Dossier.phase != "ended")
    members = select(func.count()).where(
        Membership.branch.in_(inside), Membership.until.is_(None) | (Membership.until > closed_on)
    )
    counted = (("dossiers_there", dossiers), ("members_there", members), ("organizations_below", below))
    found = [(id_, connection.execute(wanted).scalar_one()) for id_, wanted in counted]
    return tuple(problem("closed_on", id_, count=count) for id_, count in found if count)


def _wrong_day(context: Context, closed_on: date) -> tuple[Problem, ...]:
    if closed_on <= context.on:
        return ()
    return (problem("closed_on", "day_to_come", found=closed_on.isoformat()),)


def _kept(connection: Connection, context: Context, organization: str, *, what: str) -> tuple[Place, Held]:
    """The organization, kept by this actor and not closed."""
    place = find_organization(connection, context, organization)
    held = ensure_role(context, KEEPERS, path=place.path, what=what)
    one_at_a_time(connection, f"organizations:{place.parent}")
    if is_closed(connection, place.id):
        raise BadInput(problem("organization", "closed_before", found=place.name))
    return place, held
