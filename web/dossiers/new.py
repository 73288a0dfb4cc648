"""The form of a new application: the person, and the day on which the paper came in."""

from flask import url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from recruit.commands.dossiers import ReceiveApplication
from recruit.commands.people import SEXES, NewPerson
from recruit.commands.reading import read_day
from recruit.context import Context
from recruit.errors import BadInput, problem
from recruit.queries.organizations import places
from web.acts.fields import Box, Choice, read_raw
from web.acts.page import Page, day_box, detail_boxes, late_note, new_key
from web.dossiers.roll import sex_word
from web.visitors import visitor
from web.words import choice_name, edition_of_today, field_name
from workflows.fields import ALWAYS, FIELDS, Field, field_of

DO = "application_received"


def new_page(context: Context) -> Page:
    """The empty form."""
    seen = visitor()
    assert seen is not None
    return Page(
        title=_("Record an application"),
        name="",
        roll=seen.roll_name,
        lede=_("The written application is the first act of a dossier."),
        action=url_for("dossiers.record_new"),
        verb=_("Record"),
        hidden=[("key", new_key())],
        fields=[
            *_branch_boxes(context),
            *_person_boxes(),
            day_box(context.on),
            *detail_boxes(DO, _fields(), members=()),
        ],
        late_note=late_note(3),
    )


def person_of(entries: MultiDict[str, str], branch: str) -> NewPerson:
    """The person as entered; `BadInput` for an unreadable birthday."""
    born = entries.get("born", "").strip()
    return NewPerson(
        name=entries.get("name", "").strip(),
        organization=branch,
        sex=entries.get("sex") or None,
        born=read_day(born, field="born") if born else None,
        education=entries.get("education") or None,
        category=entries.get("category") or None,
        id_number=entries.get("id_number", "").strip() or None,
        phone=entries.get("phone", "").strip() or None,
    )


def received(context: Context, entries: MultiDict[str, str]) -> ReceiveApplication:
    """The person and the first act as entered; `BadInput` for what cannot be read."""
    branch = _branch(context, entries)
    return ReceiveApplication(
        branch=branch,
        person=person_of(entries, branch),
        on=read_day(entries.get("on", "")),
        details=read_raw(_fields(), entries),
        key=entries.get("key", ""),
    )


def _branch(context: Context, entries: MultiDict[str, str]) -> str:
    """The one branch that there is to choose, or the one that was chosen."""
    offered = places(context, kind="branch")
    chosen = offered[0].id if len(offered) == 1 else entries.get("branch", "")
    if not chosen:
        raise BadInput(problem("branch", "missing"))
    return chosen


def _branch_boxes(context: Context) -> list[Box]:
    offered = places(context, kind="branch")
    if len(offered) == 1:
        return []
    choices = tuple(Choice(place.id, place.name) for place in offered)
    return [Box("branch", "select", _("Branch"), required=True, choices=choices)]


def _fields() -> list[Field]:
    return [
        field_of(DO, name)
        for name in (*edition_of_today().acts[DO].details, *ALWAYS)
        if name != "attachments"
    ]


def _person_boxes() -> list[Box]:
    sexes = tuple(Choice(sex, sex_word(sex)) for sex in SEXES)
    schools = tuple(Choice(one, choice_name("education", one)) for one in FIELDS["education"].choices)
    return [
        Box("name", "text", _("Name"), required=True),
        Box("sex", "select", _("Sex"), choices=sexes),
        Box("born", "date", _("Date of birth"), hint=_("Kept encrypted; the age is judged by it.")),
        Box("id_number", "text", _("ID number"), hint=_("Kept encrypted and shown masked.")),
        Box("phone", "text", _("Telephone"), hint=_("Kept encrypted.")),
        Box("education", "select", field_name("education", DO), choices=schools),
    ]
