"""One stay on a roll, and what its keeper may record of it."""

from dataclasses import dataclass

from flask import url_for

from recruit.commands.rolls import ENDINGS, KEEPERS, PENALTIES
from recruit.context import BUSINESS_ROLES, Context
from recruit.queries.organizations import places
from recruit.queries.rolls import RollRow, RollView
from web.acts.fields import Choice
from web.rolls.page import Row, former_of, may_keep, row_of
from web.rolls.words import ending_name, penalty_name

_MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Page:
    """`runs_href`: the dossier that the roll follows; then only a penalty is recorded here."""

    id: str
    branch: str
    branch_href: str
    row: Row
    is_former: bool
    may_keep: bool
    is_probationary: bool
    runs_href: str
    penalties: tuple[Choice, ...]
    endings: tuple[Choice, ...]
    branches: tuple[Choice, ...]
    today: str


def member_page(context: Context, view: RollView, row: RollRow) -> Page:
    is_former = row.member.until is not None and row.member.until <= context.on
    return Page(
        id=row.id,
        branch=view.place.name,
        branch_href=url_for("rolls.roll", organization=view.place.id),
        row=former_of(row, 1) if is_former else row_of(row, 1, context.on),
        is_former=is_former,
        may_keep=may_keep(context, view.place.path) and row.member.until is None,
        is_probationary=row.member.full_since is None,
        runs_href=url_for("dossiers.page", dossier=row.dossier) if row.dossier else "",
        penalties=tuple(Choice(kind, penalty_name(kind)) for kind in PENALTIES),
        endings=tuple(Choice(why, ending_name(why)) for why in ENDINGS if why != _MOVED),
        branches=_branches(context, view),
        today=context.on.isoformat(),
    )


def _branches(context: Context, view: RollView) -> tuple[Choice, ...]:
    """Those whose roll this visitor keeps as well."""
    return tuple(
        Choice(place.id, place.name)
        for place in places(context, kind="branch")
        if place.id != view.place.id and context.actor.held(KEEPERS & BUSINESS_ROLES, place.path) is not None
    )
