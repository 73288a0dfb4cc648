"""Founding a record with its three administrators, and adding organizations to the tree."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, insert, select

from recruit.commands.grants import insert_grant
from recruit.commands.users import NewUser, insert_user
from recruit.context import Actor, Context, Held, ensure_role
from recruit.errors import BadInput, NotAllowed, problem
from recruit.find import find_organization
from recruit.ids import new_id
from recruit.log.events import NewEvent, append_event
from recruit.places import Place, is_closed
from recruit.record import Record
from recruit.repeat import repeated
from recruit.serial import one_at_a_time
from recruit.tables import Organization

COMMITTEES = (
    "township",
    "subdistrict",
    "primary_under_township",
    "general_branch",
    "temporary",
    "leading_group",
)
KINDS = ("province", "city", "county", *COMMITTEES, "branch")
KEEPERS = ("system_admin", "organizer", "department")
LONGEST_NAME = 120
MOST_STAFF = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundRecord:
    """The topmost organization and three different persons to administer it."""

    name: str
    kind: str
    system_admin: NewUser
    security_admin: NewUser
    audit_admin: NewUser


@dataclass(frozen=True, slots=True, kw_only=True)
class Founded:
    organization: str
    system_admin: str
    security_admin: str
    audit_admin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddOrganization:
    """`opened_on`: set up on; `ends_on`: the last day for which a temporary one is set up.

    `staff_count`: of the house in which it stands, with `is_new_economic` for the duty that follows from it.
    """

    name: str
    kind: str
    parent: str
    opened_on: date | None = None
    ends_on: date | None = None
    has_committee: bool | None = None
    staff_count: int | None = None
    is_new_economic: bool = False


@repeated
def found_record(record: Record, found: FoundRecord, *, now: datetime) -> Founded:
    """The first command of an empty record: the only one without an actor's grant.

    Raises `NotAllowed` on a record that is founded already.
    """
    with record.writing() as connection:
        one_at_a_time(connection, "founding")
        if connection.execute(select(Organization.id).limit(1)).first() is not None:
            raise NotAllowed(what="found_record", needed="-")
        first = AddOrganization(name=found.name, kind=found.kind, parent="")
        root = _insert(connection, new_id(now), first, above=None)
        founder = Actor(
            user_id="", name="", grants=(Held(role="system_admin", organization=root, path=f"/{root}/"),)
        )
        context = Context(record=record, actor=founder, now=now)
        append_event(connection, context, NewEvent(org=root, do="founded", details={"kind": found.kind}))
        users = {
            role: insert_user(connection, context, getattr(found, role))
            for role in ("system_admin", "security_admin", "audit_admin")
        }
        for role, user in users.items():
            insert_grant(
                connection, context, user=user, role=role, organization=root, from_on=context.on, to_on=None
            )
    return Founded(organization=root, **users)


@repeated
def add_organization(context: Context, add: AddOrganization) -> str:
    """Add a node below a parent; gives its id.

    Raises `BadInput`, `NotFound`, `NotAllowed`.
    """
    with context.record.writing() as connection:
        parent = find_organization(connection, context, add.parent)
        held = ensure_role(context, KEEPERS, path=parent.path, what="add_organization")
        one_at_a_time(connection, f"organizations:{parent.id}")
        _ensure_place(connection, context, parent, add)
        id_ = _insert(connection, new_id(context.now), add, above=parent.path)
        append_event(
            connection,
            context,
            NewEvent(
                org=parent.id,
                do="organization_added",
                details={"organization": id_, "kind": add.kind},
                role=held.role,
            ),
        )
    return id_


def ensure_name(connection: Connection, name: str, *, parent: str | None, but: str = "") -> None:
    """Raises `BadInput` for no name, a long one, or one that a running neighbour bears."""
    if not name.strip():
        raise BadInput(problem("name", "missing"))
    if len(name.strip()) > LONGEST_NAME:
        raise BadInput(problem("name", "too_long", most=LONGEST_NAME))
    same = select(Organization.id).where(
        Organization.parent == parent,
        Organization.name == name.strip(),
        Organization.closed_on.is_(None),
        Organization.id != but,
    )
    if connection.execute(same).first() is not None:
        raise BadInput(problem("name", "taken", found=name.strip()))


def ensure_described(
    *, kind: str, opened_on: date | None, ends_on: date | None, staff_count: int | None, on: date
) -> None:
    """Raises `BadInput` for days that are reversed or missing, and for a number of staff that is none."""
    if kind == "temporary" and (opened_on is None or ends_on is None):
        raise BadInput(problem("ends_on", "temporary_needs_days"))
    if opened_on is not None and opened_on > on:
        raise BadInput(problem("opened_on", "day_to_come", found=opened_on.isoformat()))
    if opened_on is not None and ends_on is not None and ends_on < opened_on:
        raise BadInput(problem("ends_on", "days_reversed"))
    if staff_count is not None and not 0 <= staff_count <= MOST_STAFF:
        raise BadInput(problem("staff_count", "not_within", least=0, most=MOST_STAFF))


def _ensure_place(connection: Connection, context: Context, parent: Place, add: AddOrganization) -> None:
    if parent.kind == "branch" or is_closed(connection, parent.id):
        raise BadInput(problem("parent", "takes_none", found=parent.name))
    ensure_name(connection, add.name, parent=parent.id)
    ensure_described(
        kind=add.kind,
        opened_on=add.opened_on,
        ends_on=add.ends_on,
        staff_count=add.staff_count,
        on=context.on,
    )


def _insert(connection: Connection, id_: str, add: AddOrganization, *, above: str | None) -> str:
    if add.kind not in KINDS:
        raise BadInput(problem("kind", "not_one_of", found=add.kind, choices=", ".join(KINDS)))
    if not add.name.strip():
        raise BadInput(problem("name", "missing"))
    path = f"{above or '/'}{id_}/"
    connection.execute(
        insert(Organization).values(
            id=id_,
            kind=add.kind,
            level=path.count("/") - 2,
            path=path,
            name=add.name.strip(),
            parent=above.rstrip("/").rsplit("/", 1)[-1] if above else None,
            opened_on=add.opened_on,
            ends_on=add.ends_on,
            has_committee=add.has_committee,
            staff_count=add.staff_count,
            is_new_economic=add.is_new_economic,
        ),
    )
    return id_
