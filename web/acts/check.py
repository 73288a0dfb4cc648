"""The page before an act is sent: every entry once more, remarks, one last button; and what came of it."""

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from recruit.commands.acts import Proposed, Recorded
from recruit.commands.checking import check_act
from recruit.context import Context
from recruit.queries.dossiers import DossierView, dossier_view
from recruit.queries.plans import plan_of
from web import dates
from web.acts.build import act_page, command_of, kind_or_404
from web.acts.fields import Box
from web.acts.page import Page, with_entries
from web.acts.refusal import Shown, graver_first, shown
from web.desk.plan import milestones
from web.dossiers.next import recorders
from web.language import language
from web.people import names_of
from web.words import act_name, edition_of_today, word
from workflows.edition import ActKind

STEP, SEND = "step", "send"
AT = "at"  # tells a switch of the language on which page it was pressed
_PUBLIC = frozenset({"notice_posted"})
_HEAVY = frozenset({"suspended", "resumed"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the summary; `anchor` is the box in the form that it is changed at."""

    label: str
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class CheckPage:
    """What `act_check.html` shows; `kept` are all entries, sent again with either button."""

    title: str
    name: str
    roll: str
    lede: str
    action: str
    back_href: str
    verb: str
    entries: tuple[Entry, ...]
    kept: tuple[tuple[str, str], ...]
    leads: str
    second_person: str
    remarks: tuple[Shown, ...]


def is_looked_at(do: str, kind: ActKind, entries: MultiDict[str, str]) -> bool:
    """Whether an act is shown once more before it is sent.

    It is where it moves a stage, needs two persons, hangs in public, stops or resumes somebody, is told to
    others at once, or asks for an exception. A talk or a thought report is recorded at once.
    """
    is_told = bool(kind.tells) or do in _PUBLIC | _HEAVY
    return kind.moves_a_stage or kind.confirmed or is_told or bool(entries.get("override", "").strip())


def check_page(context: Context, dossier: str, do: str, entries: MultiDict[str, str]) -> CheckPage | None:
    """The page to be looked at; None where the act is sent at once, or was looked at already.

    Raises what the record would: a refusal is seen here, and kept as an attempt.
    """
    view = dossier_view(context, dossier)
    kind = kind_or_404(view, do, view.ground.edition_on(context.on))
    if entries.get(STEP) == SEND or not is_looked_at(do, kind, entries):
        return None
    outcome = check_act(context, command_of(context, dossier, do, entries))
    page = act_page(context, dossier, do, entries, asks_override=bool(entries.get("override")))
    page = with_entries(page, entries, {})
    people = names_of(context, dossier)
    waits = kind.confirmed or bool(entries.get("override", "").strip())
    return CheckPage(
        title=page.title,
        name=page.name,
        roll=page.roll,
        lede=page.lede,
        action=page.action,
        back_href=page.back_href,
        verb=_verb(kind, waits=waits),
        entries=tuple(_entries(page)),
        kept=tuple(_kept(entries)),
        leads="" if waits else _leads(view, outcome),
        second_person=page.second_person,
        remarks=tuple(shown(finding, people) for finding in graver_first(outcome.findings)),
    )


def result(context: Context, do: str, done: Recorded | Proposed) -> str:
    """已上报，记为第 14 条。下一步：党委考察（镇党委），6月12日前."""
    if isinstance(done, Proposed):
        return _("Sent. It counts when a second person has confirmed it.")
    view = dossier_view(context, done.dossier)
    kind = kind_or_404(view, do, view.ground.edition_on(context.on))
    said = (
        _("Submitted, recorded as no. %(n)s.", n=done.seq)
        if "committee" in kind.tells
        else _("Recorded, as no. %(n)s.", n=done.seq)
    )
    coming = _coming(context, view)
    return said + ((" " if language() == "en" else "") + coming if coming else "")


def _coming(context: Context, view: DossierView) -> str:
    if view.main is None:
        return ""
    do, _sep, purpose = view.main.partition(" ")
    edition = view.ground.edition_on(context.on)
    name = act_name(do, purpose or None, edition)
    who = recorders(edition.acts[do].recorders(purpose))
    due = _due(context, view, do)
    if due is None:
        return _("Next: %(what)s, by %(who)s.", what=name, who=who)
    return _(
        "Next: %(what)s, by %(who)s, until %(day)s.",
        what=name, who=who, day=dates.month_day(due, language()),
    )  # fmt: skip


def _due(context: Context, view: DossierView, do: str) -> date | None:
    """The deadline that the act answers, else the last day that the plan gives it."""
    kinds = view.ground.edition_on(context.on).deadlines
    running = [
        one.due for one in view.deadlines if one.is_running and one.id in kinds and kinds[one.id].act == do
    ]
    planned = [
        one.last
        for one in milestones(plan_of(context, context.on.year))
        if do in one.acts and one.last >= context.on
    ]
    return min(running, default=min(planned, default=None))


def _verb(kind: ActKind, *, waits: bool) -> str:
    if waits:
        return _("Send for confirmation")
    return _("Confirm and submit") if "committee" in kind.tells else _("Confirm")


def _leads(view: DossierView, outcome: Recorded | Proposed) -> str:
    if not isinstance(outcome, Recorded) or outcome.stage == view.row.stage:
        return _("The stage does not change.")
    edition = edition_of_today()
    return _(
        "Stage: %(old)s → %(new)s",
        old=word("stage", view.row.stage, edition), new=word("stage", outcome.stage, edition),
    )  # fmt: skip


def _entries(page: Page) -> list[Entry]:
    boxes = [*page.fields, *(page.extra.fields if page.extra else ())]
    return [Entry(box.label, _said(box), f"f-{box.name}") for box in boxes]


def _said(box: Box) -> str:
    """As a person reads it; what was left empty says so."""
    given = [value for value in box.values if value.strip()]
    if not given:
        return _("(left empty)")
    names = {choice.value: choice.text for choice in box.choices}
    if box.kind == "date":
        return _day(given[0])
    return ("、" if language() == "zh" else ", ").join(names.get(value, value) for value in given)


def _day(value: str) -> str:
    try:
        return dates.long_day(date.fromisoformat(value), language())
    except ValueError:
        return value


def _kept(entries: MultiDict[str, str]) -> list[tuple[str, str]]:
    """All entries but the token and what the buttons say."""
    gone = {"csrf_token", STEP, AT, "switch", "choose"}
    kept = [(name, value) for name, value in entries.items(multi=True) if name not in gone]
    return [*kept, (AT, "check")]
