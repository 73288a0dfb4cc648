"""What the tests of delivery share: addresses, reminders, a box that keeps what it is handed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select

from notifications.delivery.letters import SENT, Letter, Result, Sender
from notifications.delivery.running import Way, deliver
from notifications.reminding import Word, remind
from notifications.sweep import sweep
from recruit.commands.addresses import set_address
from recruit.commands.grants import GrantRole, grant_role
from recruit.commands.users import Hashed, NewUser, add_user
from recruit.queries.seats import Recipient
from recruit.record import Record
from recruit.tables import Outbox, User
from tests.homes import ask
from tests.recruit.builders import Township, at

FIXED = Way(chance=lambda: 0.0)


@dataclass
class Box:
    """A sender that keeps the letters; `answer` says what becomes of one."""

    answer: Callable[[Letter], Result] = lambda _letter: SENT
    letters: list[Letter] = field(default_factory=list)

    def send(self, letter: Letter) -> Result:
        self.letters.append(letter)
        return self.answer(letter)


def utc(day: str, hour: int = 8, minute: int = 0, second: int = 0) -> datetime:
    return at(day, hour).replace(minute=minute, second=second).astimezone(UTC)


def addressed(township: Township, *logins: str, channel: str = "mail") -> None:
    for number, login in enumerate(logins):
        address = f"{login}@post.example" if channel == "mail" else f"1390000{number:04}"
        set_address(township.context(login), channel, address)


def clerks(township: Township, count: int) -> list[str]:
    """So many more clerks of the first branch, each with an address."""
    logins = [f"clerk{number}" for number in range(count)]
    for login in logins:
        new = NewUser(login=login, name=f"演示{login}", password=Hashed("never-used"))
        user = add_user(township.context("system_admin"), new, organization=township.places["first"])
        grant_role(
            township.context("security_admin"),
            GrantRole(
                user=user,
                role="branch_clerk",
                organization=township.places["first"],
                from_on=date(2014, 6, 1),
            ),
        )
    addressed(township, *logins)
    return logins


def swept(township: Township, day: str, hour: int = 0) -> None:
    sweep(township.record, utc(day, hour))


def reminded(
    township: Township,
    dossier: str,
    now: datetime,
    *,
    to: str = "secretary",
    rung: str = "+1",
    due: date | None = None,
    is_urgent: bool = True,
    persons: tuple[str, ...] = (),
) -> None:
    """A word on the talk of the dossier, told at that moment."""
    with township.record.writing() as connection:
        user = connection.execute(select(User.id).where(User.login == to)).scalar_one()
        known = ask(connection, "SELECT due FROM deadline WHERE dossier = :d AND id = 'talk'", d=dossier)
        word = Word(
            of=f"{dossier}/{_key(connection, dossier)}",
            kind="deadline",
            id="talk",
            organization=township.places["first"],
            due=due or date.fromisoformat(str(known.scalar_one())),
            rung=rung,
            is_urgent=is_urgent,
            dossier=dossier,
            persons=persons,
        )
        remind(connection, word, [Recipient(user)], now)


def _key(connection: Any, dossier: str) -> str:
    found = ask(connection, "SELECT key FROM deadline WHERE dossier = :d AND id = 'talk'", d=dossier)
    return str(found.scalar_one())


def delivered(
    township: Township, now: datetime, senders: Mapping[str, Sender] | Sender, *, way: Way = FIXED
) -> None:
    chosen = senders if isinstance(senders, Mapping) else {"mail": senders}
    deliver(township.record, now, chosen, way=way)


def rows(record: Record) -> list[tuple[str, str, str]]:
    """Log-in (or id), channel and state of every message, in the order of their making."""
    wanted = (
        select(User.login, Outbox.recipient, Outbox.channel, Outbox.state)
        .join(User, User.id == Outbox.recipient, isouter=True)
        .order_by(User.login, Outbox.id)
    )
    with record.reading() as connection:
        return [
            (login or recipient, channel, state)
            for login, recipient, channel, state in connection.execute(wanted)
        ]


def results(record: Record) -> list[str]:
    """The result of every try, in order."""
    with record.reading() as connection:
        return [str(row[0]) for row in ask(connection, "SELECT result FROM delivery ORDER BY outbox, number")]
