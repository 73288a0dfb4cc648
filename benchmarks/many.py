"""A township of many: sixty branches, and applicants and activists of every age, recorded by the commands."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from notifications.sweep import sweep
from notifications.ticker import TICKS
from recruit.commands.acts import RecordAct, Recorded, record_act
from recruit.commands.dossiers import OpenDossier, open_dossier
from recruit.commands.grants import GrantRole, grant_role
from recruit.commands.organizations import AddOrganization, add_organization
from recruit.commands.people import NewPerson, add_people
from recruit.commands.rolls import AddMember, add_member
from recruit.commands.users import Hashed, NewUser, add_user, hash_password
from tests.homes import Home
from tests.postgres import server
from tests.recruit.builders import Township, at, make_township, reopened
from workflows.dates import plus_months

PASSWORD = "a-made-up-password"
BRANCHES = 60
COLLEAGUES = 10  # of the committee: half organizers, half members
FIRST, LAST = date(2014, 7, 1), date(2016, 5, 20)
MORNING = datetime(2016, 6, 7, 3, tzinfo=UTC)
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = "秀兰建国海波春梅志强小红立新永贵玉珍德福桂英明华文军丽萍国栋"
_OMITTED = 11  # every so-manieth talk and review is not there: something has to be overdue
_keys = count(1)


@dataclass(frozen=True, slots=True)
class Made:
    """Who may log in: secretaries by branch, colleagues of the committee."""

    secretaries: tuple[str, ...]
    colleagues: tuple[str, ...]


@contextmanager
def home_of(*, is_postgres: bool) -> Iterator[Home]:
    """An empty home on either database, gone afterwards."""
    with TemporaryDirectory() as folder:
        if not is_postgres:
            yield Home(Path(folder) / "data")
            return
        with server(options=()) as running:
            yield Home(Path(folder) / "data", url=running.url(running.make()))


def make_many(home: Home, dossiers: int) -> Made:
    """Found the township and record everybody, one act a day and person, each in its own commit."""
    make_township(home)
    with home.open() as record:
        township = reopened(record)
        hashed = hash_password(PASSWORD)
        branches = [_branch(township, number, hashed) for number in range(BRANCHES)]
        members = {login: _members(township, branch) for login, branch in branches}
        colleagues = tuple(_colleague(township, number, hashed) for number in range(COLLEAGUES))
        step = (LAST - FIRST) / dossiers
        people = _people(township, branches, dossiers)
        for number, person in enumerate(people):
            login, branch = branches[number % BRANCHES]
            acts = _acts(number, FIRST + step * number, members[login])
            _live(township, branch, person, login, acts)
        for month in range(24):  # the clock has told what is still open month by month, not all at once
            sweep(record, at(plus_months(FIRST, month).isoformat()))
        for tick in TICKS.values():  # and has ticked this morning
            tick(record, MORNING)
    return Made(tuple(login for login, _ in branches), colleagues)


def _branch(township: Township, number: int, hashed: Hashed) -> tuple[str, str]:
    branch = add_organization(
        township.context("system_admin", at("2014-06-02")),
        AddOrganization(name=f"演示{number + 1}村党支部", kind="branch", parent=township.places["committee"]),
    )
    login = f"secretary{number}"
    _user(township, login, f"演示书记{number + 1}", "branch_secretary", branch, hashed)
    return login, branch


def _colleague(township: Township, number: int, hashed: Hashed) -> str:
    login, role = f"colleague{number}", ("organizer", "committee_member")[number % 2]
    _user(township, login, f"演示干部{number + 1}", role, township.places["committee"], hashed)
    return login


def _user(township: Township, login: str, name: str, role: str, place: str, hashed: Hashed) -> None:
    moment = at("2014-06-02")
    new = NewUser(login=login, name=name, password=hashed)
    user = add_user(township.context("system_admin", moment), new, organization=place)
    grant = GrantRole(user=user, role=role, organization=place, from_on=date(2014, 6, 2))
    grant_role(township.context("security_admin", moment), grant)


def _people(township: Township, branches: list[tuple[str, str]], dossiers: int) -> tuple[str, ...]:
    new = [
        NewPerson(name=name_of(number), organization=branches[number % BRANCHES][1], born=date(1990, 5, 18))
        for number in range(dossiers)
    ]
    return add_people(township.context("organizer", at("2014-06-03")), new)


def name_of(number: int) -> str:
    """A made-up name; surnames come up in turn."""
    given = GIVEN[number // 7 % len(GIVEN)] + GIVEN[number // 3 % len(GIVEN)]
    return SURNAMES[number % len(SURNAMES)] + given


def _members(township: Township, branch: str) -> tuple[str, ...]:
    """Two full members, to be contact persons."""
    context = township.context("organizer", at("2014-06-03"))
    new = [NewPerson(name=f"演示党员{number}", organization=branch) for number in (1, 2)]
    people = add_people(context, new)
    for person in people:
        since = date(2001, 7, 1)
        add_member(context, AddMember(person=person, branch=branch, since=since, full_since=since))
    return people


def _live(
    township: Township,
    branch: str,
    person: str,
    login: str,
    acts: Iterator[tuple[date, str, dict[str, object]]],
) -> None:
    """What is recorded of one person from the application to this summer, each act on its day."""
    actors = {one: township.context(one, at("2014-07-01")) for one in (login, "organizer")}
    dossier, version = "", 0
    for day, do, details in acts:
        if day > LAST:
            return
        context = replace(actors["organizer" if do == "activist_filed" else login], now=at(day.isoformat()))
        if not dossier:
            begun = open_dossier(context, OpenDossier(branch=branch, person=person, on=day, key=_key()))
            assert isinstance(begun, Recorded)
            dossier, version = begun.dossier, begun.version
            continue
        command = RecordAct(dossier=dossier, do=do, on=day, seen_version=version, key=_key(), details=details)
        done = record_act(context, command)
        assert isinstance(done, Recorded)
        version = done.version


def _acts(
    number: int, opened: date, members: tuple[str, ...]
) -> Iterator[tuple[date, str, dict[str, object]]]:
    yield opened, "application_received", {}
    if not number % _OMITTED:
        return
    yield opened + timedelta(days=9), "talk_held", {}
    decided = opened + timedelta(days=40)
    yield decided - timedelta(days=10), "recommended", {"source": "members"}
    yield decided, "activist_decided", {"members": 5, "present": 5, "for": 5}
    yield decided + timedelta(days=9), "contacts_assigned", {"contacts": ", ".join(members)}
    yield decided + timedelta(days=20), "activist_filed", {}
    for half in range(1, 5):
        if number % (_OMITTED + half):
            day = plus_months(decided, 6 * half) - timedelta(days=5)
            yield day, "thought_report_received", {"note": "演示：本季度的思想汇报"}
            yield day, "review_recorded", {"result": "演示：表现良好，继续培养"}


def _key() -> str:
    return f"many-{next(_keys)}"
