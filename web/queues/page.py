"""The queues: a line for each, and for the open one its people with deadline, gaps and one button."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from recruit.context import Context
from recruit.queries.plans import plan_of
from recruit.queries.queues import Letter, Queue, QueueRow, queue_counts, queue_rows
from web import dates
from web.deadlines.when import level_of, when
from web.desk.plan import Milestone, milestones, title_of
from web.dossiers.rights import acts_of_roles
from web.language import language
from web.visitors import COMMITTEE
from web.words import act_name, edition_of_today
from workflows.around import Around
from workflows.case import case_of
from workflows.edition import Edition
from workflows.steps import checklist, supposed
from workflows.words import check_line

READERS = tuple(sorted(COMMITTEE | {"department"}))
_NOT_KNOWN = Around()
_SHOWN_GAPS = 4


@dataclass(frozen=True, slots=True)
class Line:
    """One queue: how many wait, and its address."""

    id: str
    title: str
    count: int
    href: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    branch: str
    href: str
    since: str
    level: str
    due: str
    due_day: str
    why_href: str
    missing: tuple[str, ...]
    verb: str
    verb_href: str


@dataclass(frozen=True, slots=True)
class Page:
    lines: tuple[Line, ...]
    title: str
    text: str
    rows: tuple[Row, ...]
    count: int


def queues_page(context: Context, wanted: str | None) -> Page:
    """The open queue is the wanted one, else the first in which somebody waits."""
    counts = queue_counts(context)
    first: Queue = next((one for one, count in counts.items() if count), "consent")
    opened: Queue = next((one for one in counts if one == wanted), first)
    rows = queue_rows(context, opened) if counts[opened] else ()
    planned = milestones(plan_of(context, context.on.year))
    return Page(
        lines=lines_of(counts, opened),
        title=title_of_queue(opened),
        text=_text_of(opened),
        rows=tuple(_row(context, opened, row, planned) for row in rows),
        count=counts[opened],
    )


def lines_of(counts: Mapping[Queue, int], opened: str = "") -> tuple[Line, ...]:
    """One line for each queue, empty ones too: they say that nobody waits."""
    return tuple(
        Line(one, title_of_queue(one), count, url_for("queues.page", queue=one), one == opened)
        for one, count in counts.items()
    )


def title_of_queue(queue: Queue) -> str:
    return {
        "consent": _("Consent or filing"),
        "papers": _("Papers handed in"),
        "returned": _("Papers sent back"),
        "review": _("Political review"),
        "inquiries": _("Inquiries without an answer"),
        "inspection": _("Inspection"),
        "preexamination": _("Pre-examination"),
        "department": _("The department's pre-examination"),
        "talk": _("Talk by the committee"),
        "decision": _("Decision by the committee"),
    }[queue]


def _text_of(queue: Queue) -> str:
    return {
        "consent": _("The branch has proposed them; the committee answers."),
        "papers": _("The branch has handed the papers in; what is missing goes back with the reason."),
        "returned": _("The branch has to complete them and hand them in again."),
        "review": _("No conclusion of the political review is on record."),
        "inquiries": _("A letter went out and no answer is on record."),
        "inspection": _("The committee inspects before it pre-examines."),
        "preexamination": _("Examined by the branch and reviewed; decided in a committee meeting."),
        "department": _("Sent to the county's organization department; its answer is awaited."),
        "talk": _("The general meeting has voted; somebody of the committee talks with them."),
        "decision": _("The general meeting has voted; the committee decides, one person at a time."),
    }[queue]


def act_of_queue(queue: Queue, row: QueueRow, edition: Edition) -> tuple[str, str]:
    """The act that takes somebody out of the queue, and its purpose."""
    if queue == "consent":
        return ("target_consented" if "target_consented" in edition.acts else "target_filed"), ""
    if queue == "decision":
        vote = row.facts.pending
        return "committee_decided", vote.purpose if vote else "admission"
    return {
        "papers": "papers_returned",
        "returned": "papers_submitted",
        "review": "political_review_concluded",
        "inquiries": "inquiry_answered",
        "inspection": "inspected",
        "preexamination": "preexamined",
        "department": "department_preexamined",
        "talk": "committee_talk_held",
    }[queue], ""


def _row(context: Context, queue: Queue, row: QueueRow, planned: Sequence[Milestone]) -> Row:
    edition = row.ground.edition_on(context.on)
    do, purpose = act_of_queue(queue, row, edition)
    due, why_href, named = _due(context, row, "preexamined" if queue == "papers" else do, planned)
    verb, href = _button(context, queue, row, (do, purpose), edition)
    since = _since(queue, row)
    return Row(
        name=row.dossier.name,
        branch=row.dossier.branch_name,
        href=url_for("dossiers.page", dossier=row.dossier.id),
        since=_("since %(day)s, %(n)s days", day=dates.list_day(since, context.on, language()),
                n=(context.on - since).days),
        level=level_of(due, context.on) if due else "",
        due=when(due, context.on) if due else "",
        due_day=f"{named}{dates.list_day(due, context.on, language())}" if due else "",
        why_href=why_href,
        missing=_missing(context, queue, row, do, purpose),
        verb=verb,
        verb_href=href,
    )  # fmt: skip


def _due(
    context: Context, row: QueueRow, do: str, planned: Sequence[Milestone]
) -> tuple[date | None, str, str]:
    """The deadline that the act answers, else the plan's last day for it; and where it is explained."""
    kinds = row.ground.edition_on(context.on).deadlines
    running = [one for one in row.deadlines if one.id in kinds and kinds[one.id].act == do]
    if running:
        first = running[0]
        return first.due, url_for("deadlines.why", dossier=row.dossier.id, deadline=first.key), ""
    ahead = [one for one in planned if do in one.acts]
    if not ahead:
        return None, "", ""
    last = max(ahead, key=lambda one: one.last)
    title = title_of(last, edition_of_today())
    href = url_for("plans.year", year=context.on.year, _anchor=f"m-{last.id}")
    return last.last, href, _("plan, %(what)s: ", what=title)


def _since(queue: Queue, row: QueueRow) -> date:
    facts = row.facts
    examined, inspected, passed = facts.examination, facts.inspection, facts.preexamination
    votes = [vote.on for vote in facts.votes if vote.decided_on is None]
    found = {
        "consent": facts.proposed_on,
        "papers": facts.submitted_on,
        "returned": facts.last_on.get("papers_returned"),
        "inquiries": next((one.sent_on for one in row.letters if one.answered_on is None), None),
        "inspection": facts.submitted_on or (examined.on if examined else None),
        "preexamination": inspected.on if inspected else examined.on if examined else None,
        "department": passed.on if passed else None,
        "talk": votes[-1] if votes else None,
        "decision": votes[-1] if votes else None,
    }.get(queue)
    return found or facts.stage_on


def _missing(context: Context, queue: Queue, row: QueueRow, do: str, purpose: str) -> tuple[str, ...]:
    """From the dossier alone; what hangs on rolls or the plan its own page says."""
    if queue == "inquiries":
        return tuple(_letter(one, context.on) for one in row.letters)
    step = "preexamined" if queue in {"papers", "returned", "inspection"} else do
    case = case_of(row.facts, supposed(step, purpose or None, context.on), row.ground, _NOT_KNOWN)
    gaps = [check for check in checklist(case) if check.state == "missing"]
    return tuple(check_line(check.rule, "missing", language()) for check in gaps[:_SHOWN_GAPS])


def _letter(one: Letter, today: date) -> str:
    named = one.number or _("without a number")
    sent = dates.month_day(one.sent_on, language())
    if one.answered_on is None:
        days = (today - one.sent_on).days
        return _("%(number)s: sent %(day)s, waiting for %(n)s days", number=named, day=sent, n=days)
    answered = dates.month_day(one.answered_on, language())
    return _("%(number)s: sent %(day)s, answered %(answered)s", number=named, day=sent, answered=answered)


def _button(
    context: Context, queue: Queue, row: QueueRow, act: tuple[str, str], edition: Edition
) -> tuple[str, str]:
    """The act where this visitor may record it; looking at the dossier else."""
    do, purpose = act
    may_record = do in acts_of_roles(context.actor.roles(), edition)
    if queue in {"papers", "returned"} or not may_record:
        return _("Look at it"), url_for("dossiers.page", dossier=row.dossier.id, _anchor="next")
    given: dict[str, Any] = {"purpose": purpose} if purpose else {}
    return act_name(do, None, edition), url_for("acts.form", dossier=row.dossier.id, do=do, **given)
