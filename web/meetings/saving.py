"""What is sent on the pages of a meeting: each vote by itself, then handed over, taken back, confirmed."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from recruit.commands.agenda import drop_item, set_ballot
from recruit.commands.ballots import SaveVote, asked_counts, defer_item, save_vote, take_up_item
from recruit.commands.confirming import ConfirmMeeting, confirm_meeting
from recruit.commands.handing import hand_over_meeting, take_back_meeting
from recruit.commands.sitting import NAMED, SittingRow, count_of
from recruit.context import Context
from recruit.errors import (
    BadInput,
    MeetingClosed,
    NoQuorum,
    RecordError,
    Refused,
    StaleMeeting,
    Unavailable,
)
from recruit.queries.meetings import MeetingView, meeting_view
from web import dates
from web.access import reach
from web.language import language
from web.meetings.boxes import Entered
from web.meetings.check import check_page
from web.meetings.names import HOLDERS, count_lines
from web.meetings.views import blueprint, code_of, number_of, shown_votes
from web.proof import proven
from web.visitors import present
from web.words import clauses
from workflows.words import finding_sentence

NOT_SAVED = (BadInput, NoQuorum, Refused, StaleMeeting, MeetingClosed, Unavailable)


@blueprint.post("/meetings/<meeting>/items/<item>")
@reach(*HOLDERS)
def vote(meeting: str, item: str) -> ResponseReturnValue:
    """Save the vote on one person, pass over, or take up again; where it fails the row says so."""
    context, entries = present(), request.form
    seen = number_of(entries.get("version", "")) or 0
    try:
        if "defer" in entries:
            defer_item(context, meeting, item, seen_version=seen)
        elif "take_up" in entries:
            take_up_item(context, meeting, item, seen_version=seen)
        else:
            save_vote(context, _vote_of(meeting_view(context, meeting).sitting, item, seen))
    except NOT_SAVED as error:
        return _not_saved(context, meeting, item, error), code_of(error)
    return redirect(url_for("meetings.votes", meeting=meeting, _anchor=f"i{item}"))


@blueprint.post("/meetings/<meeting>/ballot")
@reach(*HOLDERS)
def ballot(meeting: str) -> ResponseReturnValue:
    """Another way of voting, before the first vote."""
    seen = number_of(request.form.get("version", "")) or 0
    try:
        set_ballot(present(), meeting, request.form.get("ballot", ""), seen_version=seen)
    except (BadInput, StaleMeeting, MeetingClosed) as error:
        flash(error.message(language()), "bad")
    return redirect(url_for("meetings.votes", meeting=meeting))


@blueprint.post("/meetings/<meeting>/agenda/<item>/drop")
@reach(*HOLDERS)
def dropped(meeting: str, item: str) -> ResponseReturnValue:
    """Off the agenda, as long as there was no vote on this one."""
    seen = number_of(request.form.get("version", "")) or 0
    try:
        drop_item(present(), meeting, item, seen_version=seen)
    except (BadInput, StaleMeeting, MeetingClosed) as error:
        flash(error.message(language()), "bad")
    return redirect(url_for("meetings.attendance", meeting=meeting))


@blueprint.post("/meetings/<meeting>/hand")
@reach(*HOLDERS)
def handed(meeting: str) -> ResponseReturnValue:
    """Send what was checked to whoever confirms; without a quorum the meeting ends as void."""
    seen = number_of(request.form.get("version", "")) or 0
    try:
        hand_over_meeting(present(), meeting, seen_version=seen)
    except (BadInput, StaleMeeting, MeetingClosed) as error:
        return _checked(meeting, error)
    return redirect(url_for("meetings.check", meeting=meeting))


@blueprint.post("/meetings/<meeting>/back")
@reach(*HOLDERS)
def back(meeting: str) -> ResponseReturnValue:
    """Open it again for changes."""
    seen = number_of(request.form.get("version", "")) or 0
    try:
        take_back_meeting(present(), meeting, seen_version=seen)
    except (BadInput, StaleMeeting, MeetingClosed) as error:
        return _checked(meeting, error)
    return redirect(url_for("meetings.votes", meeting=meeting))


@blueprint.post("/meetings/<meeting>/confirm")
@reach(*HOLDERS)
@proven
def confirmed(meeting: str) -> ResponseReturnValue:
    """Confirm with the own log-in; the same again completes what a crash left."""
    seen = number_of(request.form.get("version", "")) or 0
    try:
        done = confirm_meeting(present(), ConfirmMeeting(meeting=meeting, seen_version=seen))
    except (BadInput, StaleMeeting, MeetingClosed) as error:
        return _checked(meeting, error)
    count = sum(one.state == "recorded" for one in done.items)
    refused = sum(one.state == "refused" for one in done.items)
    flash(_("Confirmed. %(n)s decisions are on record.", n=count), "ok")
    if refused:
        flash(_("%(n)s were refused by a rule; the reasons stand below.", n=refused), "bad")
    return redirect(url_for("meetings.check", meeting=meeting))


def _vote_of(sitting: SittingRow, item: str, seen: int) -> SaveVote:
    entries = request.form
    common = {"meeting": sitting.id, "item": item, "seen_version": seen}
    if sitting.ballot == NAMED and not sitting.is_general:
        seats = [one.number for one in sitting.seats if entries.get(f"vote{one.number}")]
        votes = {seat: entries[f"vote{seat}"] for seat in seats}
        return SaveVote(**common, votes=votes, is_all_for="all_for" in entries)  # type: ignore[arg-type]
    read = {name: number_of(entries.get(name, "")) for name in asked_counts(sitting)}
    counts = {name: number for name, number in read.items() if number is not None}
    return SaveVote(**common, counts=counts)  # type: ignore[arg-type]


def _not_saved(context: Context, meeting: str, item: str, error: RecordError) -> str:
    """The page again with every entry, and the reason in the row."""
    view = meeting_view(context, meeting)
    return shown_votes(view, entered=Entered(item, request.form.to_dict(), _message(view, item, error)))


def _message(view: MeetingView, item: str, error: RecordError) -> str:
    if isinstance(error, BadInput):
        said = (" " if language() == "en" else "").join(one.message(language()) for one in error.problems)
        return _("Not saved. %(why)s", why=said)
    if isinstance(error, Refused):
        why = [finding_sentence(one, language()) for one in error.findings if one.is_blocking]
        return _("Not saved. %(why)s", why=(" " if language() == "en" else "").join(why))
    if isinstance(error, StaleMeeting):
        return f"{error.message(language())} {_saved_by_another(view, item)}".strip()
    if isinstance(error, Unavailable):
        return _("Not saved; press once more.")
    return _("Not saved. %(why)s", why=error.message(language()))


def _saved_by_another(view: MeetingView, item: str) -> str:
    """刘敏 10:02 已经记了：赞成 7，弃权 1."""
    found = view.sitting.item(item)
    count = count_of(view.sitting, found)
    if found.saved_at is None:
        return ""
    return _(
        "%(name)s saved at %(time)s: %(what)s.",
        name=view.users.get(found.saved_by or "", ""), time=dates.clock_time(found.saved_at),
        what=clauses(count_lines(count)) if count else _("deferred or taken up again"),
    )  # fmt: skip


def _checked(meeting: str, error: RecordError) -> tuple[str, int]:
    said = error.message(language())
    if isinstance(error, BadInput):
        said = " ".join(one.message(language()) for one in error.problems)
    shown = check_page(meeting_view(present(), meeting), problem=said)
    return render_template("meeting_check.html", page=shown), code_of(error)
