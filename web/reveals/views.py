"""The answers that show what is sealed: once, to a form with a reason, kept by no cache."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from recruit.commands.reveals import REVEALERS, Hidden, Reveal, RevealContents, reveal, reveal_contents
from recruit.errors import BadInput, KeysMissing, problem
from recruit.queries.dossiers import DossierView, dossier_view
from recruit.queries.history import Entry, history
from web import dates
from web.access import reach
from web.errors import error_page
from web.language import language
from web.people import names_of
from web.proof import proven
from web.reveals.forms import kept_name, reason_name
from web.sayings import correction_title, replacement_lines, written_lines
from web.visitors import present, visitor

blueprint = Blueprint("reveals", __name__)

_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Shown:
    title: str
    day: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """`noted`: who saw it, when and why, as the log has it; empty where nothing was there to be seen."""

    title: str
    name: str
    roll: str
    noted: str
    shown: list[Shown]
    dossier_href: str
    history_href: str


@blueprint.post("/dossiers/<dossier>/reveal")
@reach(*REVEALERS)
@proven
def value(dossier: str) -> ResponseReturnValue:
    """Number, telephone or day of birth of one person."""
    context, what, reason = present(), request.form.get("what", ""), request.form.get("reason", "")
    try:
        clear = reveal(context, Reveal(dossier=dossier, what=cast("Hidden", what), reason=reason))
    except BadInput:
        return _not_chosen()
    except KeysMissing:
        clear = _("It cannot be opened any more: its key has been destroyed.")
    if clear and what == "born":
        clear = dates.long_day(date.fromisoformat(clear), language())
    shown = Shown(kept_name(what), "", (clear or _("Nothing is on record."),))
    return _answer(dossier_view(context, dossier), kept_name(what), reason, [shown])


@blueprint.post("/dossiers/<dossier>/contents")
@reach(*REVEALERS)
@proven
def contents(dossier: str) -> ResponseReturnValue:
    """What was written with the acts that are named, or with all of them."""
    context, reason = present(), request.form.get("reason", "")
    try:
        wanted = RevealContents(dossier=dossier, reason=reason, acts=_numbers(request.form.getlist("act")))
        opened = reveal_contents(context, wanted)
    except BadInput:
        return _not_chosen()
    view = dossier_view(context, dossier)
    people = names_of(context, dossier)
    shown = [
        _shown(entry, opened[entry.seq], view, people)
        for entry in history(context, dossier, attempts=False)
        if entry.seq is not None and entry.seq in opened
    ]
    return _answer(view, _("What was written"), reason, shown)


def _numbers(texts: list[str]) -> tuple[int, ...]:
    """Unreadable numbers are refused: leaving them out would ask for everything."""
    for text in texts:
        if not text.isdecimal() or len(text) > _DIGITS:
            raise BadInput(problem("act", "not_a_number", value=text[:40]))
    return tuple(int(text) for text in texts)


def _not_chosen() -> ResponseReturnValue:
    return error_page(
        400, _("Say what you want to see and choose a reason from the list. Nothing was shown.")
    )


def _shown(
    entry: Entry, content: Mapping[str, object], view: DossierView, people: Mapping[str, str]
) -> Shown:
    assert entry.act is not None
    lines = written_lines(entry.act, content) + replacement_lines(entry, content, people)
    return Shown(correction_title(entry.act, view.ground), dates.long_day(entry.on, language()), tuple(lines))


def _answer(view: DossierView, what: str, reason: str, shown: list[Shown]) -> str:
    context, seen = present(), visitor()
    assert seen is not None
    noted = _(
        "This reading is on record: %(name)s, %(day)s %(time)s, reason: %(reason)s.",
        name=seen.name, day=dates.long_day(context.on, language()), time=dates.clock_time(context.now),
        reason=reason_name(reason),
    )  # fmt: skip
    page = Page(
        title=_("%(name)s: %(what)s", name=view.row.name, what=what),
        name=view.row.name,
        roll=seen.roll_name,
        noted=noted if shown else "",
        shown=shown,
        dossier_href=url_for("dossiers.page", dossier=view.row.id),
        history_href=url_for("history.page", dossier=view.row.id),
    )
    return render_template("shown.html", page=page)
