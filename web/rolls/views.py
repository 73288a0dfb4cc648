"""The rolls within reach, one roll and its paper, entering members, and one member's stay."""

from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from recruit.commands.enrolling import MoveMember, confirm_full, enrol, move_member
from recruit.commands.reading import read_day
from recruit.commands.rolls import AddPenalty, add_penalty, end_membership
from recruit.context import READING_ROLES
from recruit.errors import BadInput, NotAllowed
from recruit.queries.rolls import RollView, roll_row, roll_view, rolls
from web.access import reach
from web.language import language
from web.rolls.member import member_page
from web.rolls.page import listed, may_keep, roll_page
from web.rolls.paper import paper_of
from web.rolls.paste import checked, enrolment, line_of, read_lines
from web.visitors import now, present

blueprint = Blueprint("rolls", __name__)
READERS = tuple(sorted(READING_ROLES))
_SINGLE = ("name", "sex", "born", "since", "full_since")


@blueprint.get("/rolls")
@reach(*READERS)
def every() -> ResponseReturnValue:
    """The branches within reach; whoever has one branch only is shown its roll."""
    found = rolls(present())
    if len(found) == 1:
        return redirect(url_for("rolls.roll", organization=found[0].id))
    return render_template("rolls.html", rows=listed(found))


@blueprint.get("/rolls/<organization>")
@reach(*READERS)
def roll(organization: str) -> ResponseReturnValue:
    """Who is on it today, with vote and penalties, and who was."""
    context = present()
    return render_template("roll.html", page=roll_page(context, roll_view(context, organization)))


@blueprint.get("/rolls/<organization>/paper")
@reach(*READERS)
def paper(organization: str) -> ResponseReturnValue:
    """A4 across, each sheet with heading, number, day, printer and a line to sign on."""
    context = present()
    found = paper_of(context, roll_view(context, organization), now())
    return render_template("roll_paper.html", paper=found)


@blueprint.get("/rolls/<organization>/add")
@reach(*READERS)
def form(organization: str) -> ResponseReturnValue:
    """One person, or lines copied from a list."""
    view = _kept(organization)
    return render_template("roll_add.html", view=view, text="", lines=(), entries=request.args)


@blueprint.post("/rolls/<organization>/add")
@reach(*READERS)
def add(organization: str) -> ResponseReturnValue:
    """First looked at line by line (`step` check), then entered, all or none."""
    view, context = _kept(organization), present()
    text = request.form.get("lines", "")
    if not text.strip():
        text = line_of([request.form.get(field, "") for field in _SINGLE])
    lines = checked(context, organization, read_lines(text))
    is_sound = bool(lines) and not any(line.problems for line in lines)
    if request.form.get("step") != "enter" or not is_sound:
        page = render_template(
            "roll_add.html", view=view, text=text, lines=lines, is_sound=is_sound, entries=request.form
        )
        return page, 200 if is_sound else 400
    entered = enrol(context, enrolment(organization, lines))
    flash(ngettext("%(num)s person is on the roll.", "%(num)s persons are on the roll.", len(entered)), "ok")
    return redirect(url_for("rolls.roll", organization=organization))


@blueprint.get("/rolls/members/<membership>")
@reach(*READERS)
def member(membership: str) -> ResponseReturnValue:
    """One stay on a roll: days, penalties, and what may be recorded of it."""
    return _member(membership, "")


@blueprint.post("/rolls/members/<membership>")
@reach(*READERS)
def change(membership: str) -> ResponseReturnValue:
    """As the button says: a penalty, full membership, a move, or the end."""
    context = present()
    view, row = roll_row(context, membership)
    done = request.form.get("do", "")
    try:
        match done:
            case "penalty":
                restored = request.form.get("restored_on", "").strip()
                add_penalty(
                    context,
                    AddPenalty(
                        person=row.person,
                        kind=request.form.get("penalty", ""),
                        on=_day("on"),
                        until=read_day(restored, field="restored_on") if restored else None,
                    ),
                )
            case "full":
                confirm_full(context, membership, full_since=_day("full_since"))
            case "move":
                to = request.form.get("to_branch", "")
                move_member(context, MoveMember(membership=membership, to_branch=to, on=_day("until_on")))
            case _:
                end_membership(
                    context, membership, until=_day("until_on"), why=request.form.get("ended_by", "")
                )
    except BadInput as error:
        return _member(membership, error.message(language())), 400
    flash(_("Recorded."), "ok")
    return redirect(url_for("rolls.roll", organization=view.place.id))


def _day(field: str) -> date:
    """Raises `BadInput`."""
    return read_day(request.form.get(field, ""), field=field)


def _member(membership: str, problem: str) -> str:
    context = present()
    view, row = roll_row(context, membership)
    return render_template("roll_member.html", page=member_page(context, view, row), problem=problem)


def _kept(organization: str) -> RollView:
    """Raises `NotAllowed` for whoever only reads this roll."""
    context = present()
    view = roll_view(context, organization)
    if not may_keep(context, view.place.path):
        raise NotAllowed(what=_("Branch roll"), needed=_("Branch secretary, organizer"))
    return view
