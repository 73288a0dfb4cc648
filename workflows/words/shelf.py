"""The packaged words, read once and checked for their shape."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import TypeVar

from pydantic import BaseModel, ConfigDict

from workflows.edition import Words
from workflows.shapes import validated
from workflows.texts import read_yaml_located


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class RuleWords(_Data):
    """`says`: sentences by variant; `adds`: a second sentence where the value of that name is not 0."""

    name: Words
    met: Words | None = None
    not_needed: Words | None = None
    not_checked: Words | None = None
    reads: Mapping[str, str] = {}
    says: Mapping[str, Words]
    adds: Mapping[str, Words] = {}

    def sentences(self) -> Iterator[Words]:
        yield from self.says.values()
        yield from self.adds.values()


class FieldAt(Words):
    hint: Words | None = None


class FieldWords(Words):
    hint: Words
    at: Mapping[str, FieldAt] = {}


class Fields(_Data):
    fields: Mapping[str, FieldWords]
    choices: Mapping[str, Mapping[str, Words]]


class Problems(_Data):
    fields: Mapping[str, Words]
    counts: Mapping[str, Words]


class Labels(_Data):
    role: Mapping[str, Words]
    mender: Mapping[str, Words]
    severity: Mapping[str, Words]
    status: Mapping[str, Words]
    unit: Mapping[str, Words]
    organization_kind: Mapping[str, Words]
    setting: Mapping[str, Words]
    act: Mapping[str, Words]

    def of(self, kind: str) -> Mapping[str, Words] | None:
        """The list of that kind; None where the kind is no list of this text."""
        return getattr(self, kind) if kind in type(self).model_fields else None


class _Rules(_Data):
    rules: Mapping[str, RuleWords]


_Shape = TypeVar("_Shape", bound=_Data)


@lru_cache(maxsize=1)
def rules() -> Mapping[str, RuleWords]:
    return _read("rules.yaml", _Rules, under="rules").rules


@lru_cache(maxsize=1)
def fields() -> Fields:
    return _read("fields.yaml", Fields)


@lru_cache(maxsize=1)
def problems() -> Problems:
    return _read("problems.yaml", Problems)


@lru_cache(maxsize=1)
def labels() -> Labels:
    return _read("labels.yaml", Labels)


def _read(name: str, shape: type[_Shape], *, under: str | None = None) -> _Shape:
    text = files("workflows").joinpath("words", name).read_bytes()
    plain, where = read_yaml_located(text, name=f"words/{name}")
    return validated(shape, {under: plain} if under else plain, name=f"words/{name}", where=where)


def one(words: Words, language: str) -> str:
    """Chinese unless English is asked for."""
    return words.en if language == "en" else words.zh
