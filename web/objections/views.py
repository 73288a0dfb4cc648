"""The office's register: read, take up, set aside, answer, and enter what came by letter or telephone."""

from typing import cast

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from recruit.commands.enclosures import SCANS
from recruit.commands.handling import (
    Part,
    ReadSubmission,
    TakeUp,
    answer_submission,
    read_enclosed,
    read_submission,
    set_aside,
    take_up,
)
from recruit.commands.submissions import EnterLetter, enter_letter
from recruit.errors import BadInput, KeyReused, KeysMissing
from recruit.files.kinds import MOST_SCANS
from recruit.queries.submissions import find_submission, submissions
from recruit.submissions import OFFICE
from web import dates
from web.access import reach
from web.errors import error_page
from web.files.download import attachment
from web.files.sent import sent_files
from web.files.sizes import takes_files
from web.headers import WITH_PICTURES
from web.language import language
from web.objections.files import enclosed_of
from web.objections.letter import letter_page
from web.objections.page import list_sections, page_of, read_of, reason_word
from web.visitors import open_record, present, visitor

blueprint = Blueprint("objections", __name__)


@blueprint.get("/objections")
@reach(*OFFICE)
def listed() -> ResponseReturnValue:
    """What nobody has looked at first, then what is open by its day, then what is done."""
    context = present()
    return render_template("objections.html", sections=list_sections(context, submissions(context)))


@blueprint.get("/objections/<submission>")
@reach(*OFFICE)
def entry(submission: str) -> ResponseReturnValue:
    """One of them; nothing that is sealed is opened by looking at this page."""
    context = present()
    return render_template(
        "objection_entry.html", page=page_of(context, find_submission(context, submission))
    )


@blueprint.post("/objections/<submission>/read")
@reach(*OFFICE)
def read(submission: str) -> ResponseReturnValue:
    """Text and persons, or whoever wrote: shown once, put on record before."""
    context, part, reason = present(), request.form.get("part", ""), request.form.get("reason", "")
    try:
        opened = read_submission(
            context, ReadSubmission(submission=submission, part=cast("Part", part), reason=reason)
        )
    except BadInput:
        return error_page(
            400, _("Say what you want to see and choose a reason from the list. Nothing was shown.")
        )
    page = page_of(context, find_submission(context, submission))
    files = enclosed_of(open_record(), opened.files)
    read = read_of(page, opened, files, _noted(reason), part=part, reason=reason)
    answer = make_response(render_template("objection_read.html", read=read))
    answer.headers["Content-Security-Policy"] = WITH_PICTURES
    return answer


@blueprint.post("/objections/<submission>/files/<file>")
@reach(*OFFICE)
def enclosed(submission: str, file: str) -> ResponseReturnValue:
    """A photo or scan as it is kept, with the reason for which the text was read."""
    try:
        opened = read_enclosed(present(), submission, file, reason=request.form.get("reason", ""))
    except KeysMissing:
        return error_page(404, _("The file is not where it should be. Tell the administrator."))
    return attachment(opened)


@blueprint.post("/objections/<submission>/take-up")
@reach(*OFFICE)
def take(submission: str) -> ResponseReturnValue:
    """An objection in the dossier of each person that is ticked."""
    done = take_up(present(), TakeUp(submission=submission, dossiers=tuple(request.form.getlist("persons"))))
    count = len(done.dossiers)
    flash(
        ngettext(
            "Taken up: it stands in %(num)s dossier and holds its next step until it is concluded.",
            "Taken up: it stands in %(num)s dossiers and holds their next steps until it is concluded.",
            count,
        ),
        "ok",
    )
    if done.left_out:
        flash(
            ngettext(
                "%(num)s person was left out: the dossier has ended or moved.",
                "%(num)s persons were left out: their dossiers have ended or moved.",
                len(done.left_out),
            ),
            "info",
        )
    return redirect(url_for("objections.entry", submission=submission))


@blueprint.post("/objections/<submission>/set-aside")
@reach(*OFFICE)
def aside(submission: str) -> ResponseReturnValue:
    """It holds nobody and is kept."""
    set_aside(present(), submission, reason=request.form.get("reason", ""))
    flash(_("Set aside. It is kept, and holds nobody."), "ok")
    return redirect(url_for("objections.entry", submission=submission))


@blueprint.post("/objections/<submission>/answer")
@reach(*OFFICE)
def answer(submission: str) -> ResponseReturnValue:
    """What the look-up code shows."""
    answer_submission(present(), submission, text=request.form.get("answer", ""))
    flash(_("Kept. Whoever has the look-up code can read it."), "ok")
    return redirect(url_for("objections.entry", submission=submission))


@blueprint.get("/objections/new")
@reach(*OFFICE)
def new() -> ResponseReturnValue:
    """The form for what came by letter, telephone or in person."""
    return render_template("objection_new.html", page=letter_page(present(), request.args))


@blueprint.post("/objections/new")
@reach(*OFFICE)
@takes_files
def enter() -> ResponseReturnValue:
    """Enter it, or show the form again with every entry; `find` looks for more people."""
    entries, scans = request.form, sent_files(SCANS, most=MOST_SCANS)
    if "find" in entries:
        page = letter_page(present(), entries, had_scans=bool(scans))
        return render_template("objection_new.html", page=page)
    contact = {"name": entries.get("name", "").strip(), "reach": entries.get("contact", "").strip()}
    letter = EnterLetter(
        persons=tuple(dict.fromkeys(entries.getlist("persons"))),
        channel=entries.get("channel", ""),
        received_on=entries.get("received_on", ""),
        text=entries.get("text", ""),
        key=entries.get("key", ""),
        contact=contact if any(contact.values()) else None,
        scans=scans,
    )
    try:
        submission = enter_letter(present(), letter)
    except BadInput as error:
        page = letter_page(present(), entries, error=error, had_scans=bool(scans))
        return render_template("objection_new.html", page=page), 400
    except KeyReused as error:
        return error_page(422, error.message(language()))
    flash(_("Entered. Look at it now, and take it up or set it aside."), "ok")
    return redirect(url_for("objections.entry", submission=submission))


def _noted(reason: str) -> str:
    context, seen = present(), visitor()
    assert seen is not None
    return _(
        "This reading is on record: %(name)s, %(day)s %(time)s, reason: %(reason)s.",
        name=seen.name, day=dates.long_day(context.on, language()), time=dates.clock_time(context.now),
        reason=reason_word(reason),
    )  # fmt: skip
