"""Which acts this visitor may record on a dossier; the record decides again when one is sent."""

from recruit.commands.rights import RECORDERS
from recruit.context import Context
from recruit.queries.dossiers import DossierView


def openable_acts(context: Context, view: DossierView) -> frozenset[str]:
    """By the letters of the edition in force today, over the dossier's branch."""
    roles = context.actor.roles()
    edition = view.ground.edition_on(context.on)
    return frozenset(
        do
        for do, kind in edition.acts.items()
        if not kind.begins and any(roles & set(RECORDERS[letter]) for letter in kind.by)
    )
