"""What waits for a second person, and the button with which that person confirms."""

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from recruit.commands.acts import Proposed
from recruit.commands.proposals import ConfirmProposal, confirm_proposal
from recruit.context import Context
from recruit.errors import Refused, StaleDossier
from recruit.queries.proposals import ProposalRow, find_proposal, proposals
from web import dates
from web.access import reach
from web.acts.page import new_key
from web.acts.refusal import Refusal, Shown, refusal, shown
from web.language import language
from web.people import names_of
from web.proof import proven
from web.sayings import for_whom
from web.visitors import RECORDERS, present
from web.words import act_name, clauses, edition_of_today, field_name, labelled, value_text

blueprint = Blueprint("proposals", __name__)

READERS = (*RECORDERS, "committee_member")


@dataclass(frozen=True, slots=True)
class Item:
    id: str
    title: str
    about: str
    dossier_href: str
    lines: tuple[str, ...]
    recorded: str
    findings: tuple[Shown, ...]
    may_confirm: bool
    why_not: str
    key: str


@dataclass(frozen=True, slots=True)
class Page:
    items: list[Item]
    refused: Refusal | None = None
    problem: str = ""


@blueprint.get("/proposals")
@reach(*READERS)
def waiting() -> ResponseReturnValue:
    """One card per proposal; there is no "confirm all"."""
    return _page()


@blueprint.post("/proposals/<proposal>/confirm")
@reach(*READERS)
@proven
def confirm(proposal: str) -> ResponseReturnValue:
    """Confirm one with the visitor's own log-in; it is judged again."""
    row = find_proposal(present(), proposal)
    command = ConfirmProposal(proposal=proposal, key=request.form.get("key", ""))
    try:
        done = confirm_proposal(present(), command)
    except Refused as error:
        return _page(refused=refusal(error.findings, _name(row), names_of(present(), row.dossier))), 422
    except StaleDossier:
        return _page(
            problem=_("The dossier has changed since this was proposed, or it is settled already.")
        ), 409
    if isinstance(done, Proposed):
        flash(_("Your consent is noted; one more person must confirm."), "info")
        return redirect(url_for("proposals.waiting"))
    flash(_("Confirmed: %(what)s, %(name)s.", what=_name(row), name=row.name), "ok")
    return redirect(url_for("dossiers.page", dossier=row.dossier))


def _page(*, refused: Refusal | None = None, problem: str = "") -> str:
    items = [_item(present(), row) for row in proposals(present())]
    return render_template("proposals.html", page=Page(items, refused, problem))


def _name(row: ProposalRow) -> str:
    return act_name(row.do, str(row.details.get("purpose") or "") or None, edition_of_today())


def _item(context: Context, row: ProposalRow) -> Item:
    people = names_of(context, row.dossier)
    details = [
        labelled(field_name(name, row.do), value_text(name, value, people))
        for name, value in row.details.items()
        if name not in {"purpose", "replacement"}
    ]
    happened = _("On %(day)s", day=dates.long_day(row.on, language()))
    recorded = _(
        "Recorded by %(name)s, %(day)s %(time)s",
        name=for_whom(row.proposed_by_name, row.proposed_instead_of),
        day=dates.month_day(dates.local(row.proposed_at).date(), language()),
        time=dates.clock_time(row.proposed_at),
    )  # fmt: skip
    exception = [_("An exception is asked for; a person of the superior organization must answer for it.")]
    return Item(
        id=row.id,
        title=row.name,
        about=f"{_name(row)} · {row.branch_name}",
        dossier_href=url_for("dossiers.page", dossier=row.dossier),
        lines=(clauses([happened, *details]), *(exception if row.has_override else [])),
        recorded=recorded,
        findings=tuple(shown(finding, people) for finding in row.findings),
        may_confirm=row.may_confirm,
        why_not=_why_not(context, row),
        key=new_key(),
    )


def _why_not(context: Context, row: ProposalRow) -> str:
    if row.may_confirm:
        return ""
    if context.actor.user_id == row.proposed_by:
        return _("You recorded it yourself; another person must confirm.")
    if row.counts_as_one:
        return _("One of you stands in for the other, so you two count as one; somebody else must confirm.")
    return _("A person of the committee who may decide must confirm.")
