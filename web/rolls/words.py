"""What a roll says of a member: standing, vote and penalties in words."""

from datetime import date

from flask_babel import gettext as _

from recruit.queries.rolls import RollRow
from web import dates
from web.language import language
from web.words import clauses, sentence
from workflows.around import Penalty


def penalty_name(kind: str) -> str:
    return {
        "warning": _("Warning within the Party"),
        "serious_warning": _("Serious warning within the Party"),
        "removed_from_post": _("Removed from posts within the Party"),
        "probation_within_party": _("Probation within the Party"),
    }.get(kind, kind)


def ending_name(why: str | None) -> str:
    return {
        "moved": _("moved to another branch"),
        "left": _("moved away, out of reach of this system"),
        "removed": _("left the Party or was removed from the roll"),
        "expelled": _("expelled"),
        "died": _("died"),
        "mistake": _("entered by mistake"),
    }.get(why or "", _("by an act of the dossier"))


def sex_name(sex: str | None) -> str:
    return {"female": _("female"), "male": _("male")}.get(sex or "", "—")


def month_of(birth_month: str | None) -> str:
    """The month only: the day of birth is sealed."""
    if birth_month is None:
        return "—"
    return dates.month(date.fromisoformat(f"{birth_month}-01"), language())


def standing_of(row: RollRow, on: date) -> str:
    if row.member.is_full(on):
        return _("full member")
    return _("probationary")


def vote_of(row: RollRow, on: date) -> str:
    """Why there is no vote that day; empty where there is one."""
    if not row.member.is_here(on):
        return _("Not on the roll yet.")
    if not row.member.is_full(on):
        return _("A probationary member has no vote.")
    if row.member.is_barred(on):
        restored = row.member.restored_on(on)
        if restored is None:
            return _("On probation within the Party: no vote; the day of its end is not entered.")
        return _("On probation within the Party: no vote until %(day)s.", day=_day(restored))
    return ""


def penalty_text(one: Penalty, until: date | None) -> str:
    """Its kind, its day and its end; `until`: the last day of the period of effect that runs today."""
    ends = ""
    if one.until is not None:
        ends = _("rights restored on %(day)s", day=_day(one.until))
    elif until is not None and one.kind != "probation_within_party":
        ends = _("counts until %(day)s", day=_day(until))
    return sentence(clauses([penalty_name(one.kind), _("from %(day)s", day=_day(one.on)), ends]))


def _day(day: date) -> str:
    return dates.long_day(day, language())
