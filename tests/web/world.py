"""A county of two townships, with somebody in every role and something of every kind in every place."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select

from notifications.sweep import sweep
from recruit.clock import MovedClock
from recruit.commands.acts import Proposed, RecordAct, Recorded, record_act
from recruit.commands.agenda import NewItem
from recruit.commands.checkpoints import keep_checkpoint
from recruit.commands.dossiers import OpenDossier, open_dossier
from recruit.commands.erasures import ProposeErasure, propose_erasure
from recruit.commands.exports import console
from recruit.commands.files import KeepFile, keep_file
from recruit.commands.grants import GrantRole, grant_role
from recruit.commands.organizations import AddOrganization, FoundRecord, add_organization, found_record
from recruit.commands.people import NewPerson, add_person
from recruit.commands.rolls import AddMember, add_member
from recruit.commands.sessions import actor_of_login
from recruit.commands.sitting import find_sitting
from recruit.commands.sittings import OpenMeeting, open_meeting
from recruit.commands.submissions import EnterLetter, enter_letter
from recruit.commands.tokens import MakeToken, make_token
from recruit.commands.users import Hashed, NewUser, add_user
from recruit.context import Context
from recruit.ids import new_id
from recruit.record import Record
from recruit.tables import Base, Grant, Notice, NoticeEntry, Reminder, Robot, Substitute, Token
from tests.files import photo

START = datetime(2014, 6, 2, 1, tzinfo=UTC)
NOW = datetime(2016, 6, 7, 1, tzinfo=UTC)
UNKNOWN = "01AAAAAAAAAAAAAAAAAAAAAAAA"
TREE = {
    "east": ("township", "county"), "west": ("township", "county"), "willow": ("branch", "east"),
    "north": ("branch", "east"), "general": ("general_branch", "east"), "mill": ("branch", "general"),
    "dock": ("branch", "west"),
}  # fmt: skip
SEATS = {
    "li": ("branch_secretary", "willow"),
    "clerk": ("branch_clerk", "willow"),
    "zhao": ("branch_secretary", "north"),
    "miller": ("branch_secretary", "mill"),
    "head": ("general_branch", "general"),
    "liu": ("organizer", "east"),
    "member": ("committee_member", "east"),
    "zhang": ("committee_secretary", "east"),
    "wu": ("auditor", "east"),
    "system": ("system_admin", "east"),
    "security": ("security_admin", "east"),
    "audit": ("audit_admin", "east"),
    "qin": ("department", "county"),
    "porter": ("branch_secretary", "dock"),
    "westman": ("organizer", "west"),
}
_FILES = {"willow": "li", "north": "zhao", "mill": "miller", "dock": "porter"}
# Who was seen when, tries, the memory of requests, and what a reading from outside leaves on purpose.
_NOT_COMPARED = {"session", "failure", "idempotency", "token", "reading"}


@dataclass(slots=True)
class World:
    """`things`: for each name of an address's parameter one id in each place that has any."""

    record: Record
    clock: MovedClock
    paths: dict[str, str] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict)
    users: dict[str, str] = field(default_factory=dict)
    things: dict[str, dict[str, str]] = field(default_factory=dict)

    def context(self, login: str, now: datetime = NOW) -> Context:
        actor = actor_of_login(self.record, login, now=now)
        assert actor is not None, login
        return Context(record=self.record, actor=actor, now=now)

    def put(self, kind: str, place: str, id_: str) -> None:
        self.things.setdefault(kind, {})[place] = id_

    def contents(self) -> dict[str, int]:
        """What the record holds, for comparing."""
        with self.record.reading() as connection:
            return {
                table.name: hash(tuple(connection.execute(select(table).order_by(*table.primary_key)).all()))
                for table in Base.metadata.sorted_tables
                if table.name not in _NOT_COMPARED
            }


def build(folder: Path) -> World:
    record = Record.create(folder)
    admins = {name: _user(f"county_{name}") for name in ("system_admin", "security_admin", "audit_admin")}
    founded = found_record(record, FoundRecord(name="演示县", kind="county", **admins), now=START)
    world = World(record, MovedClock(start=NOW), {"county": f"/{founded.organization}/"})
    world.put("organization", "county", founded.organization)
    system = world.context("county_system_admin", START)
    for place, (kind, parent) in TREE.items():
        above = world.things["organization"][parent]
        id_ = add_organization(system, AddOrganization(name=f"演示{place}", kind=kind, parent=above))
        world.put("organization", place, id_)
        world.paths[place] = f"{world.paths[parent]}{id_}/"
    _seat(world)
    for place, login in _FILES.items():
        _file(world, place, login)
    for place in ("east", "west"):
        world.put("committee", place, world.things["organization"][place])
    sweep(record, NOW)
    _things(world)
    _made(world)
    keep_checkpoint(record, now=NOW)
    return world


def _user(login: str) -> NewUser:
    return NewUser(login=login, name=f"演示{login}", password=Hashed("opens nothing"))


def _seat(world: World) -> None:
    system = world.context("county_system_admin", START)
    security = world.context("county_security_admin", START)
    for login, (role, place) in SEATS.items():
        organization = world.things["organization"][place]
        user = add_user(system, _user(login), organization=organization)
        world.users[login] = user
        grant = GrantRole(user=user, role=role, organization=organization, from_on=date(2014, 6, 2))
        world.things.setdefault("user", {}).setdefault(place, user)
        id_ = grant_role(security, grant)
        world.things.setdefault("grant", {}).setdefault(place, id_)
    county = world.context("county_audit_admin", START).actor.user_id
    world.put("user", "county", county)
    with world.record.reading() as connection:
        own = select(Grant.id).where(Grant.user == county)
        world.put("grant", "county", connection.execute(own).scalar_one())


def _file(world: World, place: str, login: str) -> None:
    """A dossier with an act to correct, a proposal that waits, and a person who has withdrawn."""
    organization = world.things["organization"][place]
    for name, ends in ((f"演示甲{place}", False), (f"演示乙{place}", True)):
        person = add_person(world.context(login, START), NewPerson(name=name, organization=organization))
        opening = OpenDossier(branch=organization, person=person, on="2014-06-02", key=f"{place}{ends}")
        dossier = open_dossier(world.context(login, START), opening).dossier
        above = "westman" if place == "dock" else "liu"  # who corrects is another one than who recorded
        _act(world, above, dossier, "talk_held", 1, date(2014, 6, 20), talker="演示")
        if ends:
            _act(world, login, dossier, "withdrawn", 2, date(2014, 7, 1), reason="演示")
            world.put("person", place, person)
            asked = ProposeErasure(person=person, ground="request", ticket="演〔2016〕1号")
            world.put("erasure", place, propose_erasure(world.context("county_security_admin"), asked))
        else:
            world.put("dossier", place, dossier)
            replacement = {"do": "talk_held", "on": "2014-06-21", "talker": "演示"}
            done = _act(
                world,
                login,
                dossier,
                "corrected",
                2,
                date(2014, 7, 2),
                act=2,
                reason="演示",
                replacement=replacement,
            )
            assert isinstance(done, Proposed)
            world.put("proposal", place, done.proposal)


def _act(
    world: World, login: str, dossier: str, do: str, seen: int, on: date, **details: Any
) -> Recorded | Proposed:
    now = datetime(on.year, on.month, on.day, 2, tzinfo=UTC)
    command = RecordAct(
        dossier=dossier, do=do, on=on, seen_version=seen, key=f"{dossier}{do}", details=details
    )
    return record_act(world.context(login, now), command)


def _things(world: World) -> None:
    """What has no simple command here: rows as the commands would write them."""
    with world.record.writing() as connection:
        for place, login in _FILES.items():
            mine, dossier = f"user:{login}", world.things["dossier"][place]
            id_ = new_id(NOW)
            connection.execute(
                insert(Reminder).values(
                    id=id_, deadline=f"{dossier}/talk", rung="0", recipient=world.users[login],
                    dossier=dossier, at=NOW, values="{}", is_urgent=False,
                )
            )  # fmt: skip
            world.put("reminder", mine, id_)
        for place, login in (("east", "liu"), ("west", "westman")):
            organization, id_ = world.things["organization"][place], new_id(NOW)
            sealed = {"url_sealed": b"x", "added_at": NOW}
            connection.execute(
                insert(Robot).values(id=id_, organization=organization, kind="wecom", **sealed)
            )
            world.put("robot", place, id_)
            branch = "willow" if place == "east" else "dock"
            days = {"first_on": date(2016, 6, 8), "last_on": date(2016, 6, 20), "posted_at": NOW}
            about = {"organization": organization, "purpose": "admission", "place": "branch", "code": id_}
            connection.execute(insert(Notice).values(id=id_, **about, **days))
            entry = {"notice": id_, "dossier": world.things["dossier"][branch], "seq": 1}
            connection.execute(insert(NoticeEntry).values(entry))
            world.put("notice", branch, id_)
            stand_in = {"absent": world.users["member" if place == "east" else "porter"], "named_at": NOW}
            span = {"from_on": date(2016, 6, 7), "to_on": date(2016, 6, 30), "reason": "away"}
            named = {"stand_in": world.users[login], "named_by": stand_in["absent"]}
            connection.execute(insert(Substitute).values(id=id_, **stand_in, **span, **named))
            world.put("substitute", f"user:{login}", id_)


def _made(world: World) -> None:
    """What the commands themselves make: meetings, letters, files, stays on a roll, tokens of programs."""
    for place, branch, organizer in (("east", "willow", "liu"), ("west", "dock", "westman")):
        secretary, dossier = _FILES[branch], world.things["dossier"][branch]
        at_branch = NewItem(dossier=dossier, do="activist_decided")
        _meeting(world, place, organizer, "committee", NewItem(dossier=dossier, do="target_consented"))
        _meeting(world, branch, secretary, "general_meeting", at_branch)
        letter = EnterLetter(
            persons=(dossier,), channel="letter", received_on=world.context(organizer).on, text="演示",
            key=f"letter-of-{branch}-{place}",
        )  # fmt: skip
        world.put("submission", place, enter_letter(world.context(organizer), letter))
        paper = KeepFile(owner_kind="dossier", owner=dossier, name="演示.jpg", data=photo())
        world.put("file", branch, keep_file(world.context(secretary), paper).id)
        stay = AddMember(
            person=add_person(
                world.context(secretary),
                NewPerson(name="演示党员", organization=world.things["organization"][branch]),
            ),
            branch=world.things["organization"][branch],
            since=date(2015, 1, 1),
            full_since=date(2014, 1, 1),
        )
        world.put("membership", branch, add_member(world.context(secretary), stay))
    for login, user in world.users.items():
        own = Context(record=world.record, actor=console(world.record), now=NOW)
        world.secrets[login] = make_token(own, MakeToken(user=user, name="演示程序")).secret
    with world.record.reading() as connection:
        for row in connection.execute(select(Token.id, Token.user)):
            login = next(login for login, user in world.users.items() if user == row.user)
            world.put("token", f"user:{login}", row.id)


def _meeting(world: World, place: str, login: str, kind: str, item: NewItem) -> None:
    opening = OpenMeeting(
        kind=kind, organization=world.things["organization"][place], on=world.context(login).on,
        ballot="secret", key=f"meeting-{place}", items=(item,),
    )  # fmt: skip
    meeting = open_meeting(world.context(login), opening)
    world.put("meeting", place, meeting)
    with world.record.reading() as connection:
        (listed,) = find_sitting(connection, world.context(login), meeting).items
    world.put("item", place, listed.id)
