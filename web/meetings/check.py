"""The check before the confirmation, exceptions first; and after it what came of each person."""

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from recruit.commands.sitting import (
    BARRED,
    CONFIRMED,
    HANDED,
    OPEN,
    REFUSED,
    VOID,
    VOTED,
    count_of,
)
from recruit.discretion import told
from recruit.findings import findings_of
from recruit.queries.meetings import ItemView, MeetingView
from web.acts.refusal import REFUSING
from web.language import language
from web.meetings.head import Head, head_of, progress
from web.meetings.names import count_lines, item_act, result_of
from web.meetings.votes import reasons_of
from web.visitors import present
from web.words import clauses
from workflows.words import finding_sentence


@dataclass(frozen=True, slots=True)
class Line:
    """`remarks`: everything that is not as everywhere; lines with remarks stand first."""

    name: str
    href: str
    what: str
    counts: str
    level: str
    result: str
    remarks: list[str]


@dataclass(frozen=True, slots=True)
class CheckPage:
    """`left`: how many of a confirmed meeting are not recorded yet. `why_not`: why not this visitor."""

    id: str
    version: int
    head: Head
    lines: list[Line]
    state: str
    undecided: int
    handed: str
    may_hand: bool
    may_confirm: bool
    may_take_back: bool
    why_not: str
    left: int
    resolution_href: str
    is_void: bool
    problem: str = ""


def check_page(view: MeetingView, *, problem: str = "") -> CheckPage:
    sitting = view.sitting
    lines = sorted(lines_of(view), key=lambda line: not line.remarks and line.level != "bad")
    is_over = sitting.state in {CONFIRMED, VOID}
    handed = view.users.get(sitting.handed_by or "", "")
    voted = any(one.item.state == VOTED for one in view.items)
    return CheckPage(
        id=sitting.id,
        version=sitting.version,
        head=head_of(view, "confirm" if is_over or sitting.state == HANDED else "check"),
        lines=lines,
        state=sitting.state,
        undecided=progress(view)[1] if sitting.state == OPEN and sitting.has_quorum else 0,
        handed=_("Sent for confirmation by %(name)s.", name=handed) if sitting.state == HANDED else "",
        may_hand=view.may_keep and sitting.state == OPEN,
        may_confirm=view.may_confirm and sitting.state == HANDED,
        may_take_back=(view.may_keep or view.may_confirm) and sitting.state == HANDED,
        why_not=_why_not(view) if sitting.state == HANDED else "",
        left=sum(one.item.state == VOTED for one in view.items) if sitting.state == CONFIRMED else 0,
        resolution_href=url_for("meetings.resolution", meeting=sitting.id) if is_over else "",
        is_void=sitting.state == VOID
        or (sitting.state == OPEN and sitting.is_attended and not sitting.has_quorum and not voted),
        problem=problem,
    )


def lines_of(view: MeetingView) -> list[Line]:
    """Everybody on the agenda, by the strokes of the surname."""
    return [_line(view, one) for one in view.items]


def _line(view: MeetingView, one: ItemView) -> Line:
    sitting, item = view.sitting, one.item
    level, result = result_of(sitting, item)
    count = count_of(sitting, item)
    final_level, final = _final(one)
    return Line(
        name=item.name,
        href=url_for("dossiers.page", dossier=item.dossier) if one.row else "",
        what=item_act(item),
        counts=clauses(count_lines(count)) if count else "",
        level=final_level or level or "idle",
        result=final or result or _("not voted on"),
        remarks=_remarks(view, one, has_failed=level == "bad"),
    )


def _final(one: ItemView) -> tuple[str, str]:
    match one.item.state:
        case "refused":
            return "bad", _("not recorded: a rule refuses it now")
        case "deferred":
            return "idle", _("deferred")
        case "barred":
            return "bad", _("could not be voted on")
        case _:
            return "", ""


def _remarks(view: MeetingView, one: ItemView, *, has_failed: bool) -> list[str]:
    item = one.item
    remarks = []
    if item.all_for_by:
        name = view.users.get(item.all_for_by, "")
        remarks.append(_("“All for this one” was used by %(name)s", name=name))
    if item.counts.get("recused"):
        remarks.append(_("%(n)s recused", n=item.counts["recused"]))
    if item.present is not None and item.present != view.sitting.present:
        remarks.append(_("%(n)s were present at this vote", n=item.present))
    if has_failed:
        remarks.append(_fate(one))
    if item.problem == "no_quorum":
        remarks.append(_("Too few were present by then"))
    if item.state in {BARRED, REFUSED}:
        kept = told(present(), view.sitting.place.path, findings_of(item.findings))
        stored = [each for each in kept if each.severity in REFUSING]
        remarks += [finding_sentence(each, language()) for each in stored] or [_gone()]
    if item.is_waiting and one.eligible and one.eligible.is_barred:
        remarks += [_("Cannot be voted on today."), *reasons_of(one)]
    return [one for one in remarks if one]


def _fate(one: ItemView) -> str:
    """What a vote that did not pass means for the person."""
    match one.item.do:
        case "meeting_voted" if one.item.purpose == "admission":
            return _("Back to vetting; the time of cultivation is kept, and it may be tried again")
        case "activist_decided" | "target_proposed":
            return _("Nothing is recorded in the dossier")
        case _:
            return ""


def _gone() -> str:
    return _("The dossier was moved, or the role to record it has ended; record it from the dossier")


def _why_not(view: MeetingView) -> str:
    if view.may_confirm:
        return ""
    if view.counts_as_one:
        return _("One of you stands in for the other, so you two count as one; somebody else must confirm.")
    if view.sitting.kind != "committee":
        return _("Somebody of the branch confirms.")
    return _("The committee's secretary, or another member who may decide, confirms with an own log-in.")
