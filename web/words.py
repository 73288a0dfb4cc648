"""The words of the law in the language of this answer, and the values of an act as people read them."""

from collections.abc import Iterable, Mapping
from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext

from web import dates
from web.language import language
from web.visitors import today
from workflows.edition import EDITIONS, Edition, load_edition
from workflows.words import label


def word(kind: str, id_: str, edition: Edition | None = None) -> str:
    """The name of a stage, phase, act, deadline, choice, role or rule."""
    return label(kind, id_, language(), edition)


def act_name(do: str, purpose: str | None, edition: Edition) -> str:
    """The act, with its purpose where it has one."""
    return label("act", f"{do} {purpose}" if purpose else do, language(), edition)


def field_name(name: str, do: str) -> str:
    """A detail as it is called in that act."""
    return label("field", name, language(), do=do)


def choice_name(field: str, value: str) -> str:
    """A choice by its own field's word; what has none is shown by its id."""
    named = label("choice", f"{field}.{value}", language())
    return value if named == f"{field}.{value}" else named


def value_text(name: str, value: object, people: Mapping[str, str]) -> str:
    """One detail as it is read: a day, a yes, a choice, names; members without a name are counted."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return dates.long_day(value, language())
    if isinstance(value, Mapping):
        return joined(f"{word('act', str(key))} {_day(day)}" for key, day in value.items())
    if isinstance(value, tuple | list):
        return _several(name, [str(item) for item in value], people)
    return people.get(str(value)) or choice_name(name, str(value))


def joined(parts: Iterable[str]) -> str:
    """Several words in a row, with the mark that the language uses."""
    return ("、" if language() == "zh" else ", ").join(parts)


def clauses(parts: Iterable[str]) -> str:
    """Several short statements in a row; empty ones are left out."""
    return ("，" if language() == "zh" else ", ").join(part for part in parts if part)


def labelled(name: str, text: str) -> str:
    """谈话人：李建国."""
    return f"{name}：{text}" if language() == "zh" else f"{name}: {text}"


def sentence(text: str) -> str:
    """The text with a full stop."""
    return text + ("。" if language() == "zh" else ".") if text else ""


def edition_of_today() -> Edition:
    """The edition in force today, for words that belong to no act."""
    begun = [edition for edition in map(load_edition, EDITIONS) if edition.in_force.begins <= today()]
    return begun[-1] if begun else load_edition(EDITIONS[0])


def _several(name: str, items: list[str], people: Mapping[str, str]) -> str:
    if name in {"contacts", "sponsors", "excluded"} and not all(item in people for item in items):
        return ngettext("%(num)s person", "%(num)s persons", len(items))
    return joined(people.get(item) or choice_name(name, item) for item in items)


def _day(day: object) -> str:
    return dates.long_day(day, language()) if isinstance(day, date) else str(day)
