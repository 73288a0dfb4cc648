"""Reading what somebody filled in as the details and the content of an act."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from workflows.acts import Value
from workflows.edition import Edition
from workflows.field_kinds import FIELDS, Field, FieldType, field_of

__all__ = ["FIELDS", "Field", "FieldProblem", "FieldType", "Parsed", "field_of", "fields_of", "parse_details"]

MOST_CHARACTERS = 4000
MOST_IDS = 60
ALWAYS = ("note", "attachments")


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """One thing that cannot be read: the field, the id of the message, and what the message names."""

    field: str
    id: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Parsed:
    details: Mapping[str, Value]
    content: Mapping[str, str]
    problems: tuple[FieldProblem, ...]


# The contract's short names of details, where one word would mean two types.
ALIASES: Mapping[tuple[str, str], str] = {
    ("opinions_heard", "from"): "from_whom",
    ("course_attended", "kind"): "course",
    ("paper_received", "kind"): "paper",
    ("transferred", "to"): "to_branch",
    ("inquiry_sent", "to"): "inquiry_to",
    ("inquiry_answered", "to"): "inquiry_to",
    ("inquiry_sent", "number"): "inquiry",
    ("inquiry_answered", "number"): "inquiry",
    ("preexamined", "body"): "committee_body",
    ("committee_decided", "body"): "committee_body",
    ("target_consented", "body"): "committee_body",
}


def fields_of(edition: Edition, do: str) -> tuple[Field, ...]:
    """What the act may carry under that edition, in the order of its form; a note besides."""
    return tuple(field_of(do, name) for name in (*edition.acts[do].details, *ALWAYS))


def parse_details(do: str, names: Iterable[str], raw: Mapping[str, object]) -> Parsed:
    """Read `raw` (from a form, JSON or YAML) as the details `names` of the act `do`.

    Every problem, not only the first.

    Text from forms is accepted for every type: "2016-06-16", "12", "true", "m1, m2". An empty text is "not
    given".
    """
    fields = {name: field_of(do, name) for name in (*names, *ALWAYS)}
    details: dict[str, Value] = {}
    content: dict[str, str] = {}
    problems: list[FieldProblem] = []
    given = {ALIASES.get((do, key), key): value for key, value in raw.items() if not _is_empty(value)}
    for name, value in given.items():
        field = fields.get(name)
        if field is None:
            problems.append(FieldProblem(name, "field_unknown", {"act": do}))
            continue
        read = _read(field, value)
        if isinstance(read, FieldProblem):
            problems.append(read)
        elif field.content:
            content[name] = str(read)
        else:
            details[name] = read
    problems.extend(
        FieldProblem(name, "field_missing", {})
        for name, field in fields.items()
        if field.required and name not in given
    )
    return Parsed(details, content, tuple(problems))


def _is_empty(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _read(field: Field, value: object) -> Value | FieldProblem:
    return _READERS[field.type](field, value)


def _problem(field: Field, id_: str, value: object, **values: str) -> FieldProblem:
    return FieldProblem(field.name, id_, {"value": str(value)[:60], **values})


def _date(field: Field, value: object) -> Value | FieldProblem:
    if isinstance(value, date):
        return date(value.year, value.month, value.day)
    try:
        return date.fromisoformat(str(value).strip())
    except ValueError:
        return _problem(field, "not_a_date", value)


def _count(field: Field, value: object) -> Value | FieldProblem:
    if isinstance(value, bool) or not re.fullmatch(r"-?[0-9]{1,7}", str(value).strip()):
        return _problem(field, "not_a_count", value)
    return int(str(value))


_FLAGS = {
    "true": True,
    "yes": True,
    "on": True,
    "1": True,
    "false": False,
    "no": False,
    "off": False,
    "0": False,
}


def _flag(field: Field, value: object) -> Value | FieldProblem:
    flag = _FLAGS.get(str(value).strip().lower())
    return _problem(field, "not_a_flag", value) if flag is None else flag


def _choice(field: Field, value: object) -> Value | FieldProblem:
    text = str(value).strip()
    if text in field.choices or (field.takes_any_word and re.fullmatch(r"[a-z][a-z0-9_]{0,39}", text)):
        return text
    return _problem(field, "not_a_choice", value, choices=", ".join(field.choices))


def _choices(field: Field, value: object) -> Value | FieldProblem:
    chosen = _listed(value)
    unknown = [item for item in chosen if item not in field.choices]
    if unknown:
        return _problem(field, "not_a_choice", unknown[0], choices=", ".join(field.choices))
    return tuple(item for item in field.choices if item in chosen)


def _ids(field: Field, value: object) -> Value | FieldProblem:
    ids = _listed(value)
    if len(ids) > MOST_IDS or any(not re.fullmatch(r"[\w.:-]{1,64}", item) for item in ids):
        return _problem(field, "not_ids", value)
    return tuple(dict.fromkeys(ids))


def _listed(value: object) -> list[str]:
    items = value if isinstance(value, list | tuple) else re.split(r"[,，、\s]+", str(value).strip("[]"))
    return [str(item).strip() for item in items if str(item).strip()]


def _number(field: Field, value: object) -> Value | FieldProblem:
    text = str(value).strip()
    return text if re.fullmatch(r"[\w()（）〔〕./:-]{1,64}", text) else _problem(field, "not_a_number", value)


def _time(field: Field, value: object) -> Value | FieldProblem:
    text = str(value).strip()
    return (
        text if re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", text) else _problem(field, "not_a_time", value)
    )


def _text(field: Field, value: object) -> Value | FieldProblem:
    text = str(value).strip()
    return (
        text
        if len(text) <= MOST_CHARACTERS
        else _problem(field, "text_too_long", value, most=str(MOST_CHARACTERS))
    )


def _dates(field: Field, value: object) -> Value | FieldProblem:
    if not isinstance(value, Mapping):
        return _problem(field, "not_dates", value)
    read = {str(key): _date(field, day) for key, day in value.items()}
    wrong = next((day for day in read.values() if isinstance(day, FieldProblem)), None)
    return wrong or {key: day for key, day in read.items() if isinstance(day, date)}


def _act(field: Field, value: object) -> Value | FieldProblem:
    return _problem(field, "not_an_act", value)  # a replacement is read by the caller, as an act of its own


_READERS = {
    "date": _date,
    "count": _count,
    "flag": _flag,
    "choice": _choice,
    "choices": _choices,
    "ids": _ids,
    "number": _number,
    "time": _time,
    "text": _text,
    "dates": _dates,
    "act": _act,
}
