"""A plan's text with what the linter says beside each line, and the text that a short form makes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from recruit.context import Context
from recruit.errors import BadInput, problem
from recruit.places import Place
from recruit.queries.plan_versions import PlanVersion
from web import dates
from web.acts.fields import Choice
from web.language import language
from web.places import calendar_of
from web.words import choice_name, word
from workflows.edition import EDITIONS, load_edition
from workflows.errors import UnreadableText
from workflows.plans.document import Plan, read_plan
from workflows.plans.funnel import funnel_of
from workflows.plans.linter import lint
from workflows.plans.planned import planned
from workflows.plans.written import placed, write_plan
from workflows.texts import read_yaml_located
from workflows.words.plans import render_funnel, render_plan_finding

CATEGORIES = ("institution", "farmer_herder", "school", "enterprise", "student", "other")
STEPS = (
    "course_attended", "target_proposed", "target_consented", "notice_posted", "notice_closed",
    "target_listed", "sponsors_named", "training_completed", "papers_submitted", "branch_examined",
    "inspected", "preexamined", "theory_tested", "meeting_voted", "committee_talk_held",
    "committee_decided", "oath_taken",
)  # fmt: skip
MILESTONES = 10
LONGEST = 60_000
_CSS = {"high": "r", "medium": "w", "low": "w"}


@dataclass(frozen=True, slots=True)
class Finding:
    css: str
    word: str
    text: str
    rule: str


@dataclass(frozen=True, slots=True)
class TextLine:
    number: int
    text: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """`problem`: why the text is no plan; then nothing else is said. `document`: its values."""

    lines: tuple[TextLine, ...]
    problem: str
    high: int
    count: int
    reserve: str
    document: Mapping[str, object]


def check(context: Context, text: str, year: int) -> Checked:
    """What the linter says of the text, under the calendar of today."""
    try:
        plain, where = read_yaml_located(text, name=_("plan"))
        plan = read_plan(text, name=_("plan"))
        _ensure_year(plan, year)
    except UnreadableText as unreadable:
        spoken = unreadable.message("en" if language() == "en" else "zh")
        return Checked(_numbered(text, {}), spoken, 0, 0, "", {})
    except BadInput as refused:
        return Checked(_numbered(text, {}), refused.message(language()), 0, 0, "", {})
    document = plain if isinstance(plain, Mapping) else {}
    calendar = calendar_of(context)
    findings = lint(plan, calendar)
    beside: dict[int, tuple[Finding, ...]] = {}
    for one in placed(findings, document, where):
        said = Finding(
            _CSS[one.finding.severity],
            word("severity", one.finding.severity),
            render_plan_finding(one.finding, language()),
            one.finding.rule,
        )
        beside[one.line] = (*beside.get(one.line, ()), said)
    return Checked(
        lines=_numbered(text, beside),
        problem="",
        high=sum(one.severity == "high" for one in findings),
        count=len(findings),
        reserve=render_funnel(funnel_of(planned(plan, calendar)), language()) or "",
        document=document,
    )


def text_of_form(form: MultiDict[str, str], place: Place, year: int) -> str:
    """The YAML that total, allocations and milestones of the short form make. Raises `BadInput`."""
    allocations = [
        {"category": category, "places": _count(form.get(f"places.{category}", ""))}
        for category in CATEGORIES
        if form.get(f"places.{category}", "").strip()
    ]
    milestones = []
    rows = zip(form.getlist("act"), form.getlist("first"), form.getlist("last"), strict=False)
    for number, (act, first, last) in enumerate(rows, start=1):
        if not act:
            continue
        begins, ends = _day(first), _day(last or first)
        days = {"on": begins} if begins == ends else {"from": begins, "to": ends}
        milestones.append({"id": f"{act}_{number}", **days, "acts": [act]})
    return write_plan(
        {
            "plan": f"plan-{year}",
            "year": year,
            "committee": {"name": place.name, "kind": place.kind},
            "total": _count(form.get("total", "")),
            "allocations": allocations,
            "milestones": milestones,
        }
    )


def first_text(versions: tuple[PlanVersion, ...], wanted: int | None) -> str:
    """The version asked for, else the newest; empty where there is none yet."""
    found = next((one for one in versions if wanted is None or one.version == wanted), None)
    return write_plan(found.document) if found else ""


def version_text(one: PlanVersion) -> str:
    day = dates.long_day(one.on, language())
    return _("Version %(n)s of %(day)s: %(total)s places", n=one.version, day=day, total=one.total)


def steps() -> list[Choice]:
    edition = load_edition(EDITIONS[-1])
    return [Choice(do, word("act", do, edition)) for do in STEPS if do in edition.acts]


def categories() -> list[Choice]:
    return [Choice(one, choice_name("category", one)) for one in CATEGORIES]


def _ensure_year(plan: Plan, year: int) -> None:
    if plan.year != year:
        raise BadInput(problem("year", "plan_of_another_year", found=plan.year, needed=year))


def _numbered(text: str, beside: Mapping[int, tuple[Finding, ...]]) -> tuple[TextLine, ...]:
    return tuple(
        TextLine(number, line, beside.get(number, ()))
        for number, line in enumerate(text.splitlines(), start=1)
    )


def _count(text: str) -> int:
    if not (text.strip().isascii() and text.strip().isdigit() and len(text.strip()) <= 6):  # noqa: PLR2004 - a million places are too many
        raise BadInput(problem("total", "not_within", least=0, most=999_999))
    return int(text)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError as unreadable:
        raise BadInput(problem("on", "not_a_date", value=text[:20])) from unreadable
