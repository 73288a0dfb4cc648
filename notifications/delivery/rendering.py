"""The exact text of a message, made at its first try: steps, branches, days and a link."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, select

from notifications.delivery.messages import Message
from notifications.delivery.needed import is_open
from notifications.delivery.words import WORDS, say
from notifications.delivery.writing import PERSONS, URGENT
from recruit.clock import civil_day
from recruit.commands.checkpoints import TEMPLATE as CHECKPOINT
from recruit.ids import made_at
from recruit.recipients import ROBOTS, SMS
from recruit.tables import Checkpoint, Organization, Reminder, Told, User
from workflows.words import KINDS, label, render_day

_MOST_LINES, _SHORT_LINES = 50, 3
_ROBOT_BYTES = 1800  # the narrowest of them takes 2048
_DEFAULT = "zh"
_KEPT_READY = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Text:
    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Item:
    values: dict[str, Any]
    is_stand_in: bool


def render(connection: Connection, message: Message, on: date, *, base_url: str) -> Text:
    """Raises `LookupError` where what it tells of is not there."""
    language = _language(connection, message.recipient)
    if message.template == CHECKPOINT:
        return Text(say("checkpoint_title", language), _note(connection, message.subject))
    items = _told(connection, message.id, on)
    places = _places(connection, items)
    lines = [_line(item, places, on, language) for item in items]
    link = say("link", language, link=f"{base_url}/messages") if base_url else say("no_link", language)
    title = say("urgent_title" if message.template == URGENT else "digest_title", language, count=len(lines))
    if message.template == PERSONS:
        return Text(title, say("handed_on", language, lines=_short(lines, language)))
    if message.channel == SMS:
        return Text(title, say("short", language, lines=_short(lines, language), end=link))
    most = _ROBOT_BYTES if message.channel in ROBOTS else None
    return Text(title, "\n".join((*_listed(lines, language, most), link)))


def is_needed(connection: Connection, message: Message, on: date) -> bool:
    """Whether anything that it tells of is still open.

    A checkpoint is needed for three days; whoever keeps them gets one of each day.
    """
    if message.template == CHECKPOINT:
        return message.body is not None or on - civil_day(made_at(message.id)) <= _KEPT_READY
    told = select(Told.reminder).where(Told.outbox == message.id)
    if connection.execute(told.limit(1)).first() is None:
        return True
    running = told.join(Reminder, Reminder.id == Told.reminder).where(is_open(on))
    return connection.execute(running.limit(1)).first() is not None


def step_name(kind: str, id_: str, language: str) -> str:
    """The deadline, milestone or duty in words; in general ones where it has none of its own."""
    if kind in KINDS:
        named = label(kind, id_, language)
        if named != id_:
            return named
    return say(kind, language) if kind in WORDS else id_


def _language(connection: Connection, recipient: str) -> str:
    known = connection.execute(select(User.language).where(User.id == recipient)).scalar_one_or_none()
    return known or _DEFAULT


def _note(connection: Connection, subject: str) -> str:
    _, epoch, size = subject.split("/")
    wanted = select(Checkpoint.note).where(Checkpoint.epoch == int(epoch), Checkpoint.size == int(size))
    return connection.execute(wanted).scalar_one()


def _told(connection: Connection, outbox: str, on: date) -> Sequence[Item]:
    """What is still open of it, the earliest due first; of each deadline the last word."""
    wanted = (
        select(Reminder.deadline, Reminder.values, Reminder.instead_of)
        .join(Told, Told.reminder == Reminder.id)
        .where(Told.outbox == outbox, is_open(on))
        .order_by(Told.due, Reminder.id)
    )
    last = {
        deadline: Item(json.loads(values), absent is not None)
        for deadline, values, absent in connection.execute(wanted)
    }
    return tuple(last.values())


def _places(connection: Connection, items: Sequence[Item]) -> Mapping[str, str]:
    ids = {item.values["branch"] for item in items}
    rows = connection.execute(select(Organization.id, Organization.name).where(Organization.id.in_(ids)))
    return {id_: name for id_, name in rows}  # noqa: C416 - rows are no pairs to the checker of types


def _line(item: Item, places: Mapping[str, str], on: date, language: str) -> str:
    values = item.values
    due = date.fromisoformat(values["due"])
    id_ = "line_late" if due < on else "line_today" if due == on else "line"
    step = step_name(values["kind"], values["id"], language)
    line = say(id_, language, place=places[values["branch"]], step=step, day=render_day(due, language))
    return say("stand_in", language, line=line) if item.is_stand_in else line


def _short(lines: list[str], language: str) -> str:
    """The first few, and how many more."""
    joined = ("；" if language == "zh" else "; ").join(lines[:_SHORT_LINES])
    more = len(lines) - _SHORT_LINES
    return joined if more <= 0 else f"{joined}…(+{more})"


def _listed(lines: list[str], language: str, most: int | None) -> list[str]:
    shown: list[str] = []
    size = 0
    for line in lines[:_MOST_LINES]:
        size += len(line.encode()) + 1
        if most is not None and size > most:
            break
        shown.append(line)
    more = len(lines) - len(shown)
    return [*shown, say("more", language, count=more)] if more else shown
