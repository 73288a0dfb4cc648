"""YAML 1.2 as plain values, bounded before anything is built, each entry with its line.

Plain words are typed by the core schema (`on`, `no` and `yes` are words) with two additions: a day
(2016-06-29) becomes a date, an instant with an offset (2016-06-29T09:00+08:00) an aware datetime.
An instant without an offset, an infinity and whatever else has no type stay text.
"""

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, StringMark, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from workflows.errors import UnreadableText

Path = tuple[str | int, ...]

MAX_DEPTH = 64

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|z|[+-]\d\d:?\d\d)", re.ASCII)
_INTEGER = re.compile(r"[-+]?\d{1,30}", re.ASCII)
_BASED = re.compile(r"0o[0-7]{1,30}|0x[0-9a-fA-F]{1,30}", re.ASCII)
_DECIMAL = re.compile(r"[-+]?(\.\d+|\d+\.\d*|\d+(?=[eE]))([eE][-+]?\d+)?", re.ASCII)
_WORDS: dict[str, bool | None] = {
    "": None,
    "~": None,
    **dict.fromkeys(("null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


@dataclass(frozen=True, slots=True)
class Locator:
    """Where each entry of a text stands; a path is the keys and list indices (from 0) down to it."""

    _lines: dict[Path, int]

    def line(self, path: Path) -> int | None:
        """The line (from 1) of the entry, that of its key in a mapping; None where there is none."""
        return self._lines.get(path)

    def nearest(self, path: Path) -> int | None:
        """The line of the entry or, where it is missing, of the closest entry around it."""
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path)


def read_yaml(
    text: bytes | str, *, name: str, max_bytes: int = 2_000_000, max_nodes: int = 200_000
) -> object:
    """The value of the one document in `text`; None for an empty text. `name` is for messages.

    UnreadableText for a text that is longer than `max_bytes` in UTF-8, has more than `max_nodes`
    entries (an alias counts as all that it stands for), is nested more than 64 deep, is not UTF-8,
    holds control characters, tags, keys that stand twice or several documents, or is not YAML.
    """
    return read_yaml_located(text, name=name, max_bytes=max_bytes, max_nodes=max_nodes)[0]


def read_yaml_located(
    text: bytes | str, *, name: str, max_bytes: int = 2_000_000, max_nodes: int = 200_000
) -> tuple[object, Locator]:
    """As `read_yaml`, with the lines of all entries."""
    decoded = _decoded(text, name=name, max_bytes=max_bytes)
    lines: dict[Path, int] = {}
    builder = _Builder(name=name, max_nodes=max_nodes, events=_events(decoded, name=name), lines=lines)
    return builder.document(), Locator(lines)


def _decoded(text: bytes | str, *, name: str, max_bytes: int) -> str:
    raw = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    if len(raw) > max_bytes:
        raise UnreadableText(name, what="too_large", values={"limit": str(max_bytes)})
    try:
        decoded = raw.decode("utf-8-sig", "surrogatepass" if isinstance(text, str) else "strict")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise UnreadableText(name, what="not_utf8", line=line) from error
    found = _CONTROL.search(decoded)
    if found is None:
        return decoded
    before = decoded[: found.start()].split("\n")
    raise UnreadableText(
        name,
        what="control_character",
        line=len(before),
        column=len(before[-1]) + 1,
        values={"character": f"U+{ord(found.group()):04X}"},
    )


def _events(text: str, *, name: str) -> Iterator[Event]:
    """What the parser meets, one by one, so that the builder can stop it at a bound."""
    try:
        yield from YAML(typ="safe", pure=True).parse(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        detail = str(error.problem or error.context)
        raise _unreadable(name, "syntax", mark, detail=detail) from error
    except (YAMLError, ValueError, OverflowError) as error:  # an escape such as \UFFFFFFFF is no character
        raise _unreadable(name, "syntax", None, detail=str(error).splitlines()[0]) from error


@dataclass(slots=True)
class _Builder:
    """Turns the parser's events into values, counting as it goes."""

    name: str
    max_nodes: int
    events: Iterator[Event]
    lines: dict[Path, int]
    nodes: int = 0
    anchored: dict[str, tuple[object, int]] = field(default_factory=dict)  # value, entries it stands for

    def document(self) -> object:
        """The single document's value; the events are read to their end."""
        value: object = None
        documents = 0
        for event in self.events:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self._refuse("several_documents", event)
            elif isinstance(event, NodeEvent):
                self.lines[()] = event.start_mark.line + 1
                value = self._value(event, ())
            elif isinstance(event, StreamEndEvent):
                break
        return value

    def _value(self, event: Event, path: Path) -> object:
        assert isinstance(event, NodeEvent)  # whatever ends a collection was met by its loop
        if isinstance(event, AliasEvent):
            return self._alias(event)
        if getattr(event, "tag", None) is not None:
            raise self._refuse("tag", event, tag=str(getattr(event, "tag", "")))
        if len(path) > MAX_DEPTH:
            raise self._refuse("too_deep", event, limit=str(MAX_DEPTH))
        before = self.nodes
        self._count(1, event)
        value = self._built(event, path)
        if event.anchor is not None:  # known only when complete: nothing can contain itself
            self.anchored[event.anchor] = (value, self.nodes - before)
        return value

    def _built(self, event: NodeEvent, path: Path) -> object:
        if isinstance(event, MappingStartEvent):
            return self._mapping(path)
        if isinstance(event, SequenceStartEvent):
            return self._sequence(path)
        return self._scalar(event)

    def _mapping(self, path: Path) -> dict[object, object]:
        entries: dict[object, object] = {}
        first: dict[object, int] = {}
        while not isinstance(event := next(self.events), MappingEndEvent):
            if isinstance(event, MappingStartEvent | SequenceStartEvent):
                raise self._refuse("key_not_scalar", event)
            key = self._value(event, path)
            if isinstance(key, dict | list):
                raise self._refuse("key_not_scalar", event)
            below = (*path, key if isinstance(key, int) else str(key))
            if key in entries:
                raise self._refuse("duplicate_key", event, key=str(key), first=str(first[key]))
            self.lines[below] = first[key] = event.start_mark.line + 1
            entries[key] = self._value(next(self.events), below)
        return entries

    def _sequence(self, path: Path) -> list[object]:
        entries: list[object] = []
        while not isinstance(event := next(self.events), SequenceEndEvent):
            below = (*path, len(entries))
            self.lines[below] = event.start_mark.line + 1
            entries.append(self._value(event, below))
        return entries

    def _alias(self, event: AliasEvent) -> object:
        if event.anchor not in self.anchored:
            raise self._refuse("unknown_alias", event, alias=str(event.anchor))
        value, size = self.anchored[event.anchor]
        self._count(size, event)
        return value

    def _scalar(self, event: NodeEvent) -> object:
        assert isinstance(event, ScalarEvent)
        text = str(event.value)
        if event.style:  # quoted or a block: always text
            return text
        try:
            return _typed(text)
        except ValueError as error:
            raise self._refuse("no_such_day", event, value=text) from error

    def _count(self, entries: int, event: NodeEvent) -> None:
        self.nodes += entries
        if self.nodes > self.max_nodes:
            raise self._refuse("too_many_nodes", event, limit=str(self.max_nodes))

    def _refuse(self, what: str, event: Event, **values: str) -> UnreadableText:
        return _unreadable(self.name, what, event.start_mark, **values)


def _typed(text: str) -> object:
    """The value of a plain word. ValueError for a day or an instant that does not exist."""
    if text in _WORDS:
        return _WORDS[text]
    for form, convert in _FORMS:
        if form.fullmatch(text):
            return convert(text)
    return text


def _decimal(text: str) -> float | str:
    number = float(text)
    return number if math.isfinite(number) else text


_FORMS: tuple[tuple[re.Pattern[str], Callable[[str], object]], ...] = (
    (_INTEGER, int),
    (_DAY, date.fromisoformat),
    (_INSTANT, datetime.fromisoformat),
    (_BASED, lambda text: int(text, 0)),
    (_DECIMAL, _decimal),
)


def _unreadable(name: str, what: str, mark: StringMark | None, **values: str) -> UnreadableText:
    line = None if mark is None else mark.line + 1
    column = None if mark is None else mark.column + 1
    return UnreadableText(name, what=what, line=line, column=column, values=values)
