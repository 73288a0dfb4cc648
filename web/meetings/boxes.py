"""The boxes of one vote: a cell for each member, or one for each number."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from recruit.commands.ballots import asked_counts
from recruit.commands.sitting import ItemRow, SeatRow, SittingRow
from recruit.queries.meetings import ItemView, MeetingView
from web.meetings.names import CELLS, GLYPHS, count_name, vote_name


@dataclass(frozen=True, slots=True)
class Cell:
    """`chosen`: as saved, or as it was just sent; `glyph` and `css` of what is saved. `hint`: 建议回避."""

    name: str
    who: str
    chosen: str
    glyph: str
    css: str
    word: str
    hint: str
    is_absent: bool


@dataclass(frozen=True, slots=True)
class Number:
    """A box for one count; `group` written for the opinions handed in before."""

    name: str
    title: str
    value: str
    is_written: bool


@dataclass(frozen=True, slots=True)
class Entered:
    """What was just sent and not saved, with the reason."""

    item: str
    entries: Mapping[str, str]
    message: str


def cells_of(view: MeetingView, one: ItemView, sent: Entered | None) -> list[Cell]:
    cells = []
    for seat in shown_seats(view.sitting):
        saved = one.item.votes.get(seat.number, "")
        chosen = sent.entries.get(f"vote{seat.number}", "") if sent else saved
        relation = one.related.get(seat.number, "")
        cells.append(
            Cell(
                name=f"vote{seat.number}",
                who=seat.name,
                chosen=chosen,
                glyph=GLYPHS.get(saved, ""),
                css=CELLS.get(saved, ""),
                word=vote_name(saved) if saved else _("none"),
                hint=_relation(relation) if relation else "",
                is_absent=not seat.is_present,
            )
        )
    return cells


def numbers_of(sitting: SittingRow, item: ItemRow, sent: Entered | None) -> list[Number]:
    numbers = []
    for name in asked_counts(sitting):
        saved = item.counts.get(name)
        value = sent.entries.get(name, "") if sent else "" if saved is None else str(saved)
        numbers.append(Number(name, count_name(name), value, name.startswith("written_")))
    return numbers


def shown_seats(sitting: SittingRow) -> list[SeatRow]:
    """Whoever is there, and whoever voted before leaving."""
    voted = {seat for one in sitting.items for seat in one.votes}
    return [one for one in sitting.seats if one.is_present or one.number in voted]


def _relation(word: str) -> str:
    match word:
        case "oneself":
            return _("the person itself: leaves the room")
        case "sponsor":
            return _("sponsor: recused?")
        case _:
            return _("contact person: recused?")
