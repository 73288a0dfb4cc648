"""The pages of meetings: listed, opened, attended, voted in, checked, printed."""

from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from recruit.commands.sittings import OpenMeeting, SetAttendance, open_meeting, set_attendance
from recruit.errors import BadInput, MeetingClosed, NotAllowed, RecordError, StaleMeeting, Unavailable
from recruit.queries.meeting_quota import quota_of
from recruit.queries.meetings import MeetingView, meeting_view, meetings
from web.access import reach
from web.language import language
from web.meetings.attendance import attendance_page
from web.meetings.boxes import Entered
from web.meetings.check import check_page
from web.meetings.listed import Sent, body_of, item_of, list_page, new_page
from web.meetings.minutes import resolution_of, screen_of, tally_of
from web.meetings.names import OPENERS, READERS
from web.meetings.votes import votes_page
from web.visitors import present

blueprint = Blueprint("meetings", __name__)
_MOST_HEADS = 4  # digits


@blueprint.get("/meetings")
@reach(*READERS)
def listed() -> ResponseReturnValue:
    """Open ones first, then the newest."""
    context = present()
    return render_template("meetings.html", page=list_page(context, meetings(context)))


@blueprint.get("/meetings/new")
@reach(*OPENERS)
def new() -> ResponseReturnValue:
    """The form of a new meeting, with whoever waits for such a decision."""
    return _new()


@blueprint.post("/meetings/new")
@reach(*OPENERS)
def opened() -> ResponseReturnValue:
    """Open it; what is wrong is said beside what was entered."""
    context, entries = present(), request.form
    body = body_of(context, entries.get("body", ""))
    if body is None:
        raise NotAllowed(what="hold_meeting", needed=", ".join(OPENERS))
    sent = _sent()
    if sent.on is None:
        return _new(sent=sent, problem=_("Enter the day of the meeting.")), 400
    opening = OpenMeeting(
        kind=body[0],
        organization=body[1].id,
        on=sent.on,
        ballot=sent.ballot,
        key=entries.get("key", ""),
        items=tuple(item_of(one, sent.months) for one in sorted(sent.items)),
        seats=tuple(sorted(sent.seats)),
        place=sent.where or None,
        time=sent.time or None,
    )
    try:
        meeting = open_meeting(context, opening)
    except BadInput as error:
        return _new(sent=sent, problem=error.message(language())), 400
    return redirect(url_for("meetings.attendance", meeting=meeting))


@blueprint.get("/meetings/<meeting>")
@reach(*READERS)
def page(meeting: str) -> ResponseReturnValue:
    """The step at which the meeting is: a draft is taken up again where it was left."""
    sitting = meeting_view(present(), meeting).sitting
    step = "check" if sitting.state != "open" else "votes" if sitting.is_attended else "attendance"
    return redirect(url_for(f"meetings.{step}", meeting=meeting))


@blueprint.get("/meetings/<meeting>/attendance")
@reach(*READERS)
def attendance(meeting: str) -> ResponseReturnValue:
    """Who is there."""
    context = present()
    shown = attendance_page(context, meeting_view(context, meeting))
    return render_template("meeting_attendance.html", page=shown)


@blueprint.post("/meetings/<meeting>/attendance")
@reach(*OPENERS)
def attended(meeting: str) -> ResponseReturnValue:
    """Save who is there; what was sent is shown again where it was not saved."""
    context, entries = present(), request.form
    view = meeting_view(context, meeting)
    seats = frozenset(int(one) for one in entries.getlist("seat") if one.isdecimal())
    if "everybody" in entries:
        seats = frozenset(one.number for one in view.sitting.seats)
    given = SetAttendance(
        meeting=meeting,
        seen_version=number_of(entries.get("version", "")) or 0,
        seats=seats if view.sitting.seats else None,
        whole_count=number_of(entries.get("whole_count", "")),
        present_count=number_of(entries.get("present_count", "")),
        excluded=tuple(sorted(entries.getlist("excluded"))),
    )
    try:
        set_attendance(context, given)
    except (BadInput, StaleMeeting, MeetingClosed, Unavailable) as error:
        again = attendance_page(
            context, meeting_view(context, meeting), sent=entries.to_dict(), problem=error.message(language())
        )
        return render_template("meeting_attendance.html", page=again), code_of(error)
    flash(_("Saved."), "ok")
    return redirect(url_for("meetings.votes", meeting=meeting))


@blueprint.get("/meetings/<meeting>/votes")
@reach(*READERS)
def votes(meeting: str) -> ResponseReturnValue:
    """One person after another; `item` opens one that was voted on already."""
    return shown_votes(meeting_view(present(), meeting), chosen=request.args.get("item", ""))


@blueprint.get("/meetings/<meeting>/check")
@reach(*READERS)
def check(meeting: str) -> ResponseReturnValue:
    """Everybody read together, exceptions first; then the confirmation, and what came of it."""
    return render_template("meeting_check.html", page=check_page(meeting_view(present(), meeting)))


@blueprint.get("/meetings/<meeting>/resolution")
@reach(*READERS)
def resolution(meeting: str) -> ResponseReturnValue:
    """The minutes, to be printed and signed."""
    view = meeting_view(present(), meeting)
    return render_template("meeting_resolution.html", page=resolution_of(view), id=meeting)


@blueprint.get("/meetings/<meeting>/tally")
@reach(*READERS)
def tally(meeting: str) -> ResponseReturnValue:
    """An empty sheet for where there is no net; what it says is entered afterwards."""
    return render_template("meeting_tally.html", page=tally_of(meeting_view(present(), meeting)), id=meeting)


@blueprint.get("/meetings/<meeting>/screen")
@reach(*READERS)
def screen(meeting: str) -> ResponseReturnValue:
    """For the wall: the name and the counts, nothing else."""
    view = meeting_view(present(), meeting)
    shown = screen_of(view, request.args.get("item", ""))
    return render_template("meeting_screen.html", page=shown, id=meeting)


def shown_votes(view: MeetingView, *, chosen: str = "", entered: Entered | None = None) -> str:
    """The page of the vote, with what was just sent where it was not saved."""
    quota = quota_of(present(), view.sitting)
    return render_template("meeting_votes.html", page=votes_page(view, quota, chosen=chosen, entered=entered))


def _new(*, sent: Sent | None = None, problem: str = "") -> str:
    context = present()
    body = body_of(context, request.values.get("body", ""))
    if body is None:
        raise NotAllowed(what="hold_meeting", needed=", ".join(OPENERS))
    shown = new_page(context, body[0], body[1], sent=sent, problem=problem)
    return render_template("meeting_new.html", page=shown)


def _sent() -> Sent:
    entries = request.form
    return Sent(
        on=_day(entries.get("on", "")),
        time=entries.get("time", "").strip()[:5],
        where=entries.get("where", "").strip()[:120],
        ballot=entries.get("ballot", ""),
        items=frozenset(entries.getlist("item")),
        seats=frozenset(entries.getlist("sitter")),
        months={name: value for name, value in entries.items() if name.startswith("months.")},
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def code_of(error: RecordError) -> int:
    """400 for what cannot be read, 409 where somebody was faster, 422 for a refusal, 503 for a full disk."""
    if isinstance(error, BadInput):
        return 400
    if isinstance(error, StaleMeeting | MeetingClosed):
        return 409
    return 503 if isinstance(error, Unavailable) else 422


def number_of(text: str) -> int | None:
    plain = text.strip()
    return int(plain) if plain.isdecimal() and len(plain) <= _MOST_HEADS else None
