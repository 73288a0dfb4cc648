"""Founding a record with its three administrators, and adding organizations to the tree."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from recruit.commands.grants import insert_grant
from recruit.commands.users import NewUser, insert_user
from recruit.context import Actor, Context, Held, ensure_role
from recruit.errors import BadInput, NotAllowed, problem
from recruit.find import find_organization
from recruit.ids import new_id
from recruit.log.events import NewEvent, append_event
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
    name: str
    kind: str
    parent: str


@repeated
def found_record(record: Record, found: FoundRecord, *, now: datetime) -> Founded:
    """The first command of an empty record: the only one without an actor's grant.

    Raises `NotAllowed` on a record that is founded already.
    """
    with record.writing() as connection:
        one_at_a_time(connection, "founding")
        if connection.execute(select(Organization.id).limit(1)).first() is not None:
            raise NotAllowed(what="found_record", needed="-")
        root = _insert(connection, new_id(now), name=found.name, kind=found.kind, parent=None)
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
        held = ensure_role(
            context, ("system_admin", "organizer", "department"), path=parent.path, what="add_organization"
        )
        id_ = _insert(connection, new_id(context.now), name=add.name, kind=add.kind, parent=parent.path)
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


def _insert(connection: Connection, id_: str, *, name: str, kind: str, parent: str | None) -> str:
    if kind not in KINDS:
        raise BadInput(problem("kind", "not_one_of", found=kind, choices=", ".join(KINDS)))
    if not name.strip():
        raise BadInput(problem("name", "missing"))
    path = f"{parent or '/'}{id_}/"
    connection.execute(
        insert(Organization).values(
            id=id_,
            kind=kind,
            level=path.count("/") - 2,
            path=path,
            name=name.strip(),
            parent=parent.rstrip("/").rsplit("/", 1)[-1] if parent else None,
        ),
    )
    return id_
