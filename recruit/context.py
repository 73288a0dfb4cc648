"""Who does something, when, on which record; and how far an actor's grants reach."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import BindParameter, ColumnElement, and_, false, or_
from sqlalchemy.orm import InstrumentedAttribute

from recruit.clock import civil_day
from recruit.errors import NotAllowed
from recruit.record import Record

BUSINESS_ROLES = frozenset(
    ("branch_secretary", "branch_clerk", "general_branch", "organizer", "committee_member",
     "committee_secretary", "department"),
)  # fmt: skip
ADMINISTRATORS = frozenset(("system_admin", "security_admin", "audit_admin"))
READING_ROLES = BUSINESS_ROLES | {"auditor", "audit_admin"}
ROLES = READING_ROLES | ADMINISTRATORS
Instant = datetime | BindParameter[datetime]
"""Known when a statement is built, or given when it is run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A grant in force: the role holds for the organization and its subtree.

    `instead_of`: the absent user whose grant it is, held as an accepted stand-in of that day.
    """

    role: str
    organization: str
    path: str
    instead_of: str | None = None

    def covers(self, path: str) -> bool:
        return path.startswith(self.path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    user_id: str
    name: str
    grants: tuple[Held, ...] = ()
    language: str | None = None
    big_type: bool = False
    person: str | None = None

    @property
    def own(self) -> tuple[Held, ...]:
        """The grants that are not held for somebody else."""
        return tuple(held for held in self.grants if held.instead_of is None)

    def roles(self) -> frozenset[str]:
        return frozenset(held.role for held in self.grants)

    def held(self, roles: Iterable[str], path: str) -> Held | None:
        """The nearest grant of one of the roles that covers the path; of two as near the own one."""
        fitting = [held for held in self.grants if held.role in roles and held.covers(path)]
        return max(fitting, key=lambda held: (len(held.path), held.instead_of is None), default=None)

    def paths(self, roles: Iterable[str]) -> tuple[str, ...]:
        """The roots of the subtrees that are reached in these roles, none inside another."""
        wanted = frozenset(roles)
        paths = sorted({held.path for held in self.grants if held.role in wanted})
        return tuple(
            one for one in paths if not any(one != other and one.startswith(other) for other in paths)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """An actor on a day, whatever the hour: what a statement can be built for and kept."""

    actor: Actor
    on: date

    def paths(self, roles: Iterable[str] = READING_ROLES) -> tuple[str, ...]:
        return self.actor.paths(roles)


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    record: Record
    actor: Actor
    now: datetime

    @property
    def on(self) -> date:
        return civil_day(self.now)

    def paths(self, roles: Iterable[str] = READING_ROLES) -> tuple[str, ...]:
        """The roots of the subtrees that the actor reaches in these roles, none inside another."""
        return self.actor.paths(roles)


def reach(
    column: InstrumentedAttribute[str] | ColumnElement[str], paths: Iterable[str]
) -> ColumnElement[bool]:
    """The WHERE clause of a subtree: a range on the materialized path; nothing where nothing is granted."""
    return or_(false(), *(and_(column >= path, column < past(path)) for path in paths))


def past(path: str) -> str:
    """The first text after every path that begins with `path` (which ends in a slash)."""
    return path[:-1] + chr(ord("/") + 1)


def ensure_role(context: Context, roles: Iterable[str], *, path: str, what: str) -> Held:
    """Raises `NotAllowed` unless the actor holds one of the roles over the path."""
    wanted = tuple(roles)
    held = context.actor.held(wanted, path)
    if held is None:
        raise NotAllowed(what=what, needed=", ".join(wanted))
    return held
