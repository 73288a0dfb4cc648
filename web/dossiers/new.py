"""The form of a new application: the person, and the day on which the paper came in."""

from flask import url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from recruit.commands.dossiers import OpenDossier
from recruit.commands.people import SEXES, NewPerson
from recruit.commands.reading import read_day
from recruit.context import Context
from web.acts.fields import Box, Choice, read_raw
from web.acts.page import Page, day_box, detail_boxes, late_note, new_key
from web.dossiers.roll import sex_word
from web.visitors import visitor
from web.words import choice_name, edition_of_today, field_name
from workflows.fields import ALWAYS, FIELDS, Field, field_of

DO = "application_received"
BRANCH_ROLES = ("branch_secretary", "branch_clerk")


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
        fields=[*_person_boxes(), day_box(context.on), *detail_boxes(DO, _fields(), members=())],
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


def opening_of(entries: MultiDict[str, str], branch: str, person: str) -> OpenDossier:
    """The first act as entered."""
    details = read_raw(_fields(), entries)
    return OpenDossier(
        branch=branch, person=person, on=entries.get("on", ""), details=details, key=entries.get("key", "")
    )


def branch_of(context: Context) -> str:
    """The branch that the visitor records for."""
    return next(held.organization for held in context.actor.grants if held.role in BRANCH_ROLES)


def _fields() -> list[Field]:
    return [field_of(DO, name) for name in (*edition_of_today().acts[DO].details, *ALWAYS)]


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
