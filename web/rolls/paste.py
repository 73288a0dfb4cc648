"""Members as lines: name, sex, day of birth, on this roll since, full member since (or 预备)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from recruit.commands.enrolling import Enrol, Newcomer, check_enrolment
from recruit.context import Context
from web.language import language
from web.pasted import columns, day_or_none, lines_of

_SEXES = {"男": "male", "女": "female", "male": "male", "female": "female", "m": "male", "f": "female"}
_PROBATIONARY = frozenset(("预备", "预备党员", "probationary"))
_HEADINGS = frozenset(("姓名", "name"))
_COLUMNS = 5


@dataclass(frozen=True, slots=True)
class Line:
    """`member` None: the line could not be read; `problems` says why."""

    number: int
    text: str
    member: Newcomer | None
    problems: tuple[str, ...]


def read_lines(text: str) -> list[Line]:
    """A heading is passed over."""
    found = [(number, line, columns(line)) for number, line in lines_of(text)]
    return [
        _read(number, line, entries)
        for number, line, entries in found
        if entries and entries[0].lower() not in _HEADINGS
    ]


def checked(context: Context, branch: str, lines: Sequence[Line]) -> list[Line]:
    """The lines with what the record says of each that could be read. Raises `BadInput` for all of them."""
    readable = [index for index, line in enumerate(lines) if line.member is not None]
    found = list(lines)
    if not readable:
        return found
    for problem in check_enrolment(context, enrolment(branch, lines)):
        place, _dot, index = problem.field.partition(".")
        if place != "members" or not index:
            found[readable[0]] = _with(found[readable[0]], problem.message(language()))
            continue
        at = readable[int(index)]
        found[at] = _with(found[at], problem.message(language()))
    return found


def enrolment(branch: str, lines: Sequence[Line]) -> Enrol:
    return Enrol(branch=branch, members=tuple(line.member for line in lines if line.member is not None))


def line_of(entries: Sequence[str]) -> str:
    """One person's entries as such a line."""
    return ",".join(one.strip().replace(",", " ") for one in entries)


def _read(number: int, text: str, entries: Sequence[str]) -> Line:
    if len(entries) != _COLUMNS:
        said = _("%(n)s entries instead of 5.", n=len(entries))
        return Line(number, text, None, (said,))
    name, sex, *days = entries
    problems = []
    if sex.lower() not in _SEXES:
        problems.append(_("Sex “%(found)s”: write 男 or 女.", found=sex))
    titles = (_("Day of birth"), _("On this roll since"), _("Full member since"))
    is_probationary = days[-1] in _PROBATIONARY
    asked = days[:-1] if is_probationary else days
    read: list[date | None] = [day_or_none(entry) for entry in asked]
    for title, entry, day in zip(titles, asked, read, strict=False):
        if day is None:
            problems.append(
                _("%(title)s: “%(found)s” is no day; write 1970-05-18.", title=title, found=entry)
            )
    born, since, full_since = (*read, None)[:3]
    if problems or born is None or since is None:
        return Line(number, text, None, tuple(problems))
    member = Newcomer(name=name, sex=_SEXES[sex.lower()], born=born, since=since, full_since=full_since)
    return Line(number, text, member, ())


def _with(line: Line, problem: str) -> Line:
    return Line(line.number, line.text, line.member, (*line.problems, problem))
