"""The parts that a desk is made of."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tile:
    title: str
    count: str
    text: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Late:
    name: str
    count: int
    href: str


@dataclass(frozen=True, slots=True)
class Lock:
    login: str
    name: str
    until: str


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page; `template` shows its rows."""

    title: str
    template: str
    rows: Sequence[object]
    nothing: str = ""
    note: str = ""
    href: str = ""
    link: str = ""
