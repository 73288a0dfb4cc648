"""Which notices hang, which come, and which wait for their result; drafting, evidence and closing of one."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from recruit.commands.acts import Recorded
from recruit.commands.files import KeepFile, keep_file
from recruit.commands.notices import CloseNotice, close_notice, hang_notice
from recruit.commands.postings import AddPhoto, AddRemark, add_photo, add_remark
from recruit.commands.reading import read_day
from recruit.context import BUSINESS_ROLES, READING_ROLES
from recruit.errors import BadInput, NotAllowed, problem
from recruit.files.kinds import MOST_BYTES
from recruit.queries.notices import hung_notice, notices, paper_of
from recruit.queries.postable import draft_of
from recruit.queries.postings import photo_counts
from web.access import reach
from web.auth.views import apply_switch
from web.files.sizes import takes_files
from web.language import language
from web.notices.closing import closing_page
from web.notices.draft import (
    chosen,
    draft_page,
    entries_again,
    first_entries,
    outcomes,
    purposes_of,
    read_draft,
    said,
)
from web.notices.page import notices_page, photo_line, seen_by_whom, use_of
from web.notices.wall import closed_page, wall_page
from web.public.page import notice_page, title_of
from web.visitors import COMMITTEE, RECORDERS, counter, present, visitor

blueprint = Blueprint("notices", __name__)
POSTERS = ("branch_secretary", "branch_clerk", "organizer", "committee_secretary")


@blueprint.get("/notices")
@reach(*READING_ROLES)
def hanging() -> ResponseReturnValue:
    """Each with whom the visitor reaches; a notice whose results are all on record is not among them."""
    context = present()
    found = notices(context)
    photos = photo_counts(context, [one.id for one in found])
    new = url_for("notices.new") if purposes_of(context.actor.roles()) else ""
    return render_template("notices.html", page=notices_page(context, found, photos, new_href=new))


@blueprint.get("/notices/new")
@reach(*POSTERS)
def new() -> ResponseReturnValue:
    """The draft: from today, for as many days as are asked for; `again`: a paper that hangs anew."""
    context, purposes = present(), _purposes()
    if request.args.get("again"):
        entries = entries_again(context, hung_notice(context, request.args["again"]), context.on)
    else:
        entries = first_entries(context, purposes, MultiDict(request.args))
    return _drafted(entries)


@blueprint.post("/notices/new")
@reach(*POSTERS)
def post() -> ResponseReturnValue:
    """`step`: look who is ready, see the paper, go back to the draft, or post it."""
    context, entries = present(), MultiDict(request.form)
    if "switch" in entries:
        apply_switch(entries["switch"])
    step = entries.get("step", "")
    if step not in {"preview", "post"}:
        return _drafted(entries)
    try:
        drafted = read_draft(context, entries, _purposes())
        people = chosen(entries)
    except BadInput as refused:
        return _drafted(entries, refused), 400
    paper = draft_of(context, drafted, tuple(people), place=drafted.places[0])
    if step == "preview":
        page = notice_page(paper, context.on, counter().config)
        kept = [(name, value) for name in entries if name not in {"csrf_token", "step", "switch"}
                for value in entries.getlist(name)]  # fmt: skip
        return render_template("notice_preview.html", page=page, kept=kept, count=len(people),
                               places=len(drafted.places), switch_form="post-form")  # fmt: skip
    names = {one.dossier: one.name for one in draft_page(context, entries, _purposes()).everybody}
    hung = hang_notice(context, drafted, dossiers=people, key=entries.get("key", ""))
    return render_template("notice_done.html", title=title_of(drafted.purpose), lines=outcomes(hung, names))


@blueprint.get("/notices/<notice>")
@reach(*READING_ROLES)
def paper(notice: str) -> ResponseReturnValue:
    """The paper on any day, to be printed before it hangs; whoever is out of reach is left out."""
    context = present()
    found = paper_of(context, notice)
    page = notice_page(found, context.on, counter().config)
    seen_by = seen_by_whom(found, context.on)
    return render_template("hung.html", page=page, seen_by=seen_by, use=use_of(found))


@blueprint.get("/notices/<notice>/wall")
@reach(*READING_ROLES)
def wall(notice: str) -> ResponseReturnValue:
    """Photos and remarks of one that has no result yet."""
    return _wall(notice)


@blueprint.post("/notices/<notice>/photos")
@reach(*BUSINESS_ROLES)
@takes_files
def photograph(notice: str) -> ResponseReturnValue:
    """One photo or several of one day."""
    context = present()
    try:
        on = read_day(request.form.get("on", ""))
        for name, data in _sent():
            new = KeepFile(owner_kind="notice", owner=notice, name=name, data=data)
            add_photo(context, AddPhoto(notice=notice, file=keep_file(context, new).id, on=on))
    except BadInput as refused:
        return _wall(notice, refused), 400
    flash(_("The photo is kept."), "ok")
    return redirect(url_for("notices.wall", notice=notice))


@blueprint.post("/notices/<notice>/remarks")
@reach(*BUSINESS_ROLES)
def remark(notice: str) -> ResponseReturnValue:
    """That it was torn down, or hung late."""
    try:
        on = read_day(request.form.get("seen_on", ""), field="seen_on")
        what, note = request.form.get("what", ""), request.form.get("note", "")
        add_remark(present(), AddRemark(notice=notice, what=what, on=on, note=note))
    except BadInput as refused:
        return _wall(notice, refused), 400
    flash(_("Kept. See below what to do now."), "ok")
    return redirect(url_for("notices.wall", notice=notice, _anchor="seen"))


@blueprint.get("/notices/<notice>/close")
@reach(*RECORDERS)
def closing(notice: str) -> ResponseReturnValue:
    """Everybody on it, each with what keeps the result back."""
    return _closing(notice)


@blueprint.post("/notices/<notice>/close")
@reach(*RECORDERS)
def close(notice: str) -> ResponseReturnValue:
    """An act for each who was chosen; one that is refused keeps back nobody else."""
    context, entries = present(), MultiDict(request.form)
    hung = hung_notice(context, notice)
    try:
        people = chosen(entries)
    except BadInput as refused:
        return _closing(notice, refused.message(language())), 400
    details = {"result": entries.get("result", "")}
    command = CloseNotice(
        purpose=hung.purpose, on=context.on, dossiers=people, key=entries.get("key", ""), details=details
    )
    items = close_notice(context, command)
    names = {one.dossier: one.name for one in hung.people}
    for item in items:
        text, css = said(item.outcome)
        flash(_("%(name)s: %(text)s", name=names.get(item.dossier, "–"), text=text), css)
    is_done = all(isinstance(item.outcome, Recorded) for item in items)
    return redirect(url_for("notices.hanging") if is_done else url_for("notices.closing", notice=notice))


def _sent() -> list[tuple[str, bytes]]:
    """Raises `BadInput` where no file was chosen."""
    found = []
    for one in request.files.getlist("upload"):
        if one.filename:
            found.append((one.filename, one.stream.read(MOST_BYTES + 1)))
            one.close()
    if not found:
        raise BadInput(problem("file", "missing"))
    return found


def _purposes() -> tuple[str, ...]:
    """Raises `NotAllowed` for a role that posts nothing."""
    found = purposes_of(present().actor.roles())
    if not found:
        raise NotAllowed(what="notice_posted", needed="branch_secretary, organizer")
    return found


def _drafted(entries: MultiDict[str, str], refused: BadInput | None = None) -> str:
    page = draft_page(present(), entries, _purposes(), refused)
    return render_template("notice_new.html", page=page, switch_form="draft-form")


def _wall(notice: str, refused: BadInput | None = None) -> str:
    context = present()
    may_add = bool(context.actor.roles() & BUSINESS_ROLES)
    hung = next((one for one in notices(context) if one.id == notice), None)
    page = wall_page(context, hung, may_add=may_add) if hung else closed_page(context, notice)
    text = refused.message(language()) if refused else ""
    return render_template("notice_wall.html", page=page, problem=text)


def _closing(notice: str, text: str = "") -> str:
    context, seen = present(), visitor()
    assert seen is not None
    hung = hung_notice(context, notice)
    photos = photo_counts(context, [notice]).get(notice, 0)
    missing = photo_line(photos, has_begun=True)
    page = closing_page(hung, sees=bool(seen.roles & COMMITTEE), photo=missing, problem=text)
    return render_template("notice_close.html", page=page)
