"""The years of the calendar, one of them, and entering its days from the notice."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from recruit.commands.calendar import (
    FIRST_YEAR,
    LAST_YEAR,
    EnterCalendarYear,
    check_calendar_year,
    enter_calendar_year,
)
from recruit.context import Context
from recruit.errors import BadInput
from recruit.queries.calendar import next_calendar_year, provisional_years
from recruit.queries.foreseen import foreseen_calendar
from recruit.queries.settings import READERS
from web.access import reach
from web.language import language
from web.places import calendar_of
from web.settings.page import foreseen_text
from web.visitors import present
from web.years.page import page_of, preview_of, remarks_on, years_of
from web.years.paste import Line, read_lines, rows_of

blueprint = Blueprint("years", __name__)
READ = tuple(sorted(READERS))


@blueprint.get("/admin/calendar")
@reach(*READ)
def every() -> ResponseReturnValue:
    """Which years are known, which are provisional, and what waits for them."""
    context = present()
    years = years_of(context, calendar_of(context), provisional_years(context.record))
    return render_template("years.html", years=years)


@blueprint.get("/admin/calendar/<int:year>")
@reach(*READ)
def one(year: int) -> ResponseReturnValue:
    """The holidays and make-up days of a year, and the form for its notice."""
    return _page(year)


@blueprint.post("/admin/calendar/<int:year>")
@reach("system_admin")
def enter(year: int) -> ResponseReturnValue:
    """First beside the days of the law, with what would move (`step` check), then entered."""
    context = present()
    lines = read_lines(request.form.get("lines", ""), year)
    form = request.form
    rows = rows_of(lines, source=form.get("source", ""), reason=form.get("reason", ""))
    wanted = EnterCalendarYear(
        year=year, source=form.get("source", "").strip(), rows=rows, is_whole="is_whole" in form
    )
    if any(line.problem for line in lines):
        return _page(year, lines=lines), 400
    try:
        if form.get("step") != "enter":
            check_calendar_year(context, wanted)
            return _page(year, lines=lines, wanted=wanted)
        enter_calendar_year(context, wanted)
    except BadInput as error:
        return _page(year, lines=lines, trouble=error.message(language())), 400
    flash(_("Entered. The clock counts every deadline that it concerns anew."), "ok")
    return redirect(url_for("years.one", year=year))


def _page(
    year: int,
    *,
    lines: list[Line] | None = None,
    wanted: EnterCalendarYear | None = None,
    trouble: str = "",
) -> str:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        abort(404)
    context = present()
    calendar = calendar_of(context)
    last = None
    if wanted is not None:
        published = year if wanted.is_whole else None
        last = {
            "days": preview_of(wanted.rows, calendar),
            "remarks": remarks_on(wanted.rows, calendar, year, is_whole=wanted.is_whole),
            "moved": foreseen_text(foreseen_calendar(context, wanted.rows, published=published)),
            "is_whole": wanted.is_whole,
        }
    return render_template(
        "year.html",
        page=page_of(context, calendar, year),
        may=_may_enter(context),
        is_next=next_calendar_year(context.record) == year,
        lines=lines or [],
        entries=request.form,
        trouble=trouble,
        last=last,
    )


def _may_enter(context: Context) -> bool:
    """The calendar is the whole record's: the system administrator of the topmost organization keeps it."""
    return any(held.role == "system_admin" and held.path.count("/") == 2 for held in context.actor.grants)  # noqa: PLR2004 - one id between them
