"""The page of a year: the calendar, the plan's steps with what the linter remarks, the reserve."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask import url_for
from flask_babel import gettext as _
from pydantic import ValidationError

from recruit.context import BUSINESS_ROLES, Context
from recruit.queries.plans import plan_of
from recruit.queries.schedule import plan_years
from web import dates
from web.desk.plan import Milestone, milestones, title_of
from web.duties.names import provisional_note
from web.language import language
from web.places import calendar_of
from web.plans.month import Month, month_of
from web.visitors import AUDIT, COMMITTEE, visitor
from web.words import edition_of_today
from workflows.calendar import Calendar
from workflows.plans.document import Plan
from workflows.plans.findings import PlanFinding
from workflows.plans.funnel import funnel_of
from workflows.plans.linter import lint
from workflows.plans.planned import planned
from workflows.words import label
from workflows.words.plans import render_funnel, render_plan_finding

QUOTA_READERS = tuple(sorted(COMMITTEE | AUDIT | {"department"}))
_ONE = timedelta(days=1)
_CSS = {"high": "r", "medium": "w", "low": "w"}


@dataclass(frozen=True, slots=True)
class Remark:
    css: str
    word: str
    text: str
    rule: str


@dataclass(frozen=True, slots=True)
class Bar:
    """In days from the left edge of the scale."""

    start: int
    length: int


@dataclass(frozen=True, slots=True)
class Step:
    id: str
    title: str
    days: str
    worked: str
    bar: Bar
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class Scale:
    """From the first to the last day of the plan's months; `rest`: the days that are not worked."""

    length: int
    rest: tuple[int, ...]
    today: int | None
    caption: str


@dataclass(frozen=True, slots=True)
class Link:
    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Page:
    year: int
    month: Month
    before: Link | None
    after: Link | None
    years: tuple[Link, ...]
    steps: tuple[Step, ...]
    scale: Scale | None
    remarks: tuple[Remark, ...]
    unread: str
    reserve: str
    provisional: str
    feed_href: str
    quota_href: str


def year_page(context: Context, year: int, month: int | None) -> Page:
    """The month asked for, else the present one, else the first of the plan."""
    document = plan_of(context, year)
    listed = milestones(document)
    plan = plan_or_none(document)
    calendar = calendar_of(context)
    found = lint(plan, calendar) if plan else ()
    shown = month or _month(context.on, year, listed)
    seen = visitor()
    return Page(
        year=year,
        month=month_of(context, year, shown, listed),
        before=_month_link(year, shown - 1),
        after=_month_link(year, shown + 1),
        years=tuple(
            Link(str(one), url_for("plans.year", year=one))
            for one in sorted({*plan_years(context), context.on.year})
            if one != year
        ),
        steps=tuple(_step(one, calendar, found, _edges(listed)[0]) for one in listed),
        scale=_scale(context.on, listed, calendar) if listed else None,
        remarks=tuple(_remark(one) for one in found if not _place(one, listed)),
        unread=_("This plan is not complete enough to be checked.") if document and plan is None else "",
        reserve=(render_funnel(funnel_of(planned(plan, calendar)), language()) or "") if plan else "",
        provisional=provisional_note({year} if calendar.is_provisional(date(year, 1, 1)) else set()),
        feed_href=url_for("feeds.page") if seen and seen.roles & BUSINESS_ROLES else "",
        quota_href=url_for("quota.year", year=year) if seen and seen.roles & set(QUOTA_READERS) else "",
    )


def plan_or_none(document: Mapping[str, object]) -> Plan | None:
    """The plan as the linter reads it; None for a part of one."""
    try:
        return Plan.model_validate(document) if document else None
    except ValidationError:
        return None


def _month(today: date, year: int, listed: Sequence[Milestone]) -> int:
    if today.year == year:
        return today.month
    return min((one.first for one in listed), default=date(year, 1, 1)).month


def _month_link(year: int, month: int) -> Link | None:
    """A month beside this one, within the year: other years are linked where they have a plan."""
    if not 1 <= month <= 12:  # noqa: PLR2004
        return None
    text = dates.month(date(year, month, 1), language())
    return Link(text, url_for("plans.year", year=year, month=month, _anchor="month"))


def _edges(listed: Sequence[Milestone]) -> tuple[date, date]:
    """The first day of the first month and the last day of the last month that the plan names."""
    first = min(one.first for one in listed).replace(day=1)
    end = max(one.last for one in listed).replace(day=28) + 4 * _ONE
    return first, end - end.day * _ONE


def _scale(today: date, listed: Sequence[Milestone], calendar: Calendar) -> Scale:
    first, last = _edges(listed)
    days = calendar.explain(first, last)
    return Scale(
        length=len(days),
        rest=tuple(number for number, (_day, kind) in enumerate(days) if not kind.working),
        today=(today - first).days if first <= today <= last else None,
        caption=_("%(first)s to %(last)s, rest days shaded", first=dates.month_day(first, language()),
                  last=dates.month_day(last, language())),
    )  # fmt: skip


def _step(one: Milestone, calendar: Calendar, found: Sequence[PlanFinding], begins: date) -> Step:
    days = (one.last - one.first).days + 1
    worked = calendar.count(one.first, one.last)
    text = _("%(n)s days, %(worked)s worked", n=days, worked=worked)
    is_rest = days == 1 and not worked
    return Step(
        id=one.id,
        title=title_of(one, edition_of_today()),
        days=(_("until %(day)s", day=dates.short_day(one.last, language()))
              if one.is_end else dates.span(one.first, one.last, language())),
        worked=text if days > 1 else _("a rest day") if is_rest else "",
        bar=Bar((one.first - begins).days, days),
        remarks=tuple(_remark(finding) for finding in found if finding.at == f"milestones.{one.id}"),
    )  # fmt: skip


def _place(finding: PlanFinding, listed: Sequence[Milestone]) -> bool:
    """Whether it stands beside one of the steps."""
    return finding.at in {f"milestones.{one.id}" for one in listed}


def _remark(finding: PlanFinding) -> Remark:
    return Remark(
        css=_CSS[finding.severity],
        word=label("severity", finding.severity, language()),
        text=render_plan_finding(finding, language()),
        rule=finding.rule,
    )
