"""What every answer to "why this day?" is made of."""

from dataclasses import dataclass

from web.deadlines.strip import Strip


@dataclass(frozen=True, slots=True)
class Reason:
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Note:
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """`neighbours`: periods of the plan nearby that rest days eat into."""

    title: str
    name: str
    dossier_href: str
    answer: str
    detail: str
    strips: list[Strip]
    reasons: list[Reason]
    notes: list[Note]
    neighbours: list[Strip]
