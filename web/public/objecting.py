"""Giving an opinion on a notice that hangs, and looking up by the receipt what came of it."""

from flask import Blueprint, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import refresh

from recruit.commands.enclosures import PHOTOS
from recruit.commands.submissions import HandIn, Receipt, hand_in
from recruit.errors import BadInput, KeyReused, NotFound, problem
from recruit.files.kinds import MOST_PHOTOS
from recruit.limits import allowed, used_up
from recruit.queries.noticed import noticed
from recruit.queries.submissions import receipt_view
from recruit.submissions import grouped, read_code
from web.access import PUBLIC, reach
from web.files.sent import sent_files
from web.files.sizes import takes_files_of_anybody
from web.language import ask_for, is_big
from web.limits import count_use, counted_first, ensure_left, from_where
from web.public.form import form_of, given_of, here, opinion_of, state_of
from web.public.page import switches
from web.visitors import counter, now, open_record, today

BIG = "big"


def serve(blueprint: Blueprint) -> None:
    """Add these pages to the public room."""
    blueprint.get("/public/notices/<code>/objection")(form)
    blueprint.post("/public/notices/<code>/objection")(send)
    blueprint.get("/public/objections")(receipts)
    blueprint.get("/public/objections/<receipt>")(receipt)


@reach(PUBLIC)
def form(code: str) -> ResponseReturnValue:
    """The first page of the public room that gives a cookie: its form has a token."""
    try:
        found = noticed(open_record(), code, on=today())
    except NotFound:
        return nothing()
    return _form(form_of(found, code))


@reach(PUBLIC)
@counted_first("objection")
@takes_files_of_anybody
def send(code: str) -> ResponseReturnValue:
    """Refused before anything is read where too much comes; else the receipt, or the form again."""
    entries, photos = request.form, sent_files(PHOTOS, most=MOST_PHOTOS)
    try:
        found = noticed(open_record(), code, on=today())
    except NotFound:
        return nothing()
    if "switch" in entries:
        _switch(entries["switch"])
        return _form(form_of(found, code, entries, had_photos=bool(photos)))
    count_use("objection_notice", code)
    try:
        given = _hand_in(opinion_of(code, entries, photos))
    except BadInput as error:
        return _form(form_of(found, code, entries, error=error, had_photos=bool(photos))), 400
    except KeyReused:
        text = _("This form was sent before. To add something, change it and send it once more.")
        return _form(form_of(found, code, entries, had_photos=bool(photos)), text), 422
    page = given_of(given, counter().config.base_url)
    return render_template("receipt.html", page=page, switches=[])


@reach(PUBLIC)
def receipts() -> ResponseReturnValue:
    """Where the code is typed; with one, on to its own address."""
    code = read_code(request.args.get("receipt", ""))
    if code:
        return redirect(url_for("public.receipt", receipt=grouped(code), **here()))
    return render_template("receipts.html", switches=switches(), missing=False, kept=here())


@reach(PUBLIC)
def receipt(receipt: str) -> ResponseReturnValue:
    """What came of it, in plain words; wrong codes are counted, right ones are not."""
    ensure_left("receipt", from_where())
    try:
        found = receipt_view(open_record(), receipt)
    except NotFound:
        count_use("receipt", from_where())
        page = render_template("receipts.html", switches=switches(), missing=True, kept=here())
        return make_response(page, 404)
    return render_template("receipt_state.html", page=state_of(found), switches=switches())


def nothing() -> ResponseReturnValue:
    """Before the first day, after the last and where there is none: one and the same page."""
    return make_response(render_template("public_nothing.html", switches=switches()), 404)


def _hand_in(opinion: HandIn) -> Receipt:
    """Photos have a limit of their own for each sender; what is refused is not counted."""
    if opinion.photos and used_up(open_record(), "photos", from_where(), now()):
        raise BadInput(problem(PHOTOS, "photos_full"))
    given = hand_in(open_record(), opinion, now=now())
    if opinion.photos:
        allowed(open_record(), "photos", from_where(), now())
    return given


def _form(page: object, problem: str = "") -> str:
    return render_template(
        "objection.html", page=page, problem=problem, switches=switches(), switch_form="objection"
    )


def _switch(wanted: str) -> None:
    """The other language or size, with every entry kept; the next address says it, no cookie."""
    if wanted == BIG:
        was_big = is_big()
        g.pop("big", None)
        ask_for(None, big=not was_big)
    else:
        ask_for(wanted, big=False)
        g.kept_language = True
    refresh()
