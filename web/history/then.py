"""A dossier as it was on a day and as it was known at an instant: stage, deadlines, edition and calendar."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _

from recruit.context import Context
from recruit.queries.as_known import dossier_as_known
from recruit.queries.calendar import entered_year
from recruit.queries.dossiers import DossierView
from web import dates
from web.history.moments import moment_text
from web.language import language
from web.words import clauses, sentence, word
from workflows.deadlines import Deadline


@dataclass(frozen=True, slots=True)
class Then:
    """`deadlines`: those that were open that day, each with its day and state."""

    said: str
    stage: str
    law: str
    deadlines: tuple[tuple[str, str], ...]


def then_of(
    context: Context, view: DossierView, *, as_of: date | None, known_at: datetime | None
) -> Then | None:
    """None where neither a day nor an instant of the past was asked for."""
    if as_of is None and known_at is None:
        return None
    found = dossier_as_known(context, view.row.id, as_of=as_of, known_at=known_at)
    stage = word("stage", found.stage, view.ground.edition_on(found.as_of)) if found.stage else ""
    counted = _("%(n)s acts on record, %(late)s of them late entries", n=found.acts, late=found.late)
    return Then(
        said=_said(found.as_of, found.known_at),
        stage=_("Stage then: %(stage)s. %(acts)s.", stage=stage, acts=counted) if stage else _not_begun(),
        law=_law(context, view, found.as_of, found.known_at),
        deadlines=_open(found.deadlines, view, found.as_of),
    )


def _said(as_of: date, known_at: datetime) -> str:
    return _(
        "What had happened by the end of %(day)s, as it was known at %(moment)s.",
        day=dates.long_day(as_of, language()), moment=moment_text(known_at),
    )  # fmt: skip


def _not_begun() -> str:
    return _("The dossier had not begun then, or nothing of it was on record.")


def _law(context: Context, view: DossierView, as_of: date, known_at: datetime) -> str:
    """The edition of that day, and whether the make-up days of its year were known at that instant."""
    edition = view.ground.edition_on(as_of)
    if not view.ground.is_judged(as_of):
        return _("Acts of that day are recorded only: no edition judges them.")
    parts = [
        _("Judged by: Detailed Rules, edition of %(edition)s", edition=edition.id),
        _calendar(context, as_of, known_at),
    ]
    return " ".join(sentence(part) for part in parts)


def _calendar(context: Context, as_of: date, known_at: datetime) -> str:
    entered = entered_year(context.record, as_of.year)
    if entered is not None and entered.on <= dates.local(known_at).date():
        return _(
            "Calendar of %(year)s: entered on %(day)s (%(source)s)",
            year=as_of.year, day=dates.long_day(entered.on, language()), source=entered.source,
        )  # fmt: skip
    if entered is not None:
        return _("Calendar of %(year)s: entered only later, provisional then", year=as_of.year)
    return _("Calendar of %(year)s: as it came with the program", year=as_of.year)


def _open(deadlines: Sequence[Deadline], view: DossierView, as_of: date) -> tuple[tuple[str, str], ...]:
    edition = view.ground.edition_on(as_of)
    states = {"open": _("open"), "due_soon": _("due soon"), "overdue": _("overdue")}
    return tuple(
        (
            word("deadline", one.id, edition),
            clauses([_("due %(day)s", day=dates.long_day(one.due, language())), states[state]]),
        )
        for one in sorted(deadlines, key=lambda one: one.due)
        if (state := one.status(as_of)) in states
    )
