"""Names behind the ids of members: for the pages that show them and the forms that offer them."""

from recruit.context import Context
from recruit.queries.dossiers import DossierView


def names_of(context: Context, view: DossierView) -> dict[str, str]:
    """Everybody who is or was on the branch's roll, by id."""
    return {}


def choices_of(context: Context, view: DossierView) -> list[tuple[str, str]]:
    """The full members of the branch today, whom a form offers."""
    return []
