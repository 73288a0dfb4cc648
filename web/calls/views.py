"""A sheet to print and to ring by; a call is recorded beside the line that it was about."""

from dataclasses import dataclass
from itertools import groupby

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from recruit.commands.calls import ANSWERED, NO_ANSWER, RecordCall, record_call
from recruit.errors import BadInput
from recruit.queries.calls import BRANCH, OFFICE, Call, Rang, call_sheet
from web import dates
from web.access import reach
from web.deadlines.when import level_of
from web.duties.names import title_of
from web.language import language
from web.visitors import present, today, visitor
from web.words import edition_of_today, joined, word

blueprint = Blueprint("calls", __name__)
CALLERS = (*OFFICE, *BRANCH)


@dataclass(frozen=True, slots=True)
class Line:
    """`who_rang` and `answered` empty: blank for the pen."""

    reminder: str
    whom: str
    whom_name: str
    what: str
    pass_on: str
    due: str
    level: str
    who_rang: str
    answered: str


@dataclass(frozen=True, slots=True)
class Sheet:
    branch: str
    lines: tuple[Line, ...]


@blueprint.get("/calls")
@reach(*CALLERS)
def sheet() -> ResponseReturnValue:
    """By branch; for a branch's own people the list of those whom they are to tell."""
    calls = call_sheet(present())
    sheets = [
        Sheet(branch, tuple(_line(one) for one in group))
        for branch, group in groupby(calls, key=lambda one: one.branch_name)
    ]
    seen = visitor()
    is_office = seen is not None and bool(seen.roles & set(OFFICE))
    day = dates.long_day(today(), language())
    return render_template("calls.html", sheets=sheets, is_office=is_office, day=day)


@blueprint.post("/calls/<reminder>")
@reach(*CALLERS)
def rang(reminder: str) -> ResponseReturnValue:
    """One call, answered or not."""
    result = request.form.get("result", "")
    if result not in {ANSWERED, NO_ANSWER}:
        flash(_("Say whether the call was answered. Nothing was recorded."), "bad")
        return redirect(url_for("calls.sheet"))
    call = RecordCall(reminder=reminder, whom=request.form.get("whom", ""), answered=result == ANSWERED)
    try:
        record_call(present(), call)
    except BadInput as error:
        flash(error.message(language()), "bad")
        return redirect(url_for("calls.sheet"))
    flash(_("The call is recorded."), "ok")
    return redirect(url_for("calls.sheet"))


def _line(one: Call) -> Line:
    last = one.calls[-1] if one.calls else None
    return Line(
        reminder=one.reminder,
        whom=one.whom,
        whom_name=one.whom_name or _("Secretary, no log-in"),
        what=_what(one),
        pass_on=_("Please tell: %(names)s", names=joined(one.pass_on)) if one.pass_on else "",
        due=dates.list_day(one.due, today(), language()),
        level=level_of(one.due, today()),
        who_rang=_who(last),
        answered=_answered(one),
    )


def _what(one: Call) -> str:
    if one.name is None:
        return title_of(one.kind, one.deadline, one.key, one.milestone)
    return _("%(name)s: %(act)s", name=one.name, act=word("deadline", one.deadline, edition_of_today()))


def _who(last: Rang | None) -> str:
    if last is None:
        return ""
    moment = dates.local(last.at)
    day = dates.month_day(moment.date(), language())
    return _("%(name)s, %(day)s %(time)s", name=last.by, day=day, time=dates.clock_time(last.at))


def _answered(one: Call) -> str:
    if not one.calls:
        return ""
    if one.calls[-1].answered:
        return _("answered")
    return _("no answer, %(n)s times", n=len(one.calls))
