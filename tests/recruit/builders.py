"""A township to record in: one county, one committee, two branches, and the people who keep the books."""

import itertools
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from functools import cache
from typing import Any

from sqlalchemy import select, text

from recruit.commands.acts import Proposed, RecordAct, Recorded, record_act
from recruit.commands.dossiers import OpenDossier, open_dossier
from recruit.commands.grants import GrantRole, grant_role
from recruit.commands.organizations import AddOrganization, FoundRecord, add_organization, found_record
from recruit.commands.people import NewPerson, add_people
from recruit.commands.rolls import AddMember, add_member
from recruit.commands.sessions import actor_of_login
from recruit.commands.users import Hashed, NewUser, add_user, hash_password
from recruit.context import Context
from recruit.errors import Refused
from recruit.queries.dossiers import dossiers
from recruit.record import Record
from recruit.tables import Dossier
from tests.homes import Home
from workflows.acts import SHANGHAI

FOUNDED = datetime(2014, 6, 1, 1, tzinfo=UTC)
ROLES = {
    "secretary": ("branch_secretary", "first"),
    "clerk": ("branch_clerk", "first"),
    "neighbour": ("branch_secretary", "second"),
    "organizer": ("organizer", "committee"),
    "member": ("committee_member", "committee"),
    "other_member": ("committee_member", "committee"),
    "head": ("committee_secretary", "committee"),
    "county": ("department", "county"),
    "auditor": ("auditor", "county"),
}
_numbers = itertools.count(1)


def at(day: str, hour: int = 9) -> datetime:
    return datetime.combine(date.fromisoformat(day), time(hour), tzinfo=SHANGHAI)


@dataclass(slots=True)
class Township:
    record: Record
    now: datetime = field(default_factory=lambda: at("2016-03-01"))
    places: dict[str, str] = field(default_factory=dict)

    def context(self, login: str, now: datetime | None = None) -> Context:
        instant = (now or self.now).astimezone(UTC)
        actor = actor_of_login(self.record, login, now=instant)
        assert actor is not None, login
        return Context(record=self.record, actor=actor, now=instant)

    def person(self, name: str = "演示甲", **known: Any) -> str:
        new = NewPerson(
            name=name, organization=self.places["committee"], **{"born": date(1990, 5, 18), **known}
        )
        return add_people(self.context("organizer"), (new,))[0]

    def open(self, *, on: str = "2014-07-01", person: str | None = None, branch: str = "first") -> str:
        login = "secretary" if branch == "first" else "neighbour"
        command = OpenDossier(branch=self.places[branch], person=person or self.person(), on=on, key=key())
        return open_dossier(self.context(login, at(on)), command).dossier

    def command(self, dossier: str, do: str, on: str, **given: Any) -> RecordAct:
        beside = {
            name: given.pop(name) for name in ("override", "cites", "meeting", "dry_run") if name in given
        }
        seen = given.pop("seen", None)
        details = {name.rstrip("_"): value for name, value in given.items()}
        version = self.version(dossier) if seen is None else seen
        return RecordAct(
            dossier=dossier, do=do, on=on, seen_version=version, key=key(), details=details, **beside
        )

    def act(
        self, dossier: str, do: str, on: str, *, by: str = "secretary", **given: Any
    ) -> Recorded | Proposed:
        """Recorded on its own day, at nine."""
        return record_act(self.context(by, at(on)), self.command(dossier, do, on, **given))

    def refused(self, dossier: str, do: str, on: str, *, by: str = "secretary", **given: Any) -> list[str]:
        """The rules that refuse."""
        try:
            self.act(dossier, do, on, by=by, **given)
        except Refused as refusal:
            return [finding.rule for finding in refusal.findings if finding.is_blocking]
        return []

    def version(self, dossier: str) -> int:
        with self.record.reading() as connection:
            found = connection.execute(select(Dossier.version).where(Dossier.id == dossier)).scalar()
        return int(found or 0)

    def stage(self, dossier: str) -> str:
        return next(row.stage for row in dossiers(self.context("auditor")).items if row.id == dossier)

    def snapshot(self, dossier: str) -> object:
        """What must not change when an act is refused."""
        with self.record.reading() as connection:
            rows = [
                connection.execute(
                    text(f"SELECT * FROM {table} WHERE {column} = :dossier ORDER BY 1, 2"),
                    {"dossier": dossier},
                ).all()
                for table, column in (("dossier", "id"), ("act", "dossier"), ("deadline", "dossier"))
            ]
        return [tuple(row) for found in rows for row in found]


def key() -> str:
    return f"key-{next(_numbers)}"


def make_township(home: Home) -> None:
    """Found it once; the tests work on copies."""
    with home.create() as record:
        admins = {name: _user(name) for name in ("system_admin", "security_admin", "audit_admin")}
        founded = found_record(record, FoundRecord(name="青河县", kind="county", **admins), now=FOUNDED)
        township = Township(record, now=FOUNDED)
        system, security = township.context("system_admin"), township.context("security_admin")
        committee = add_organization(
            system, AddOrganization(name="青河镇党委", kind="township", parent=founded.organization)
        )
        places = {"county": founded.organization, "committee": committee}
        for name, label in (("first", "一村党支部"), ("second", "二村党支部")):
            places[name] = add_organization(
                system, AddOrganization(name=label, kind="branch", parent=committee)
            )
        for login, (role, place) in ROLES.items():
            user = add_user(system, _user(login), organization=places[place])
            grant = GrantRole(user=user, role=role, organization=places[place], from_on=date(2014, 6, 1))
            grant_role(security, grant)


def reopened(record: Record) -> Township:
    township = Township(record)
    with record.reading() as connection:
        rows = connection.exec_driver_sql("SELECT name, id FROM organization").fetchall()
    named = {"青河县": "county", "青河镇党委": "committee", "一村党支部": "first", "二村党支部": "second"}
    township.places = {named[name]: id_ for name, id_ in rows}
    return township


def with_roll(township: Township, count: int, *, branch: str = "first") -> tuple[str, ...]:
    """So many full members since 2001."""
    new = [
        NewPerson(name=f"演示党员{number}", organization=township.places[branch]) for number in range(count)
    ]
    people = add_people(township.context("organizer"), new)
    for person in people:
        member = AddMember(
            person=person, branch=township.places[branch], since=date(2001, 7, 1), full_since=date(2001, 7, 1)
        )
        add_member(township.context("organizer"), member)
    return people


def _user(login: str) -> NewUser:
    return NewUser(login=login, name=f"演示{login}", password=_hashed())


@cache
def _hashed() -> Hashed:
    """All have the same made-up password: its cost is paid once."""
    return hash_password("a-made-up-password")
