"""The year's duties and milestones, one of them with its form, and why it falls on its day."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from recruit.commands.duties import (
    CORRECTIONS,
    LONGEST_PAPER,
    CorrectDuty,
    RecordDuty,
    correct_duty,
    record_duty,
)
from recruit.errors import BadInput, problem
from recruit.queries.calls import BRANCH, OFFICE
from recruit.queries.obligations import ObligationRow, concerned_people, find_obligation
from recruit.queries.rows import DossierRow
from web import dates
from web.access import reach
from web.deadlines.when import level_of, when
from web.duties.names import OWING, provisional_note, row_title, state_of, why_href_of
from web.duties.page import duties_page
from web.duties.why import why_page
from web.language import language
from web.visitors import RECORDERS, present, today, visitor
from web.words import clauses, edition_of_today, sentence, word

blueprint = Blueprint("duties", __name__)
_YEARS = range(1990, 2100)


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    text: str


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    about: str
    href: str


@dataclass(frozen=True, slots=True)
class One:
    """`day` and `paper`: as they stand, or as they were just sent."""

    title: str
    about: str
    state: str
    level: str
    year: int
    why_href: str
    record_href: str
    correct_href: str
    reasons: tuple[Choice, ...]
    day: str
    paper: str
    provisional: str
    people: tuple[Person, ...] = ()
    problem: str = ""
    longest: int = LONGEST_PAPER


@blueprint.get("/duties")
@reach(*OWING)
def listed() -> ResponseReturnValue:
    """Of one year, this one unless another is asked for."""
    year = request.args.get("year", type=int) or today().year
    if year not in _YEARS:
        abort(404)
    page = duties_page(present(), year)
    seen = visitor()
    page.may_call = seen is not None and bool(seen.roles & {*OFFICE, *BRANCH})
    return render_template("duties.html", page=page)


@blueprint.get("/duties/<organization>/<key>")
@reach(*OWING)
def one(organization: str, key: str) -> ResponseReturnValue:
    """How it stands, and for whom it is to record: the form."""
    return _one(find_obligation(present(), organization, key))


@blueprint.get("/duties/why/<organization>/<key>")
@reach(*OWING)
def why(organization: str, key: str) -> ResponseReturnValue:
    """The day explained."""
    return render_template(
        "why.html", page=why_page(present(), find_obligation(present(), organization, key))
    )


@blueprint.post("/duties/<organization>/<key>/done")
@reach(*RECORDERS)
def record(organization: str, key: str) -> ResponseReturnValue:
    """Done, with its paper."""
    try:
        on = _day()
        done = RecordDuty(organization=organization, key=key, on=on, paper=request.form.get("paper", ""))
        record_duty(present(), done)
    except BadInput as error:
        return _again(organization, key, error)
    flash(_("Recorded as done. It stands with its paper and with who recorded it."), "ok")
    return redirect(url_for("duties.one", organization=organization, key=key))


@blueprint.post("/duties/<organization>/<key>/correct")
@reach(*RECORDERS)
def correct(organization: str, key: str) -> ResponseReturnValue:
    """Another day or paper, or not done after all."""
    reason = request.form.get("reason", "")
    try:
        new = CorrectDuty(
            organization=organization, key=key, reason=reason,
            on=None if reason == "not_done" else _day(), paper=request.form.get("paper", ""),
        )  # fmt: skip
        correct_duty(present(), new)
    except BadInput as error:
        return _again(organization, key, error)
    flash(_("Corrected. The log keeps what was recorded before."), "ok")
    return redirect(url_for("duties.one", organization=organization, key=key))


def _day() -> date:
    try:
        return date.fromisoformat(request.form.get("on", ""))
    except ValueError as unreadable:
        raise BadInput(problem("on", "missing")) from unreadable


def _again(organization: str, key: str, error: BadInput) -> ResponseReturnValue:
    row = find_obligation(present(), organization, key)
    return _one(row, error.message(language())), 400


def _one(row: ObligationRow, wrong: str = "") -> str:
    return render_template("duty.html", page=_page(row, wrong))


def _page(row: ObligationRow, wrong: str) -> One:
    due = row.deadline
    status = row.status(today())
    is_open = status in {"open", "due_soon", "overdue"}
    return One(
        title=row_title(row),
        about=sentence(clauses([row.organization_name, _due_words(due.due), _done_words(row)])),
        state=_state(row, status, is_open=is_open),
        level={"bad": "bad", "warn": "warn"}.get(level_of(due.due, today()), "") if is_open else "ok",
        year=due.due.year,
        why_href=why_href_of(row),
        record_href=_href("duties.record", row) if row.may_record and due.is_running else "",
        correct_href=_href("duties.correct", row) if row.may_record and due.closed_on else "",
        reasons=tuple(Choice(reason, _reason(reason)) for reason in CORRECTIONS),
        day=request.form.get("on", (due.closed_on or today()).isoformat()),
        paper=request.form.get("paper", row.paper or ""),
        provisional=provisional_note({due.due.year} if due.is_provisional else set()),
        people=tuple(_person(one) for one in concerned_people(present(), row)),
        problem=wrong,
    )


def _person(row: DossierRow) -> Person:
    stage = word("stage", row.stage, edition_of_today())
    href = url_for("dossiers.page", dossier=row.id, _anchor="next")
    return Person(row.name, clauses([stage, row.branch_name]), href)


def _href(endpoint: str, row: ObligationRow) -> str:
    return url_for(endpoint, organization=row.organization, key=row.deadline.key)


def _state(row: ObligationRow, status: str, *, is_open: bool) -> str:
    if row.open_count is not None:
        return state_of(row, today())
    return when(row.deadline.due, today()) if is_open else word("status", status)


def _due_words(due: date) -> str:
    return _("due %(day)s", day=dates.list_day(due, today(), language()))


def _done_words(row: ObligationRow) -> str:
    if row.deadline.closed_on is None:
        return ""
    day = dates.list_day(row.deadline.closed_on, today(), language())
    if row.done_by is None:
        return _("done on %(day)s", day=day)
    return _("done on %(day)s, recorded by %(name)s", day=day, name=row.done_by)


def _reason(reason: str) -> str:
    match reason:
        case "wrong_day":
            return _("The day was wrong")
        case "wrong_paper":
            return _("The paper was wrong")
        case _:
            return _("It was not done after all")
