"""Reminders: what the clock has told this visitor, on which day, and what of it is still open."""

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from recruit.commands.reading import read_day
from recruit.commands.reminders import SNOOZE_REASONS, acknowledge, snooze
from recruit.errors import BadInput
from recruit.queries.news import NewsRow, OpinionRow, news_for, opinions_for
from recruit.queries.reminders import MOST, ReminderRow
from recruit.queries.told import Told
from recruit.submissions import reference_of
from web import dates
from web.access import SIGNED_IN, reach
from web.acts.fields import Choice
from web.deadlines.when import day_of, level_of, when
from web.duties.names import title_of
from web.language import language
from web.messages.outside import route_outside
from web.places import calendar_of
from web.public.page import title_of as title_of_notice
from web.visitors import present, today
from web.waiting import inbox_of
from web.words import act_name, edition_of_today, joined, word
from workflows.occasions import MAY_PROPOSE, OCCASIONS

blueprint = Blueprint("messages", __name__)
route_outside(blueprint)


@dataclass(frozen=True, slots=True)
class Later:
    """The form that puts a reminder off: the first and the last day that may be chosen."""

    action: str
    first: str
    last: str
    reasons: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Message:
    """`absent`: for whom it came; `hand_on`: to whom it is to be told; `quiet`: put off, until when, why."""

    id: str
    level: str
    when: str
    day: str
    title: str
    text: str
    href: str
    is_unread: bool
    why_href: str = ""
    absent: str = ""
    hand_on: str = ""
    later: Later | None = None
    quiet: str = ""


@dataclass(frozen=True, slots=True)
class News:
    """What somebody did, or an opinion that has come in and waits."""

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
    return _page()


@blueprint.post("/messages/<reminder>/read")
@reach(SIGNED_IN)
def read(reminder: str) -> ResponseReturnValue:
    """Taken note of: the reminder is quiet, the deadline runs on."""
    acknowledge(present(), reminder)
    return redirect(url_for("messages.inbox"))


@blueprint.post("/messages/<reminder>/snooze")
@reach(SIGNED_IN)
def later(reminder: str) -> ResponseReturnValue:
    """Quiet until that morning; never past the last legal day."""
    try:
        until = read_day(request.form.get("until", ""), field="until")
        snooze(present(), reminder, until=until, reason=request.form.get("reason", ""))
    except BadInput as error:
        return _page(problem=error.message(language())), 400
    flash(_("Put off. It comes back on %(day)s.", day=dates.short_day(until, language())), "ok")
    return redirect(url_for("messages.inbox"))


def _page(*, problem: str = "") -> str:
    inbox = inbox_of(present())
    shown = [_message(row, told) for row, told in inbox]
    listed = sum(row.dossier is not None for row, _told in inbox)
    return render_template(
        "messages.html",
        listed=listed if listed >= MOST else 0,
        messages=[one for one in shown if not one.quiet],
        later=[one for one in shown if one.quiet],
        opinions=[_opinion(row) for row in opinions_for(present())],
        news=[_news(row) for row in news_for(present())],
        problem=problem,
    )


def _opinion(row: OpinionRow) -> News:
    about = _("a letter, not about a notice") if row.notice is None else title_of_notice(row.purpose)
    return News(
        id=row.id,
        day=dates.list_day(row.received_on, today(), language()),
        title=_("A new opinion: %(about)s", about=about),
        text=_(
            "%(place)s, number %(number)s. Nobody has looked at it yet.",
            place=row.place, number=reference_of(row.submission),
        ),
        href=url_for("objections.entry", submission=row.submission),
        is_unread=row.read_at is None,
    )  # fmt: skip


def _news(row: NewsRow) -> News:
    return News(
        id=row.id,
        day=dates.list_day(dates.local(row.at).date(), today(), language()),
        title=_("%(name)s: %(act)s", name=row.name, act=act_name(row.do, row.purpose, edition_of_today())),
        text=_("%(branch)s, %(day)s", branch=row.branch_name, day=dates.long_day(row.on, language())),
        href=url_for("dossiers.page", dossier=row.dossier),
        is_unread=row.read_at is None,
    )


def _when(row: ReminderRow) -> tuple[str, str]:
    """In words and as a day; from a day on somebody may be proposed, and nothing is late by it."""
    if row.deadline != MAY_PROPOSE:
        return when(row.due, today()), day_of(row.due, today())
    left = (row.due - today()).days
    from_on = _("From %(day)s on", day=dates.list_day(row.due, today(), language()))
    return (_("Possible in %(n)s days", n=left) if left > 0 else _("Possible now")), from_on


def _message(row: ReminderRow, about: Told) -> Message:
    in_words, day = _when(row)
    told = _("Told on %(day)s.", day=dates.list_day(dates.local(row.at).date(), today(), language()))
    return Message(
        id=row.id,
        level="soon" if row.deadline in OCCASIONS else level_of(row.due, today()),
        when=in_words,
        day=day,
        title=_title(row),
        text=_("%(branch)s. %(told)s", branch=row.branch_name, told=told),
        href=_href(row),
        is_unread=row.read_at is None,
        why_href=_why_href(row),
        absent=_("For %(absent)s", absent=about.instead_of) if about.instead_of else "",
        hand_on=_("Please tell: %(names)s", names=joined(about.persons)) if about.persons else "",
        later=_later(row) if about.quiet_until is None else None,
        quiet=_quiet(about),
    )


def _title(row: ReminderRow) -> str:
    if row.dossier is None:
        return title_of(row.kind, row.deadline, row.key, row.milestone)
    return _("%(name)s: %(act)s", name=row.name, act=word("deadline", row.deadline, edition_of_today()))


def _href(row: ReminderRow) -> str:
    if row.dossier is None:
        return url_for("duties.one", organization=row.organization, key=row.key)
    return url_for("dossiers.page", dossier=row.dossier)


def _why_href(row: ReminderRow) -> str:
    """Why the day is that day; of the occasions only the one that waits for a full period has a page."""
    if row.dossier is None:
        return url_for("duties.why", organization=row.organization, key=row.key)
    if row.deadline in OCCASIONS and row.deadline != MAY_PROPOSE:
        return ""
    known = "cultivation" if row.deadline == MAY_PROPOSE else row.key or row.deadline
    return url_for("deadlines.why", dossier=row.dossier, deadline=known)


def _later(row: ReminderRow) -> Later | None:
    """None where no working day is left before the deadline is over."""
    first = calendar_of(present()).next_working_day(today())
    if first > row.due:
        return None
    return Later(
        action=url_for("messages.later", reminder=row.id),
        first=first.isoformat(),
        last=row.due.isoformat(),
        reasons=tuple(Choice(reason, reason_name(reason)) for reason in SNOOZE_REASONS),
    )


def _quiet(about: Told) -> str:
    if about.quiet_until is None:
        return ""
    day = dates.list_day(about.quiet_until, today(), language())
    return _("Again on %(day)s: %(reason)s", day=day, reason=reason_name(about.reason or ""))


def reason_name(reason: str) -> str:
    """为什么以后再提醒."""
    return {
        "waiting_for_paper": _("waiting for a paper"),
        "person_away": _("the person is away"),
        "meeting_fixed": _("the meeting is fixed"),
        "busy_season": _("busy season"),
        "other": _("other"),
    }.get(reason, reason)
