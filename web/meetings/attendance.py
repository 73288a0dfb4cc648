"""Who is there: a box for each member of the body, or two numbers where nobody sits by name."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from recruit.context import Context
from recruit.queries.agendas import Entitled, entitled_of
from recruit.queries.meetings import MeetingView
from recruit.queries.members import members_of
from web.meetings.head import Head, head_of
from web.meetings.names import item_act


@dataclass(frozen=True, slots=True)
class Box:
    number: int
    name: str
    is_present: bool


@dataclass(frozen=True, slots=True)
class Left:
    """A full member who may be left out with consent."""

    id: str
    name: str
    is_out: bool


@dataclass(frozen=True, slots=True)
class Agenda:
    id: str
    name: str
    what: str
    may_drop: bool


@dataclass(frozen=True, slots=True)
class AttendancePage:
    id: str
    version: int
    head: Head
    boxes: list[Box]
    whole: str
    present: str
    is_general: bool
    suggestion: str
    members: list[Left]
    agenda: list[Agenda]
    may_keep: bool
    problem: str = ""


def attendance_page(
    context: Context, view: MeetingView, *, sent: Mapping[str, str] | None = None, problem: str = ""
) -> AttendancePage:
    sitting = view.sitting
    roll = entitled_of(context, sitting.place.id, sitting.on) if sitting.is_general else None
    whole = "" if sitting.whole is None else str(sitting.whole)
    suggested = whole or (str(roll.entitled) if roll else "")
    members = members_of(context, sitting.place.id, sitting.on) if sitting.is_general else ()
    return AttendancePage(
        id=sitting.id,
        version=sitting.version,
        head=head_of(view, "attendance"),
        boxes=[Box(one.number, one.name, one.is_present) for one in sitting.seats],
        whole=sent.get("whole_count", "") if sent else suggested,
        present=sent.get("present_count", "")
        if sent
        else str(sitting.present)
        if sitting.is_attended
        else "",
        is_general=sitting.is_general,
        suggestion=_suggestion(roll) if roll else "",
        members=[
            Left(one.id, one.name, one.id in sitting.excluded)
            for one in members
            if one.full_since is not None and not one.is_barred
        ],
        agenda=[
            Agenda(one.item.id, one.item.name, item_act(one.item), one.item.is_waiting) for one in view.items
        ],
        may_keep=view.may_keep,
        problem=problem,
    )


def _suggestion(roll: Entitled) -> str:
    """正式党员 22 人，1 人留党察看不算；预备党员 3 人不算."""
    return _(
        "By the roll: %(full)s full members, %(barred)s of them without a vote; "
        "%(probationary)s probationary members do not count. Entitled: %(entitled)s.",
        full=roll.full, barred=roll.barred, probationary=roll.probationary, entitled=roll.entitled,
    )  # fmt: skip
