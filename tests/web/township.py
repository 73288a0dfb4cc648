"""A small township to stand at the counter of: two branches, a committee, an auditor, two applicants."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from recruit.clock import MovedClock
from recruit.commands.acts import RecordAct, Recorded, record_act
from recruit.commands.dossiers import OpenDossier, open_dossier
from recruit.commands.enclosures import Sent
from recruit.commands.erasures import ProposeErasure, propose_erasure
from recruit.commands.grants import GrantRole, grant_role
from recruit.commands.organizations import AddOrganization, FoundRecord, add_organization, found_record
from recruit.commands.people import NewPerson, add_person
from recruit.commands.rolls import AddMember, add_member
from recruit.commands.sessions import actor_of_login
from recruit.commands.submissions import EnterLetter, enter_letter
from recruit.commands.users import NewUser, add_user
from recruit.context import Context
from recruit.identity import check_digit
from recruit.record import Record
from tests import files

PASSWORD = "a long enough sentence"
START = datetime(2014, 1, 6, 1, 0, tzinfo=UTC)
JUNE = datetime(2016, 6, 7, 1, 0, tzinfo=UTC)
BORN = date(1990, 5, 18)
ID_NUMBER = "11010119900518001" + check_digit("11010119900518001")
WRITTEN = "演示考察意见金丝雀"
CANARY = "<script>alert('canary')</script>{{7*7}}"
USERS: Mapping[str, tuple[str, str]] = {
    "li": ("李建国", "branch_secretary"),
    "zhao": ("赵铁柱", "branch_secretary"),
    "liu": ("刘敏", "organizer"),
    "zhang": ("张书记", "committee_secretary"),
    "wang": ("王委员", "committee_member"),
    "wu": ("吴审计", "auditor"),
}


@dataclass
class Township:
    record: Record
    clock: MovedClock
    places: dict[str, str] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)
    users: dict[str, str] = field(default_factory=dict)
    dossiers: dict[str, str] = field(default_factory=dict)
    erasures: dict[str, str] = field(default_factory=dict)
    meetings: dict[str, str] = field(default_factory=dict)
    letter: str = ""
    _keys: int = 0

    def context(self, login: str, now: datetime | None = None) -> Context:
        moment = now or self.clock.now()
        actor = actor_of_login(self.record, login, now=moment)
        assert actor is not None, login
        return Context(record=self.record, actor=actor, now=moment)

    def act(self, name: str, do: str, on: date, by: str = "li", /, **details: object) -> Recorded:
        """Record an act at noon of its day."""
        moment = datetime(on.year, on.month, on.day, 4, 0, tzinfo=UTC)
        self._keys += 1
        details = {key.rstrip("_"): value for key, value in details.items()}
        done = record_act(
            self.context(by, moment),
            RecordAct(
                dossier=self.dossiers[name], do=do, on=on, details=details, seen_version=self.version(name),
                key=f"setup-{self._keys}",
            ),
        )  # fmt: skip
        assert isinstance(done, Recorded)
        self.versions[name] = done.version
        return done

    versions: dict[str, int] = field(default_factory=dict)

    def version(self, name: str) -> int:
        return self.versions[name]


def build(folder: Path) -> Township:
    """The township on the morning of 7 June 2016."""
    record = Record.create(folder)
    clock = MovedClock(start=START)
    town = Township(record, clock)
    founded = found_record(
        record,
        FoundRecord(
            name="青河镇党委", kind="township",
            system_admin=NewUser(login="sysadmin", name="系统管理员", password=PASSWORD),
            security_admin=NewUser(login="secadmin", name="安全管理员", password=PASSWORD),
            audit_admin=NewUser(login="audadmin", name="审计管理员", password=PASSWORD),
        ),
        now=START,
    )  # fmt: skip
    town.places["township"] = founded.organization
    _people_the_places(town)
    _two_dossiers(town)
    clock.move_to(JUNE)
    return town


def _people_the_places(town: Township) -> None:
    system, security = town.context("sysadmin"), town.context("secadmin")
    for place, name in (("willow", "柳树村党支部"), ("north", "北滩村党支部")):
        town.places[place] = add_organization(
            system, AddOrganization(name=name, kind="branch", parent=town.places["township"])
        )
    seats = {"li": "willow", "zhao": "north"}
    for login, (name, role) in USERS.items():
        town.users[login] = add_user(
            system, NewUser(login=login, name=name, password=PASSWORD), organization=town.places["township"]
        )
        place = town.places[seats.get(login, "township")]
        grant_role(
            security,
            GrantRole(user=town.users[login], role=role, organization=place, from_on=date(2014, 1, 1)),
        )
    for place, names in (
        ("willow", ("周海波", "赵敏", "孙立", "钱进", "何伟")),
        ("north", ("马六", "田七", "丁一")),
    ):
        for name in names:
            town.people[name] = add_person(system, NewPerson(name=name, organization=town.places[place]))
            add_member(
                system,
                AddMember(
                    person=town.people[name],
                    branch=town.places[place],
                    since=date(2001, 7, 1),
                    full_since=date(2001, 7, 1),
                ),
            )


def _two_dossiers(town: Township) -> None:
    _open(
        town,
        "王秀兰",
        "willow",
        "li",
        date(2014, 6, 12),
        sex="female",
        born=date(1985, 2, 11),
        education="senior_high",
    )
    _open(
        town,
        "马国强",
        "north",
        "zhao",
        date(2016, 5, 3),
        sex="male",
        born=date(1989, 1, 5),
        education="senior_high",
    )
    town.act("王秀兰", "talk_held", date(2014, 6, 28), talker="李建国", note=CANARY)
    town.act("王秀兰", "recommended", date(2014, 9, 5), source="members")
    town.act("王秀兰", "activist_decided", date(2014, 9, 10), members=5, present=5, for_=5)
    contacts = [town.people["周海波"], town.people["赵敏"]]
    town.act("王秀兰", "contacts_assigned", date(2014, 9, 12), contacts=contacts)
    town.act("王秀兰", "activist_filed", date(2014, 9, 19), "liu")


def _open(town: Township, name: str, place: str, by: str, on: date, **about: object) -> None:
    moment = datetime(on.year, on.month, on.day, 4, 0, tzinfo=UTC)
    organization = town.places[place]
    new = NewPerson(
        name=name,
        organization=organization,
        category="farmer_herder",
        phone="13800000000",
        **about,  # type: ignore[arg-type]
    )
    town.people[name] = add_person(town.context(by, moment), new)
    opened = open_dossier(
        town.context(by, moment),
        OpenDossier(branch=organization, person=town.people[name], on=on, details={}, key=f"open-{name}"),
    )
    town.dossiers[name] = opened.dossier
    town.versions[name] = opened.version


def withdrawn(town: Township, name: str = "陈文") -> str:
    """A person whose only dossier ended in October 2014, with everything personal; gives the person."""
    _open(town, name, "willow", "li", date(2014, 7, 1), id_number=ID_NUMBER, born=BORN)
    town.act(name, "talk_held", date(2014, 7, 20), talker="李建国", note=WRITTEN)
    town.act(name, "withdrawn", date(2014, 10, 8), reason=WRITTEN)
    return town.people[name]


def lettered(town: Township, text: str = "演示来信") -> str:
    """A letter about 王秀兰 with a name and a scan, that the office has entered and nobody has looked at."""
    letter = EnterLetter(
        persons=(town.dossiers["王秀兰"],),
        channel="letter",
        received_on="2016-06-06",
        text=text,
        key="a-letter",
        contact={"name": "演示来信人", "reach": "13800000000"},
        scans=(Sent(name=f"{text[:12]}.jpg", data=files.photo()),),
    )
    return enter_letter(town.context("liu"), letter)


def proposed(town: Township, person: str, ground: str = "request") -> str:
    """The proposal to erase somebody, which waits for a second administrator."""
    wanted = ProposeErasure(person=person, ground=ground, ticket="演〔2016〕1号")
    return propose_erasure(town.context("secadmin"), wanted)


def revealed(town: Township) -> list[dict[str, Any]]:
    """The readings of what is sealed that are on record, in their order."""
    with town.record.reading() as connection:
        rows = connection.exec_driver_sql(
            "SELECT canonical FROM event WHERE do = 'revealed' ORDER BY org, seq"
        )
        return [json.loads(bytes(row[0])) for row in rows]
