"""The actor's own addresses beside the pages: set, switched off and on, taken away."""

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from recruit.addresses import is_mail_address, phone_or_none, seal_address
from recruit.context import Context
from recruit.errors import BadInput, NotFound, problem
from recruit.find import topmost
from recruit.log.events import NewEvent, append_event
from recruit.recipients import MAIL, PERSONAL
from recruit.repeat import repeated
from recruit.tables import Address


@repeated
def set_address(context: Context, channel: str, address: str) -> None:
    """From now on messages go there, too; `channel`: mail | sms. Raises `BadInput`."""
    clear = _checked(channel, address.strip())
    user = context.actor.user_id
    sealed = seal_address(context.record.keys, user, channel, clear)
    values = {"sealed": sealed, "is_on": True, "changed_at": context.now}
    with context.record.writing() as connection:
        if _is_known(connection, context, channel):
            connection.execute(update(Address).where(*_own(context, channel)).values(values))
        else:
            connection.execute(insert(Address).values(user=user, channel=channel, **values))
        _tell(connection, context, "address_set", channel)


@repeated
def switch_address(context: Context, channel: str, *, is_on: bool) -> None:
    """Keep the address, and send there or not. Raises `NotFound`."""
    with context.record.writing() as connection:
        _ensure_known(connection, context, channel)
        values = {"is_on": is_on, "changed_at": context.now}
        connection.execute(update(Address).where(*_own(context, channel)).values(values))
        _tell(connection, context, "address_on" if is_on else "address_off", channel)


@repeated
def remove_address(context: Context, channel: str) -> None:
    """Raises `NotFound`."""
    with context.record.writing() as connection:
        _ensure_known(connection, context, channel)
        connection.execute(delete(Address).where(*_own(context, channel)))
        _tell(connection, context, "address_removed", channel)


def _checked(channel: str, address: str) -> str:
    if channel not in PERSONAL:
        raise BadInput(problem("channel", "not_one_of", found=channel, choices=", ".join(PERSONAL)))
    if not address:
        raise BadInput(problem("address", "missing"))
    if channel == MAIL:
        if not is_mail_address(address):
            raise BadInput(problem("address", "mail_address"))
        return address
    phone = phone_or_none(address)
    if phone is None:
        raise BadInput(problem("address", "phone_number"))
    return phone


def _own(context: Context, channel: str) -> tuple[ColumnElement[bool], ...]:
    return (Address.user == context.actor.user_id, Address.channel == channel)


def _is_known(connection: Connection, context: Context, channel: str) -> bool:
    return connection.execute(select(Address.user).where(*_own(context, channel))).first() is not None


def _ensure_known(connection: Connection, context: Context, channel: str) -> None:
    if not _is_known(connection, context, channel):
        raise NotFound(what="address")


def _tell(connection: Connection, context: Context, do: str, channel: str) -> None:
    """In the log of the organization at which the actor serves, else of the topmost one."""
    grants = context.actor.grants
    org = grants[0].organization if grants else topmost(connection).id
    append_event(connection, context, NewEvent(org=org, do=do, details={"channel": channel}))
