"""Stand-ins in words: who for whom, for what and until when, and the form that names one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from recruit.commands.substitutes import MOST_MONTHS, REASONS, NameSubstitute
from recruit.context import Context
from recruit.queries.substitutes import (
    Colleague,
    SubstituteRow,
    could_stand_in,
    may_be_away,
    stood_in_for,
    substitutes,
)
from web import dates
from web.acts.fields import Box, Choice, filled
from web.desk.plan import Note
from web.language import language
from web.words import clauses, joined, labelled, sentence, word

NAME, EDIT = "name", "edit"


@dataclass(frozen=True, slots=True)
class Item:
    id: str
    title: str
    when: str
    until: str
    text: str
    may_accept: bool
    end: str


@dataclass(frozen=True, slots=True)
class Form:
    """`away`: for whom one may be named; `checked`: what the last button would name."""

    absent: str
    absent_name: str
    away: tuple[Choice, ...]
    fields: tuple[Box, ...]
    checked: tuple[tuple[str, str], ...] = ()
    hidden: tuple[tuple[str, str], ...] = ()
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    mine: tuple[Item, ...]
    others: tuple[Item, ...]
    form: Form | None


def page_of(context: Context, form: Form | None) -> Page:
    """What this visitor stands in for, what is stood in for, and the form."""
    rows = substitutes(context)
    me = context.actor.user_id
    return Page(
        mine=tuple(_item(context, row) for row in rows if row.stand_in == me),
        others=tuple(_item(context, row) for row in rows if row.stand_in != me),
        form=form,
    )


def form_of(
    context: Context, entries: MultiDict[str, str], problems: Mapping[str, str] | None = None
) -> Form | None:
    """The form with what was entered; None where this visitor names nobody."""
    away = may_be_away(context)
    if not away:
        return None
    absent = next((one for one in away if one.id == entries.get("absent")), away[0])
    colleagues = could_stand_in(context, absent.id)
    fields = tuple(filled(box, entries, problems or {}) for box in _boxes(context, colleagues))
    return Form(
        absent=absent.id,
        absent_name=absent.name,
        away=tuple(Choice(one.id, _named(one)) for one in away) if len(away) > 1 else (),
        fields=fields,
        problem=(problems or {}).get("absent", ""),
    )


def checked(form: Form, named: NameSubstitute) -> Form:
    """The form as it is read once more before it is sent."""
    stand_in = next(choice.text for choice in form.fields[0].choices if choice.value == named.stand_in)
    lines = (
        (_("Absent"), form.absent_name),
        (_("Stand-in"), stand_in),
        (_("Days"), days_of(named.from_on, named.to_on)),
        (_("Reason"), reason_name(named.reason)),
    )
    hidden = (
        ("absent", named.absent),
        ("stand_in", named.stand_in),
        ("from_on", named.from_on.isoformat()),
        ("to_on", named.to_on.isoformat()),
        ("reason", named.reason),
    )
    return Form(form.absent, form.absent_name, form.away, form.fields, checked=lines, hidden=hidden)


def notes_of(context: Context) -> list[Note]:
    """For the desk: for whom this visitor works today."""
    rows = stood_in_for(context)
    if not rows:
        return []
    names = joined(row.absent_name for row in rows)
    last = min(row.to_on for row in rows)
    text = sentence(clauses([_("Until %(day)s", day=_day(last)), _("every record says so")]))
    return [Note(_("Today you stand in for %(names)s", names=names), text)]


def days_of(first: date, last: date) -> str:
    if first == last:
        return _day(first)
    return _("%(first)s to %(last)s", first=_day(first), last=_day(last))


def reason_name(reason: str) -> str:
    return {
        "leave": _("on leave"),
        "travel": _("travelling on duty"),
        "training": _("at a training"),
        "other": _("other"),
    }.get(reason, reason)


def _item(context: Context, row: SubstituteRow) -> Item:
    me = context.actor.user_id
    may_accept = row.stand_in == me and not row.is_accepted
    if row.is_accepted:
        state = _("accepted") if row.from_on > context.on else _("in force")
    else:
        state = _("not accepted yet")
    seats = joined(f"{place} {word('role', role)}" for role, place in row.seats)
    return Item(
        id=row.id,
        title=_("%(name)s for %(absent)s", name=row.stand_in_name, absent=row.absent_name),
        when=dates.list_day(row.from_on, context.on, language()),
        until=_("to %(day)s", day=dates.list_day(row.to_on, context.on, language())),
        text=sentence(clauses([state, reason_name(row.reason), labelled(_("as"), seats) if seats else ""])),
        may_accept=may_accept,
        end=_("Decline") if may_accept else _("End the stand-in"),
    )


def _boxes(context: Context, colleagues: tuple[Colleague, ...]) -> tuple[Box, ...]:
    people = tuple(Choice(one.id, _named(one)) for one in colleagues)
    reasons = tuple(Choice(reason, reason_name(reason)) for reason in REASONS)
    today = context.on.isoformat()
    return (
        Box(
            "stand_in", "select", _("Who stands in"), required=True, choices=people,
            hint=_("Somebody under the same committee; it counts once that person has accepted."),
        ),
        Box("from_on", "date", _("First day"), required=True, values=(today,)),
        Box(
            "to_on", "date", _("Last day"), required=True,
            hint=_("Counts as well; %(n)s months at most.", n=MOST_MONTHS),
        ),
        Box("reason", "select", _("Reason"), required=True, choices=reasons),
    )  # fmt: skip


def _named(one: Colleague) -> str:
    return f"{one.name}（{_seats(one)}）" if language() == "zh" else f"{one.name} ({_seats(one)})"


def _seats(one: Colleague) -> str:
    return joined(f"{place} {word('role', role)}" for role, place in one.seats)


def _day(day: date) -> str:
    return dates.long_day(day, language())
