"""One more person on the agenda of a meeting that is under way."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from recruit.commands.agenda import add_item
from recruit.context import Context
from recruit.errors import BadInput, MeetingClosed, NotAllowed, StaleMeeting
from recruit.queries.agendas import candidates
from recruit.queries.meetings import MeetingView, meeting_view
from web.access import reach
from web.language import language
from web.meetings.head import Head, head_of
from web.meetings.listed import INSTEAD_OF, MONTHS, Offer, Sent, item_of, offer_of
from web.meetings.names import OPENERS
from web.meetings.views import blueprint, code_of, number_of
from web.visitors import present


@dataclass(frozen=True, slots=True)
class AddPage:
    """`instead`: what a general meeting may decide on somebody in probation although nobody waits for it."""

    id: str
    version: int
    head: Head
    offers: list[Offer]
    instead: list[Offer]
    problem: str
    months: tuple[str, ...] = MONTHS


@blueprint.get("/meetings/<meeting>/agenda/add")
@reach(*OPENERS)
def add(meeting: str) -> ResponseReturnValue:
    """Who else waits for this body; a meeting that was handed over goes to its own step."""
    context = present()
    view = _kept(context, meeting)
    if view.sitting.state != "open":
        return redirect(url_for("meetings.page", meeting=meeting))
    return _page(context, view)


@blueprint.post("/meetings/<meeting>/agenda/add")
@reach(*OPENERS)
def added(meeting: str) -> ResponseReturnValue:
    """Put the one who was chosen on the agenda; nothing is voted on by it."""
    context, entries = present(), request.form
    view = _kept(context, meeting)
    wanted = entries.get("item", "")
    if not wanted:
        return _page(context, view, _("Choose somebody.")), 400
    months = {name: value for name, value in entries.items() if name.startswith("months.")}
    try:
        add_item(
            context, meeting, item_of(wanted, months), seen_version=number_of(entries.get("version", "")) or 0
        )
    except (BadInput, StaleMeeting, MeetingClosed) as error:
        problem = error.message(language())
        return _page(context, meeting_view(context, meeting), problem), code_of(error)
    flash(_("On the agenda now."), "ok")
    return redirect(url_for("meetings.attendance", meeting=meeting, _anchor="agenda"))


def _kept(context: Context, meeting: str) -> MeetingView:
    view = meeting_view(context, meeting)
    if not view.may_keep:
        raise NotAllowed(what="hold_meeting", needed=", ".join(OPENERS))
    return view


def _page(context: Context, view: MeetingView, problem: str = "") -> str:
    """What was chosen stays chosen where it was not saved."""
    sitting, entries = view.sitting, request.form
    listed = {one.dossier for one in sitting.items}
    found = [
        one
        for one in candidates(context, sitting.kind, sitting.place.id, sitting.on)
        if one.row.id not in listed
    ]
    sent = Sent(
        on=sitting.on, time="", where="", ballot="", items=frozenset(entries.getlist("item")),
        seats=frozenset(), months=entries.to_dict(),
    )  # fmt: skip
    offers = [(one, offer_of(one, sitting.on, sent)) for one in found]
    shown = AddPage(
        id=sitting.id,
        version=sitting.version,
        head=head_of(view, "attendance"),
        offers=[offer for one, offer in offers if one.name not in INSTEAD_OF],
        instead=[offer for one, offer in offers if one.name in INSTEAD_OF],
        problem=problem,
    )
    return render_template("meeting_add.html", page=shown)
