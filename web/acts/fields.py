"""The boxes of an act's form, made from the fields that the edition gives the act."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from web.language import language
from web.words import choice_name, field_name, word
from workflows.fields import Field
from workflows.words import label

ATTACHMENTS = "attachments"
LONG_TEXTS = frozenset({"note", "reason", "result", "missing"})
CARRIED = ("application_received", "activist_decided", "review_recorded", "meeting_voted")
_KINDS = {
    "date": "date",
    "count": "number",
    "flag": "radios",
    "choice": "select",
    "choices": "checks",
    "number": "text",
    "time": "time",
}


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    text: str


@dataclass(frozen=True, slots=True)
class Box:
    """One question of a form: what is asked, what was entered, what is wrong with it."""

    name: str
    kind: str
    label: str
    required: bool = False
    hint: str = ""
    choices: tuple[Choice, ...] = ()
    values: tuple[str, ...] = ()
    problem: str = ""

    @property
    def value(self) -> str:
        return self.values[0] if self.values else ""


def boxes(do: str, fields: Sequence[Field], *, members: Sequence[Choice] = ()) -> list[Box]:
    """The boxes of the fields, in their order; `members` are those that an `ids` field offers."""
    return [box for field in fields for box in _boxes_of(do, field, members)]


def filled(box: Box, form: MultiDict[str, str], problems: Mapping[str, str]) -> Box:
    """The box with what was entered and the problem with it; one that was not shown before stays as it is."""
    asked_before = box.name in form or f"{box.name}.asked" in form
    values = tuple(form.getlist(box.name)) if asked_before else box.values
    return replace(box, values=values, problem=problems.get(box.name, ""))


def read_raw(fields: Sequence[Field], form: MultiDict[str, str], *, prefix: str = "") -> dict[str, object]:
    """The entries as the law's own reader takes them; what was left empty is not given."""
    raw: dict[str, object] = {}
    for field in fields:
        entry = _entry(field, form, prefix)
        if entry:
            raw[field.name] = entry
    return raw


def _entry(field: Field, form: MultiDict[str, str], prefix: str) -> object:
    name = prefix + field.name
    if field.type in {"choices", "ids"}:
        return [value for value in form.getlist(name) if value.strip()]
    if field.type == "dates":
        days = {key: form.get(f"{name}.{key}", "").strip() for key in CARRIED}
        return {key: day for key, day in days.items() if day}
    return form.get(name, "").strip()


def _boxes_of(do: str, field: Field, members: Sequence[Choice]) -> list[Box]:
    name = field_name(field.name, do)
    hint = label("hint", field.name, language(), do=do)
    if field.type == "act":
        return []
    if field.name == ATTACHMENTS:
        return [Box(field.name, "files", name, field.required, hint)]
    if field.type == "dates":
        return [Box(f"{field.name}.{key}", "date", f"{name}: {word('act', key)}") for key in CARRIED]
    if field.type == "ids":
        return [_members_box(field, name, hint, members)]
    kind = _KINDS.get(field.type, "area" if field.name in LONG_TEXTS else "text")
    return [Box(field.name, kind, name, field.required, hint, choices=_choices(field))]


def _members_box(field: Field, name: str, hint: str, members: Sequence[Choice]) -> Box:
    if not members:
        return Box(
            field.name, "text", name, field.required, _("Numbers of the members, with commas between.")
        )
    return Box(field.name, "checks", name, field.required, hint, choices=tuple(members))


def _choices(field: Field) -> tuple[Choice, ...]:
    if field.type == "flag":
        return (Choice("true", _("yes")), Choice("false", _("no")))
    return tuple(Choice(value, choice_name(field.name, value)) for value in field.choices)
