"""What every answer to "why this day?" is made of."""

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from web.deadlines.strip import Strip
from workflows.deadlines import Deadline


@dataclass(frozen=True, slots=True)
class Reason:
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Note:
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    title: str
    name: str
    dossier_href: str
    answer: str
    detail: str
    strips: list[Strip]
    reasons: list[Reason]
    notes: list[Note]


def calendar_reason(deadline: Deadline, day: date) -> Reason:
    """Which calendar was counted by."""
    if deadline.is_provisional:
        return Reason(
            _("Calendar"), _("Provisional: the calendar of %(year)s is not published yet.", year=day.year)
        )
    text = _("The State Council's holiday notice for %(year)s, with its make-up working days.", year=day.year)
    return Reason(_("Calendar"), text)
