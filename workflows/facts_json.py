"""Facts as plain JSON values and back: the form in which a dossier's row keeps them."""

import dataclasses
from collections.abc import Callable, Mapping
from datetime import date
from operator import attrgetter
from typing import Any

from workflows import facts as kinds
from workflows.facts import Facts

Plain = Any
Codec = tuple[Callable[[Any], Plain], Callable[[Plain], Any]]


def plain_facts(facts: Facts) -> dict[str, Plain]:
    """Only what differs from an empty dossier: days as ISO text, rows as lists in their fields' order."""
    plain: dict[str, Plain] = {}
    for (name, write, default), value in zip(_WRITERS, _values_of(facts), strict=True):
        if value is not default and value != default:
            plain[name] = write(value)
    return plain


def facts_of(plain: Mapping[str, Plain]) -> Facts:
    """The inverse of `plain_facts`; KeyError for a field that facts do not have."""
    return Facts(**{name: _READERS[name](value) for name, value in plain.items()})


def _same(value: Any) -> Any:  # noqa: ANN401 - one codec for every field
    return value


def _row(kind: type) -> Codec:
    fields = dataclasses.fields(kind)
    values_of = attrgetter(*(field.name for field in fields))
    codecs = [_codec(str(field.type)) for field in fields]
    write_at = [(index, write) for index, (write, _) in enumerate(codecs) if write is not _same]
    read_at = [(index, read) for index, (_, read) in enumerate(codecs) if read is not _same]

    def write(row: Any) -> Plain:  # noqa: ANN401 - as above
        values = list(values_of(row))
        for index, as_plain in write_at:
            if values[index] is not None:
                values[index] = as_plain(values[index])
        return values

    def read(plain: Plain) -> Any:  # noqa: ANN401 - as above
        values = list(plain)
        for index, of_plain in read_at:
            if values[index] is not None:
                values[index] = of_plain(values[index])
        return kind(*values)

    return write, read


def _codec(annotation: str) -> Codec:
    if "date" in annotation:
        return date.isoformat, date.fromisoformat
    return (list, tuple) if annotation.startswith("tuple[str") else (_same, _same)


def _many(codec: Codec) -> Codec:
    write, read = codec
    return (lambda rows: [write(row) for row in rows]), (lambda plain: tuple(map(read, plain)))


def _by_day() -> Codec:
    def write(pairs: tuple[tuple[date, str], ...]) -> Plain:
        return [(on.isoformat(), name) for on, name in pairs]

    def read(plain: Plain) -> tuple[tuple[date, str], ...]:
        return tuple([(date.fromisoformat(on), name) for on, name in plain])

    return write, read


def _by_name() -> Codec:
    def write(days: Mapping[str, date]) -> Plain:
        return {name: on.isoformat() for name, on in days.items()}

    def read(plain: Plain) -> Mapping[str, date]:
        return {name: date.fromisoformat(on) for name, on in plain.items()}

    return write, read


_CODECS: Mapping[str, Codec] = {
    "recommendations": _many(_row(kinds.Recommendation)),
    "opinions": _many(_row(kinds.Opinion)),
    "notices": _many(_row(kinds.Notice)),
    "objections": _many(_row(kinds.Objection)),
    "trainings": _many(_row(kinds.Training)),
    "votes": _many(_row(kinds.Vote)),
    "talks": _many(_row(kinds.Talk)),
    "decisions": _many(_row(kinds.Decision)),
    "pauses": _many(_row(kinds.Pause)),
    "papers": _many(_row(kinds.Paper)),
    "timers": _many(_row(kinds.Timer)),
    "review": _row(kinds.Review),
    "examination": _row(kinds.Examination),
    "inspection": _row(kinds.Examination),
    "preexamination": _row(kinds.Examination),
    "department": _row(kinds.Examination),
    "theory": _row(kinds.Examination),
    "reviews": _many((date.isoformat, date.fromisoformat)),
    "thought_reports": _many((date.isoformat, date.fromisoformat)),
    "stages": _by_day(),
    "branches": _by_day(),
    "first_on": _by_name(),
    "last_on": _by_name(),
}
_REQUIRED = object()


def _default(field: "dataclasses.Field[Any]") -> Any:  # noqa: ANN401 - as above
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    return _REQUIRED if field.default is dataclasses.MISSING else field.default


_FIELDS = dataclasses.fields(Facts)
_values_of = attrgetter(*(field.name for field in _FIELDS))
_BY_FIELD = {field.name: _CODECS.get(field.name) or _codec(str(field.type)) for field in _FIELDS}
_WRITERS = [(field.name, _BY_FIELD[field.name][0], _default(field)) for field in _FIELDS]
_READERS = {name: read for name, (_, read) in _BY_FIELD.items()}
