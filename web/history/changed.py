"""Two moments of a dossier side by side: what became known between them, old and new."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _

from recruit.context import Context
from recruit.queries.as_known import AsKnown
from recruit.queries.difference import Difference, difference
from recruit.queries.dossiers import DossierView
from web.history.facts import Row, deadline_rows, fact_rows
from web.history.items import Item, items_of
from web.history.moments import moment_text, moment_value
from web.visitors import visitor
from web.words import word


@dataclass(frozen=True, slots=True)
class Side:
    title: str
    stage: str
    acts: str


@dataclass(frozen=True, slots=True)
class Page:
    title: str
    name: str
    roll: str
    action: str
    earlier: str
    later: str
    sides: list[Side]
    rows: list[Row]
    items: list[Item]
    nothing: str
    dossier_href: str
    history_href: str


def changed_page(
    context: Context, view: DossierView, *, earlier: datetime, later: datetime, people: Mapping[str, str]
) -> Page:
    """`earlier` and `later` are taken in their order, whichever was given first."""
    seen = visitor()
    assert seen is not None
    first, last = sorted((earlier, later))
    found = difference(context, view.row.id, earlier=first, later=last)
    edition = view.ground.edition_on(found.later.as_of)
    rows = [*fact_rows(found.changes, edition, people), *deadline_rows(found.deadlines, edition)]
    items = sorted(items_of(found.entries, view.ground, people), key=lambda item: item.order, reverse=True)
    return Page(
        title=_("What changed for %(name)s", name=view.row.name),
        name=view.row.name,
        roll=seen.roll_name,
        action=url_for("history.changed", dossier=view.row.id),
        earlier=moment_value(first),
        later=moment_value(last),
        sides=[_side(found.earlier), _side(found.later)],
        rows=rows,
        items=items,
        nothing=_nothing(found, rows),
        dossier_href=url_for("dossiers.page", dossier=view.row.id),
        history_href=url_for("history.page", dossier=view.row.id),
    )


def _side(known: AsKnown) -> Side:
    stage = word("stage", known.stage) if known.stage else _("not begun")
    return Side(
        moment_text(known.known_at),
        stage,
        _("%(n)s acts on record, %(late)s of them late entries", n=known.acts, late=known.late),
    )


def _nothing(found: Difference, rows: list[Row]) -> str:
    if rows or found.entries:
        return ""
    return _(
        "Nothing was recorded between %(first)s and %(last)s.",
        first=moment_text(found.earlier.known_at), last=moment_text(found.later.known_at),
    )  # fmt: skip
