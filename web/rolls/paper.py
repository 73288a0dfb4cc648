"""A roll on A4 sheets across: so many members to a sheet, each with the heading and its number."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from recruit.context import Context
from recruit.queries.rolls import RollView
from web import dates
from web.language import language
from web.rolls.page import Row, row_of
from web.visitors import visitor

TO_A_SHEET = 16


@dataclass(frozen=True, slots=True)
class Sheet:
    rows: tuple[Row, ...]
    number: str


@dataclass(frozen=True, slots=True)
class Paper:
    id: str
    title: str
    place: str
    as_of: str
    counts: str
    printed: str
    sheets: tuple[Sheet, ...]


def paper_of(context: Context, view: RollView, now: datetime) -> Paper:
    """Without anybody there is one sheet, which says so."""
    on = context.on
    rows = tuple(row_of(row, number, on) for number, row in enumerate(view.present, start=1))
    parts = [rows[start : start + TO_A_SHEET] for start in range(0, len(rows), TO_A_SHEET)] or [()]
    full = sum(row.member.is_full(on) for row in view.present)
    entitled = sum(row.is_entitled(on) for row in view.present)
    seen = visitor()
    moment = f"{dates.long_day(dates.local(now).date(), language())} {dates.clock_time(now)}"
    return Paper(
        id=view.place.id,
        title=_("Roll of members"),
        place=view.place.name,
        as_of=_("As of %(day)s", day=dates.long_day(on, language())),
        counts=_(
            "%(full)s full, %(probationary)s probationary, %(entitled)s with a vote",
            full=full, probationary=len(rows) - full, entitled=entitled,
        ),
        printed=_("Printed %(moment)s by %(name)s", moment=moment, name=seen.name if seen else ""),
        sheets=tuple(
            Sheet(part, _("Page %(n)s of %(all)s", n=number, all=len(parts)))
            for number, part in enumerate(parts, start=1)
        ),
    )  # fmt: skip
