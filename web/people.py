"""Names behind the ids of members: for the pages that show them and the forms that offer them."""

from recruit.context import Context
from recruit.queries.dossiers import DossierView


def names_of(_context: Context, view: DossierView) -> dict[str, str]:
    """The names that this visitor may see, by id; a member without one is counted, never shown by id."""
    return {view.person.id: view.person.name}


def choices_of(_context: Context, _view: DossierView) -> list[tuple[str, str]]:
    """The members whom a form offers by name."""
    return []
