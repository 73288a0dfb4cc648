"""What was sent outside, word for word: to whom, by which way, and what came of each try."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from recruit.addresses import masked, open_address
from recruit.context import Context
from recruit.ids import made_at
from recruit.queries.recipients import Named, named
from recruit.recipients import MAIL, within
from recruit.tables import Address, Delivery, Outbox, User

READERS = ("auditor", "audit_admin", "system_admin")
PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class TryRow:
    """`result`: sent | failed | refused | unknown | released, and what a telephone call came to."""

    at: datetime
    result: str
    error: str | None
    by_name: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageRow:
    """`title` and `body` None: not tried yet, so that no text is fixed. `address` shows no number."""

    id: str
    at: datetime
    channel: str
    recipient: Named
    address: str
    template: str
    state: str
    title: str | None
    body: str | None
    not_before: datetime
    last_error: str | None
    tries: tuple[TryRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MessagePage:
    """The newest first; `before`: where the next page begins, None on the last."""

    rows: tuple[MessageRow, ...]
    before: str | None


def sent_to_me(context: Context, *, before: str | None = None) -> MessagePage:
    """The messages to the actor."""
    return _page(context, Outbox.recipient == context.actor.user_id, state=None, before=before)


def sent_in_reach(context: Context, *, state: str | None = None, before: str | None = None) -> MessagePage:
    """The messages to the users, persons and robots within reach, for whoever audits or runs the system."""
    return _page(context, within(context.paths(READERS)), state=state, before=before)


def state_counts(context: Context) -> Mapping[str, int]:
    """How many messages within reach are in each state."""
    wanted = select(Outbox.state, func.count()).where(within(context.paths(READERS))).group_by(Outbox.state)
    with context.record.reading() as connection:
        return {state: count for state, count in connection.execute(wanted)}  # noqa: C416 - rows are no pairs to the checker of types


def _page(
    context: Context, whose: ColumnElement[bool], *, state: str | None, before: str | None
) -> MessagePage:
    wanted = select(*_COLUMNS).where(whose).order_by(Outbox.id.desc()).limit(PAGE + 1)
    if state is not None:
        wanted = wanted.where(Outbox.state == state)
    if before is not None:
        wanted = wanted.where(Outbox.id < before)
    with context.record.reading() as connection:
        rows = connection.execute(wanted).all()
        shown = rows[:PAGE]
        tries = _tries(connection, [row.id for row in shown])
        names = named(connection, {row.recipient for row in shown})
        addresses = _addresses(connection, context, {row.recipient for row in shown if row.channel == MAIL})
    found = tuple(_row(row, tries, names, addresses) for row in shown)
    return MessagePage(rows=found, before=found[-1].id if len(rows) > PAGE else None)


_COLUMNS = (
    Outbox.id, Outbox.channel, Outbox.recipient, Outbox.template, Outbox.state, Outbox.title, Outbox.body,
    Outbox.not_before, Outbox.last_error,
)  # fmt: skip


def _row(
    row: Any,  # noqa: ANN401 - a row of _COLUMNS
    tries: Mapping[str, list[TryRow]],
    names: Mapping[str, Named],
    addresses: Mapping[str, str],
) -> MessageRow:
    return MessageRow(
        id=row.id,
        at=made_at(row.id),
        channel=row.channel,
        recipient=names.get(row.recipient, Named("user", "")),
        address=addresses.get(row.recipient, "") if row.channel == MAIL else "",
        template=row.template,
        state=row.state,
        title=row.title,
        body=row.body,
        not_before=row.not_before,
        last_error=row.last_error,
        tries=tuple(tries.get(row.id, ())),
    )


def _tries(connection: Connection, messages: Sequence[str]) -> Mapping[str, list[TryRow]]:
    wanted = (
        select(Delivery.outbox, Delivery.at, Delivery.result, Delivery.error, User.name)
        .join(User, User.id == Delivery.by, isouter=True)
        .where(Delivery.outbox.in_(messages))
        .order_by(Delivery.outbox, Delivery.number)
    )
    found: dict[str, list[TryRow]] = {}
    for outbox, at, result, error, by_name in connection.execute(wanted):
        found.setdefault(outbox, []).append(TryRow(at=at, result=result, error=error, by_name=by_name))
    return found


def _addresses(connection: Connection, context: Context, users: set[str]) -> Mapping[str, str]:
    """The present address of each, masked."""
    wanted = select(Address.user, Address.sealed).where(Address.user.in_(users), Address.channel == MAIL)
    keys = context.record.keys
    return {
        user: masked(MAIL, open_address(keys, user, MAIL, sealed))
        for user, sealed in connection.execute(wanted)
        if keys.has(user)
    }
