"""The stage: a founded record with its organizations, log-ins, rolls and people, before the first act."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from recruit.commands.grants import GrantRole, grant_role
from recruit.commands.organizations import (
    AddOrganization,
    Founded,
    FoundRecord,
    add_organization,
    found_record,
)
from recruit.commands.people import NewPerson, add_people
from recruit.commands.rolls import AddMember, AddPenalty, add_member, add_penalty
from recruit.commands.sessions import actor_of_login
from recruit.commands.users import Hashed, NewUser, add_user, hash_password
from recruit.context import Actor, Context
from recruit.record import Record
from web.demo.cast import Branch, Cast, Officer
from web.demo.scenes import chance
from workflows.acts import SHANGHAI

OPENED = datetime(2014, 1, 6, 9, 0, tzinfo=SHANGHAI)
_ADMINISTRATORS = ("system_admin", "security_admin", "audit_admin")
_FIRST_PHONE = 13800000000
_SEXES = ("female", "male")


@dataclass(slots=True)
class Stage:
    """Names and log-ins of the cast as the ids of the record."""

    record: Record
    cast: Cast
    places: dict[str, str] = field(default_factory=dict)
    users: dict[str, str] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)
    members: dict[tuple[str, str], str] = field(default_factory=dict)
    branches: dict[str, Branch] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)

    def context(self, login: str, now: datetime) -> Context:
        actor = self.actors.get(login)
        if actor is None:
            actor = actor_of_login(self.record, login, now=now)
            assert actor is not None, f"{login} is no log-in"
            self.actors[login] = actor
        return Context(record=self.record, actor=actor, now=now)

    def officer(self, role: str) -> Officer:
        """The first of that office."""
        return next(one for one in self.cast.officers if one.role == role)


def set_stage(record: Record, cast: Cast, *, password: str) -> Stage:
    """Found the record and fill it, on the morning of 6 January 2014; all log-ins have that one password."""
    stage = Stage(record, cast)
    hashed = hash_password(password)
    _found(stage, hashed)
    _organize(stage)
    _list_people(stage)
    _fill_rolls(stage)
    _admit_users(stage, hashed)
    return stage


def _found(stage: Stage, password: Hashed) -> None:
    administrators = {
        role: NewUser(login=stage.officer(role).login, name=stage.officer(role).name, password=password)
        for role in _ADMINISTRATORS
    }
    founded: Founded = found_record(
        stage.record, FoundRecord(name=stage.cast.county, kind="county", **administrators), now=OPENED
    )
    stage.places["county"] = founded.organization
    stage.users |= {stage.officer(role).login: getattr(founded, role) for role in _ADMINISTRATORS}


def _organize(stage: Stage) -> None:
    system = stage.context(stage.officer("system_admin").login, OPENED)
    stage.places["township"] = add_organization(
        system, AddOrganization(name=stage.cast.township, kind="township", parent=stage.places["county"])
    )
    for branch in stage.cast.branches:
        stage.places[branch.id] = add_organization(
            system,
            AddOrganization(
                name=branch.name,
                kind="branch",
                parent=stage.places["township"],
                has_committee=branch.committee > 0,
            ),
        )


def _list_people(stage: Stage) -> None:
    """Everybody in one go: the applicants with what identifies them, the members by name."""
    system = stage.context(stage.officer("system_admin").login, OPENED)
    applicants = [
        NewPerson(
            name=one.name,
            organization=stage.places[branch.id],
            sex=one.sex,
            born=one.born,
            education=one.education,
            category=one.category,
            id_number=one.id_number(order),
            phone=str(_FIRST_PHONE + order),
        )
        for order, (branch, one) in enumerate(stage.cast.applicants(), start=1)
    ]
    names = [(branch.id, name) for branch in stage.cast.branches for name in _everybody(stage.cast, branch)]
    members = [
        NewPerson(name=name, organization=stage.places[branch], sex=_SEXES[chance(name, 2)])
        for branch, name in names
    ]
    ids = add_people(system, (*applicants, *members))
    for (branch, one), id_ in zip(stage.cast.applicants(), ids[: len(applicants)], strict=True):
        stage.people[one.name], stage.branches[one.name] = id_, branch
    stage.members |= dict(zip(names, ids[len(applicants) :], strict=True))


def _everybody(cast: Cast, branch: Branch) -> tuple[str, ...]:
    return (*cast.roll(branch), *cast.probationers(branch))


def _fill_rolls(stage: Stage) -> None:
    system = stage.context(stage.officer("system_admin").login, OPENED)
    for branch, name, full_since in _rolls(stage.cast):
        since = full_since or date(2013, 12, 20)
        person = stage.members[branch.id, name]
        add_member(
            system,
            AddMember(person=person, branch=stage.places[branch.id], since=since, full_since=full_since),
        )


def _rolls(cast: Cast) -> Iterator[tuple[Branch, str, date | None]]:
    for branch in cast.branches:
        for name in cast.roll(branch):
            yield branch, name, date(1986 + chance(name, 26), 7, 1)
        for name in cast.probationers(branch):
            yield branch, name, None


def penalize(stage: Stage, branch: Branch, now: datetime) -> None:
    """The penalty that the branch's cast has."""
    assert branch.penalty is not None
    given, person = branch.penalty, stage.members[branch.id, branch.penalty.who]
    add_penalty(
        stage.context(stage.officer("organizer").login, now),
        AddPenalty(person=person, kind=given.kind, on=given.on, until=given.until),
    )


def _admit_users(stage: Stage, password: Hashed) -> None:
    """Officers, secretaries and clerks: one administrator adds them, another grants their roles."""
    for officer in stage.cast.officers:
        if officer.role not in _ADMINISTRATORS:
            _admit(stage, officer, password, None)
    for branch in stage.cast.branches:
        secretary = Officer(login=branch.login, name=branch.secretary, role="branch_secretary", at=branch.id)
        _admit(stage, secretary, password, stage.members[branch.id, branch.secretary])
        if branch.clerk is not None:
            clerk = Officer(
                login=branch.clerk.login, name=branch.clerk.name, role="branch_clerk", at=branch.id
            )
            _admit(stage, clerk, password, stage.members[branch.id, branch.clerk.name])


def _admit(stage: Stage, officer: Officer, password: Hashed, person: str | None) -> None:
    system = stage.context(stage.officer("system_admin").login, OPENED)
    security = stage.context(stage.officer("security_admin").login, OPENED)
    place = stage.places[officer.at]
    new = NewUser(login=officer.login, name=officer.name, password=password, person=person)
    user = add_user(system, new, organization=place)
    grant_role(security, GrantRole(user=user, role=officer.role, organization=place, from_on=OPENED.date()))
    stage.users[officer.login] = user


def log_ins(cast: Cast) -> Mapping[str, str]:
    """The log-ins worth showing first, with what they open."""
    first = cast.branches[0]
    roles = {
        "organizer": "镇组织员",
        "committee_secretary": "镇党委书记",
        "auditor": "审计",
        "department": "县委组织部",
    }
    shown = {first.login: f"{first.secretary}，{first.name}书记"}
    for officer in cast.officers:
        if officer.role in roles:
            shown[officer.login] = f"{officer.name}，{roles[officer.role]}"
    return shown
