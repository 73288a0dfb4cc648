"""The form for a letter, a call or a visit: whom it is about is found by name; who is ticked stays so."""

from dataclasses import dataclass
from secrets import token_urlsafe

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from recruit.commands.enclosures import SCANS
from recruit.commands.submissions import CHANNELS
from recruit.context import Context
from recruit.errors import BadInput, NotFound
from recruit.files.kinds import MOST_SCANS
from recruit.queries.dossiers import dossier_view, dossiers
from recruit.queries.rows import DossierRow
from web.acts.fields import Box, Choice, filled
from web.language import language
from web.public.form import problems_at, with_branch
from web.words import choice_name

_MOST_FOUND = 20


@dataclass(frozen=True, slots=True)
class Letter:
    key: str
    q: str
    found: Box
    nothing: str
    boxes: list[Box]
    problem: str


def letter_page(
    context: Context,
    entries: MultiDict[str, str],
    *,
    error: BadInput | None = None,
    had_scans: bool = False,
) -> Letter:
    """Under a new key; with what was entered, and what is wrong with it."""
    at_boxes = problems_at(error, SCANS, had_files=had_scans)
    q = entries.get("q", "").strip()
    ticked = tuple(dict.fromkeys(entries.getlist("persons")))
    people = _people(context, q, ticked)
    return Letter(
        key=token_urlsafe(24),
        q=q,
        found=Box(
            "persons", "checks", _("Whom did they speak of?"), required=True, values=ticked, choices=people,
            problem=at_boxes.get("persons", ""),
        ),
        nothing=_("Nobody of that name has an open dossier.") if q and not people else "",
        boxes=[filled(box, entries, at_boxes) for box in _boxes(context)],
        problem=error.message(language()) if error else "",
    )  # fmt: skip


def _boxes(context: Context) -> list[Box]:
    channels = tuple(Choice(one, choice_name("channel", one)) for one in CHANNELS)
    return [
        Box("channel", "select", _("How did it come?"), required=True, choices=channels),
        Box("received_on", "date", _("When did it come?"), required=True, values=(context.on.isoformat(),)),
        Box("text", "area", _("What does it say?"), required=True),
        Box(
            SCANS, "scans", _("The letter itself, as photos or files"),
            hint=_("Up to %(n)s, 20 MB each. It is sealed as the text is.", n=MOST_SCANS),
        ),
        Box("name", "text", _("Name of whoever wrote"), hint=_("Leave both empty where it is anonymous.")),
        Box("contact", "text", _("Telephone number, or another way to reach whoever wrote")),
    ]  # fmt: skip


def _people(context: Context, q: str, ticked: tuple[str, ...]) -> tuple[Choice, ...]:
    """Whoever is ticked already, then whom the name finds."""
    rows: dict[str, DossierRow] = {}
    for dossier in ticked:
        try:
            rows[dossier] = dossier_view(context, dossier).row
        except NotFound:
            continue
    if q:
        found = dossiers(context, q=q, limit=_MOST_FOUND).items
        rows |= {row.id: row for row in found if row.phase != "ended"}
    return tuple(Choice(row.id, with_branch(row.name, row.branch_name)) for row in rows.values())
