"""Names behind the ids in a dossier: for the pages that show them and the forms that offer them."""

from collections.abc import Mapping

from flask import g
from flask_babel import gettext as _

from recruit.context import Context
from recruit.queries.dossiers import DossierView
from recruit.queries.members import MemberRow, member_names, members_of
from recruit.queries.organizations import branches_beside


def names_of(context: Context, dossier: str) -> Mapping[str, str]:
    """Members and branches by id, asked for once per request; whoever has no name is counted."""
    known: dict[str, Mapping[str, str]] = g.setdefault("names_in_dossiers", {})
    if dossier not in known:
        places = {place.id: place.name for place in branches_beside(context, dossier)}
        known[dossier] = {**places, **member_names(context, dossier)}
    return known[dossier]


def choices_of(context: Context, view: DossierView) -> list[tuple[str, str]]:
    """The members of the branch today, by name; who is on probation or has no vote is marked."""
    return [(row.id, _marked(row)) for row in members_of(context, view.row.branch, context.on)]


def _marked(row: MemberRow) -> str:
    if row.is_barred:
        return _("%(name)s (on probation within the Party)", name=row.name)
    if row.full_since is None:
        return _("%(name)s (probationary member)", name=row.name)
    return row.name
