"""What was sent, as pages show it: the exact text, to whom, by which way, and what came of each try."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from recruit.commands.outbox import DEAD, DROPPED, HELD, SENT, WAITING
from recruit.queries.messages import MessageRow, TryRow
from recruit.recipients import MAIL, SMS
from web import dates
from web.language import language
from web.visitors import today
from web.words import clauses

LEVELS = {SENT: "ok", DEAD: "bad", HELD: "warn"}
STATES = (WAITING, SENT, HELD, DEAD, DROPPED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One message; `lines`: its text, empty before the first try."""

    id: str
    state: str
    state_name: str
    level: str
    when: str
    to: str
    way: str
    title: str
    lines: Sequence[str]
    tries: Sequence[str]


def sent_row(row: MessageRow) -> Sent:
    return Sent(
        id=row.id,
        state=row.state,
        state_name=state_name(row.state),
        level=LEVELS.get(row.state, ""),
        when=_moment(row.at),
        to=clauses([_recipient(row), row.address]),
        way=channel_name(row.channel),
        title=row.title or _template_name(row.template),
        lines=(row.body or "").splitlines(),
        tries=[_tried(one) for one in row.tries] + ([_dropped(row)] if row.state == DROPPED else []),
    )


def state_name(state: str) -> str:
    names = {
        WAITING: _("waiting"),
        SENT: _("sent"),
        DEAD: _("given up"),
        HELD: _("held back"),
        DROPPED: _("not needed any more"),
    }
    return names.get(state, state)


def channel_name(channel: str) -> str:
    names = {
        MAIL: _("E-mail"),
        SMS: _("Short message"),
        "dingtalk": _("DingTalk group"),
        "wecom": _("WeCom group"),
        "feishu": _("Feishu group"),
        "phone": _("Telephone"),
    }
    return names.get(channel, channel)


def _recipient(row: MessageRow) -> str:
    if row.recipient.kind == "person":
        return _("a person without an account")
    return row.recipient.name


def _template_name(template: str) -> str:
    names = {
        "digest": _("The day's summary"),
        "urgent": _("A deadline has come"),
        "persons": _("To be handed on"),
        "daily_checkpoint": _("The day's checkpoint"),
    }
    return names.get(template, template)


def _tried(one: TryRow) -> str:
    results = {
        "sent": _("delivered"),
        "failed": _("could not be reached"),
        "refused": _("was refused"),
        "unknown": _("no answer: it may have arrived"),
        "released": _("released to be sent again"),
    }
    said = results.get(one.result, one.result)
    return joined_time(one.at, clauses([said, one.by_name or "", one.error or ""]))


def _dropped(row: MessageRow) -> str:
    if row.last_error == "no_address":
        return _("Not sent: there is no address, or it is switched off.")
    return _("Not sent: what it was to tell is done.")


def joined_time(at: datetime, said: str) -> str:
    return f"{_moment(at)} {said}"


def _moment(at: datetime) -> str:
    local = dates.local(at)
    return f"{dates.list_day(local.date(), today(), language())} {dates.clock_time(at)}"
