"""Which acts this visitor may record on a dossier; the record decides again when one is sent."""

from collections.abc import Mapping

from flask import url_for

from recruit.commands.rights import RECORDERS
from recruit.context import Context
from recruit.queries.dossiers import DossierView
from web.words import edition_of_today, word
from workflows.edition import Edition

# Never a decision, a vote, or an act that moves a stage; a talk is held with one person alone.
SEVERAL: Mapping[str, str] = {
    "thought_report_received": "",
    "review_recorded": "result",
    "course_attended": "passed",
    "assigned_to_group": "",
}


def openable_acts(context: Context, view: DossierView) -> frozenset[str]:
    """By the letters of the edition in force today: each kind, and each kind with a purpose that it has."""
    return acts_of_roles(context.actor.roles(), view.ground.edition_on(context.on))


def acts_of_roles(roles: frozenset[str], edition: Edition) -> frozenset[str]:
    """What these roles record, wherever a dossier stands."""
    allowed = [
        (do, purpose)
        for do, kind in edition.acts.items()
        for purpose in kind.purposes
        if not kind.begins and any(roles & set(RECORDERS[letter]) for letter in kind.recorders(purpose))
    ]
    return frozenset(do for do, _ in allowed) | {f"{do} {purpose}" for do, purpose in allowed if purpose}


def several_links(context: Context) -> list[tuple[str, str]]:
    """Name and address of each such act that this visitor may record."""
    edition = edition_of_today()
    allowed = acts_of_roles(context.actor.roles(), edition)
    return [(word("act", do, edition), url_for("several.form", do=do)) for do in SEVERAL if do in allowed]
