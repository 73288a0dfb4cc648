"""Readings as lines: who opened which dossier, and when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask import url_for

from recruit.context import Context
from recruit.queries.found import dossiers_by_id
from recruit.queries.readings import ReadingRow
from web.history.readers import reader
from web.words import clauses

_SHORT = 6


@dataclass(frozen=True, slots=True)
class Line:
    """`whose`: the person's name, or the end of the dossier's number for who must not know it."""

    when: str
    who: str
    what: str
    whose: str
    href: str


def dossier_names(context: Context, dossiers: Iterable[str]) -> Mapping[str, str]:
    """王秀兰，柳树村党支部, of those within reach."""
    rows = dossiers_by_id(context, dossiers)
    return {id_: clauses([row.name, row.branch_name]) for id_, row in rows.items()}


def lines_of(rows: Iterable[ReadingRow], named: Mapping[str, str]) -> list[Line]:
    found = []
    for row in rows:
        shown, name = reader(row), named.get(row.dossier)
        whose = name or clauses([f"…{row.dossier[-_SHORT:]}", row.branch_name])
        href = url_for("history.page", dossier=row.dossier) if name else ""
        found.append(Line(shown.when, shown.who, shown.what, whose, href))
    return found
