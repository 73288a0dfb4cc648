"""The tree and one organization in words: what it is, who is there, what keeps it open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from recruit.commands.organizations import KEEPERS
from recruit.context import READING_ROLES, Context
from recruit.queries.crew import Crew
from recruit.queries.organization_tree import OrganizationView, TreeRow
from web import dates
from web.language import language
from web.words import clauses, joined, word
from workflows.plans.arithmetic import head_count_duty

BELOW = ("general_branch", "branch", "temporary", "primary_under_township", "leading_group", "township",
         "subdistrict", "county", "city")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """`crew`: what is vacant, empty where nothing is; `level`: how far it is set in."""

    name: str
    kind: str
    level: int
    about: str
    crew: str
    is_closed: bool
    href: str


@dataclass(frozen=True, slots=True)
class Fact:
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Waiting:
    name: str
    stage: str
    branch: str
    href: str


@dataclass(frozen=True, slots=True)
class Page:
    id: str
    row: TreeRow
    kind: str
    facts: tuple[Fact, ...]
    crew: str
    former: tuple[str, ...]
    waiting: tuple[Waiting, ...]
    may_keep: bool
    may_add: bool
    roll_href: str


def rows_of(found: Sequence[TreeRow]) -> list[Row]:
    return [
        Row(
            name=row.name,
            kind=word("organization_kind", row.kind),
            level=min(row.depth, 5),
            about=_about(row),
            crew=crew_text(row.crew),
            is_closed=row.closed_on is not None,
            href=url_for("organizations.one", organization=row.id),
        )
        for row in found
    ]


def page_of(context: Context, view: OrganizationView) -> Page:
    row = view.row
    is_kept = context.actor.held(KEEPERS, row.path) is not None and row.closed_on is None
    reads = context.actor.held(READING_ROLES, row.path) is not None
    return Page(
        id=row.id,
        row=row,
        kind=word("organization_kind", row.kind),
        facts=tuple(_facts(view)),
        crew=crew_text(row.crew),
        former=tuple(_("%(name)s, until %(day)s", name=one.name, day=_day(one.until)) for one in view.former),
        waiting=tuple(
            Waiting(
                name=one.name,
                stage=word("stage", one.stage),
                branch=one.branch,
                href=url_for("dossiers.page", dossier=one.dossier),
            )
            for one in view.waiting
        )
        if reads
        else (),
        may_keep=is_kept,
        may_add=is_kept and row.kind != "branch",
        roll_href=url_for("rolls.roll", organization=row.id) if reads and row.kind == "branch" else "",
    )


def crew_text(crew: Crew | None) -> str:
    """What is vacant; empty where the smallest crew is there or none is needed."""
    if crew is None or crew.is_complete:
        return ""
    if crew.is_one_person:
        return _("One person records and decides: somebody else has to confirm.")
    return _("Vacant: %(roles)s", roles=joined(word("role", role) for role in crew.vacant))


def committee_text(row: TreeRow) -> str:
    if row.has_committee is None:
        return _("Not entered whether it has a committee.")
    if row.has_committee:
        return _("It has a branch committee, which decides on activists and targets.")
    return _("No committee: the general meeting decides.")


def _about(row: TreeRow) -> str:
    parts = []
    if row.closed_on is not None:
        return _("closed from %(day)s", day=_day(row.closed_on))
    if row.kind == "branch":
        parts.append(ngettext("%(num)s full member", "%(num)s full members", row.full_count))
        parts.append(ngettext("%(num)s open dossier", "%(num)s open dossiers", row.open_count))
        if row.has_committee is False:
            parts.append(_("no committee: the general meeting decides"))
    if row.ends_on is not None:
        parts.append(_("until %(day)s", day=_day(row.ends_on)))
    return clauses(parts)


def _facts(view: OrganizationView) -> list[Fact]:
    row = view.row
    found = [Fact(_("Kind"), word("organization_kind", row.kind))]
    if view.superior:
        found.append(Fact(_("Superior organization"), view.superior))
    found.append(Fact(_("Set up on"), _day(row.opened_on) if row.opened_on else _("not entered")))
    if row.ends_on is not None:
        found.append(Fact(_("Set up until"), _day(row.ends_on)))
    if row.kind == "branch":
        found.append(Fact(_("Branch committee"), committee_text(row)))
        found.append(Fact(_("Full members"), str(row.full_count)))
        found.append(Fact(_("Open dossiers"), str(row.open_count)))
    staff = _("not entered") if row.staff_count is None else str(row.staff_count)
    found.append(Fact(_("Staff of the house"), staff))
    if row.is_new_economic and row.staff_count is not None:
        found.append(Fact(_("New economic or social organization"), _duty(view, row.staff_count)))
    return found


def _duty(view: OrganizationView, staff: int) -> str:
    activists, admissions = head_count_duty(staff)
    return _(
        "%(staff)s staff ask for %(activists)s activists (%(has)s now) and "
        "%(admissions)s admissions a year (%(admitted)s this year).",
        staff=staff, activists=activists, has=view.activist_count,
        admissions=admissions, admitted=view.admitted_count,
    )  # fmt: skip


def _day(day: date) -> str:
    return dates.long_day(day, language())
