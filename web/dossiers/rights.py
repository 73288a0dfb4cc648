"""Which acts this visitor may record on a dossier; the record decides again when one is sent."""

from recruit.commands.rights import RECORDERS
from recruit.context import Context
from recruit.queries.dossiers import DossierView


def openable_acts(context: Context, view: DossierView) -> frozenset[str]:
    """By the letters of the edition in force today: each kind, and each kind with a purpose that it has."""
    roles = context.actor.roles()
    edition = view.ground.edition_on(context.on)
    allowed = [
        (do, purpose)
        for do, kind in edition.acts.items()
        for purpose in kind.purposes
        if not kind.begins and any(roles & set(RECORDERS[letter]) for letter in kind.recorders(purpose))
    ]
    return frozenset(do for do, _ in allowed) | {f"{do} {purpose}" for do, purpose in allowed if purpose}
