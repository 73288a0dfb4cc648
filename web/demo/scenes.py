"""Scenes: one act of one person on one day, as the story's lines and everybody's path have them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from pydantic import BaseModel, ConfigDict

from web.demo.cast import Cast, read_packaged
from workflows.acts import SHANGHAI

_NEXT = timedelta(minutes=4)
_QUARTERS = (
    time(9, 10),
    time(9, 40),
    time(10, 25),
    time(11, 5),
    time(14, 40),
    time(15, 20),
    time(16, 5),
    time(16, 50),
)


class Tell(BaseModel):
    zh: str
    en: str


class MeetingLine(BaseModel):
    """`is_here`: held at the counter, opened there at `opened` (or as it begins)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: str
    of: str
    on: date
    at: time
    present: int
    members: int | None = None
    entitled: int | None = None
    place: str | None = None
    is_here: bool = False
    opened: time | None = None


class _SceneLine(BaseModel):
    model_config = ConfigDict(extra="allow", frozen=True)

    on: date
    who: str | tuple[str, ...]
    do: str
    at: time | None = None
    by: str | None = None
    recorded: datetime | None = None
    refused: tuple[str, ...] = ()
    warns: tuple[str, ...] = ()
    act_of: str | None = None
    tell: Tell | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """`at`: when it is recorded. `refused`, `warns`: rules that must speak; `by` None: as the act asks."""

    on: date
    at: datetime
    who: str
    do: str
    details: Mapping[str, object] = field(default_factory=dict)
    by: str | None = None
    refused: tuple[str, ...] = ()
    warns: tuple[str, ...] = ()
    act_of: str | None = None
    tell: Tell | None = None


@dataclass(frozen=True, slots=True)
class Story:
    meetings: tuple[MeetingLine, ...]
    scenes: tuple[Scene, ...]


def load_story(cast: Cast) -> Story:
    raw = read_packaged("story.yaml")
    lines = [_SceneLine.model_validate(one) for one in raw["scenes"]]
    scenes = [scene for line in lines for scene in _scenes(line, cast, raw["groups"])]
    meetings = tuple(MeetingLine.model_validate(one) for one in raw["meetings"])
    return Story(meetings, tuple(scenes))


def at_desk(who: str, do: str, on: date) -> datetime:
    """An hour of the working day at which this act is recorded, always the same."""
    return moment(on, _QUARTERS[chance(f"{who}{do}{on}", len(_QUARTERS))])


def moment(on: date, at: time) -> datetime:
    return datetime.combine(on, at, tzinfo=SHANGHAI)


def chance(text: str, sides: int) -> int:
    """A number below `sides` that looks like chance and is the same in each run."""
    value = 2166136261
    for byte in text.encode():
        value = (value ^ byte) * 16777619 % 2**32
    return (value >> 7) % sides


def in_order(scenes: list[Scene]) -> list[Scene]:
    """By instant; the acts of one person never share a minute."""
    ordered = sorted(scenes, key=lambda scene: scene.at)
    last: dict[str, datetime] = {}
    for index, scene in enumerate(ordered):
        before = last.get(scene.who)
        if before is not None and scene.at <= before:
            ordered[index] = replace(scene, at=before + _NEXT)
        last[scene.who] = ordered[index].at
    return sorted(ordered, key=lambda scene: scene.at)


def _scenes(line: _SceneLine, cast: Cast, groups: Mapping[str, list[str]]) -> Iterator[Scene]:
    people = _people(line, cast, groups)
    details: dict[str, Any] = dict(line.model_extra or {})
    for index, who in enumerate(people):
        first = moment(line.on, line.at) if line.at else at_desk(who, line.do, line.on)
        if line.recorded is not None:
            first = line.recorded.replace(tzinfo=SHANGHAI)
        yield Scene(
            on=line.on,
            at=first + index * _NEXT,
            who=who,
            do=line.do,
            details=details,
            by=line.by,
            refused=line.refused,
            warns=line.warns,
            act_of=line.act_of,
            tell=line.tell if index == 0 else None,
        )


def _people(line: _SceneLine, cast: Cast, groups: Mapping[str, list[str]]) -> tuple[str, ...]:
    if isinstance(line.who, tuple):
        return line.who
    if line.who == "cultivated":
        return cast.cultivated(line.on)
    return tuple(groups.get(line.who, (line.who,)))
