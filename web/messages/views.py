"""Reminders: what the clock has told this visitor, on which day, and what of it is still open."""

from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from recruit.commands.reminders import acknowledge
from recruit.queries.news import NewsRow, news_for
from recruit.queries.reminders import ReminderRow, reminders_for
from web import dates
from web.access import SIGNED_IN, reach
from web.deadlines.when import day_of, level_of, when
from web.duties.names import title_of
from web.language import language
from web.messages.outside import route_outside
from web.visitors import present, today
from web.words import act_name, edition_of_today, word
from workflows.occasions import MAY_PROPOSE, OCCASIONS

blueprint = Blueprint("messages", __name__)
route_outside(blueprint)


@dataclass(frozen=True, slots=True)
class Message:
    id: str
    level: str
    when: str
    day: str
    title: str
    text: str
    href: str
    is_unread: bool


@dataclass(frozen=True, slots=True)
class News:
    id: str
    day: str
    title: str
    text: str
    href: str
    is_unread: bool


@blueprint.get("/messages")
@reach(SIGNED_IN)
def inbox() -> ResponseReturnValue:
    """The newest word on each deadline that is still open; what is done is no longer listed."""
    return render_template(
        "messages.html",
        messages=[_message(row) for row in reminders_for(present())],
        news=[_news(row) for row in news_for(present())],
    )


@blueprint.post("/messages/<reminder>/read")
@reach(SIGNED_IN)
def read(reminder: str) -> ResponseReturnValue:
    """Taken note of: the reminder is quiet, the deadline runs on."""
    acknowledge(present(), reminder)
    return redirect(url_for("messages.inbox"))


def _news(row: NewsRow) -> News:
    return News(
        id=row.id,
        day=dates.list_day(dates.local(row.at).date(), today(), language()),
        title=_("%(name)s: %(act)s", name=row.name, act=act_name(row.do, row.purpose, edition_of_today())),
        text=_("%(branch)s, %(day)s", branch=row.branch_name, day=dates.long_day(row.on, language())),
        href=url_for("dossiers.page", dossier=row.dossier),
        is_unread=row.read_at is None,
    )


def _when(row: ReminderRow) -> str:
    """From a day on somebody may be proposed: nothing is late by it."""
    if row.deadline != MAY_PROPOSE:
        return when(row.due, today())
    return _("From %(day)s on", day=dates.list_day(row.due, today(), language()))


def _message(row: ReminderRow) -> Message:
    told = _("Told on %(day)s.", day=dates.list_day(dates.local(row.at).date(), today(), language()))
    return Message(
        id=row.id,
        level="soon" if row.deadline in OCCASIONS else level_of(row.due, today()),
        when=_when(row),
        day=day_of(row.due, today()),
        title=_title(row),
        text=_("%(branch)s. %(told)s", branch=row.branch_name, told=told),
        href=_href(row),
        is_unread=row.read_at is None,
    )


def _title(row: ReminderRow) -> str:
    if row.dossier is None:
        return title_of(row.kind, row.deadline, row.key, row.milestone)
    return _("%(name)s: %(act)s", name=row.name, act=word("deadline", row.deadline, edition_of_today()))


def _href(row: ReminderRow) -> str:
    if row.dossier is None:
        return url_for("duties.one", organization=row.organization, key=row.key)
    return url_for("dossiers.page", dossier=row.dossier)
