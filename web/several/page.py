"""The form for several people: for whom it is open, for whom not and why; what is common, what each one's."""

from dataclasses import dataclass, replace

from flask import abort, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from recruit.commands.acts import RecordAct
from recruit.context import Context
from recruit.queries.dossiers import dossiers
from recruit.queries.organizations import places
from recruit.queries.rows import DossierRow
from web.acts.build import fields_of
from web.acts.fields import Box, Choice, filled, read_raw
from web.acts.page import day_box, detail_boxes, late_note, new_key
from web.dossiers.rights import SEVERAL, acts_of_roles
from web.dossiers.roll import about
from web.visitors import visitor
from web.words import edition_of_today, word
from workflows.edition import ActKind
from workflows.fields import Field

MOST = 200


@dataclass(frozen=True, slots=True)
class Person:
    """`box`: what is asked of each one alone; `why`: why the act is not open for this person."""

    id: str
    name: str
    about: str
    version: int
    is_chosen: bool = False
    box: Box | None = None
    why: str = ""


@dataclass(slots=True)
class Page:
    title: str
    roll: str
    action: str
    branch: str
    branches: list[Choice]
    key: str
    fields: list[Box]
    people: list[Person]
    others: list[Person]
    personal: str
    late_note: str
    problem: str = ""


def kind_of(context: Context, do: str) -> ActKind:
    """404 for an act that is none of these, 403 for whoever may not record it."""
    edition = edition_of_today()
    if do not in SEVERAL or do not in edition.acts:
        abort(404)
    if do not in acts_of_roles(context.actor.roles(), edition):
        abort(403)
    return edition.acts[do]


def form_page(context: Context, do: str, entries: MultiDict[str, str]) -> Page:
    """The form with what was entered; empty until a branch is chosen where there are several."""
    kind = kind_of(context, do)
    seen = visitor()
    assert seen is not None
    fields = fields_of(do, kind)
    branches = [Choice(one.id, one.name) for one in places(context, kind="branch")]
    branch = branches[0].value if len(branches) == 1 else entries.get("branch", "")
    rows = dossiers(context, branch=branch, is_open=True, limit=MOST).items if branch else ()
    own = _personal_box(do, fields)
    people = [_person(context, row, kind, own, entries) for row in rows]
    boxes = [day_box(context.on), *detail_boxes(do, fields, members=())]
    return Page(
        title=word("act", do, edition_of_today()),
        roll=seen.roll_name,
        action=url_for("several.record", do=do),
        branch=branch,
        branches=branches if len(branches) > 1 else [],
        key=entries.get("key") or new_key(),
        fields=[_eased(filled(box, entries, {}), own) for box in boxes],
        people=[one for one in people if not one.why],
        others=[one for one in people if one.why],
        personal=own.label if own else "",
        late_note=late_note(3),
    )


def commands_of(context: Context, do: str, entries: MultiDict[str, str]) -> list[RecordAct]:
    """One command for each person chosen, with a key of its own, so that a repeated send doubles nothing."""
    fields = fields_of(do, kind_of(context, do))
    common = read_raw(fields, entries)
    return [
        RecordAct(
            dossier=dossier,
            do=do,
            on=entries.get("on", ""),
            details={**common, **_own_details(do, dossier, entries)},
            seen_version=_version(entries.get(f"seen.{dossier}", "")),
            key=f"{entries.get('key', '')}/{dossier}",
        )
        for dossier in dict.fromkeys(entries.getlist("who")[:MOST])
    ]


def _own_details(do: str, dossier: str, entries: MultiDict[str, str]) -> dict[str, object]:
    own = entries.get(f"{SEVERAL[do]}.{dossier}", "").strip()
    return {SEVERAL[do]: own} if own else {}


def _version(text: str) -> int:
    return int(text) if text.isdecimal() else 0


def _personal_box(do: str, fields: list[Field]) -> Box | None:
    return next((box for box in detail_boxes(do, fields, members=()) if box.name == SEVERAL[do]), None)


def _eased(box: Box, own: Box | None) -> Box:
    """What may be written for each person alone need not be written for all."""
    if own is None or box.name != own.name:
        return box
    return replace(box, required=False, hint=_("For everybody whose own line below is left empty."))


def _person(
    context: Context, row: DossierRow, kind: ActKind, own: Box | None, entries: MultiDict[str, str]
) -> Person:
    box = None
    if own is not None:
        name = f"{own.name}.{row.id}"
        shape = "select" if own.choices else "text"
        box = replace(
            own, name=name, kind=shape, label=f"{row.name}: {own.label}", values=(entries.get(name, ""),)
        )
    is_open = row.stage in kind.stages(None)
    stage = word("stage", row.stage, edition_of_today())
    return Person(
        id=row.id,
        name=row.name,
        about=about(row, context.on),
        version=row.version,
        is_chosen=row.id in entries.getlist("who"),
        box=box,
        why="" if is_open else _("Not at this stage: %(stage)s", stage=stage),
    )
