"""Which acts this visitor may record on a dossier; the record decides again when one is sent."""

from recruit.commands.rights import RECORDERS
from recruit.context import Context
from recruit.queries.dossiers import DossierView
from workflows.edition import Edition


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
