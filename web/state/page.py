"""Each check of the doctor as a line with what to do, who is missing where, and what waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version

from flask import url_for

from recruit.checked import Checked
from recruit.context import Context
from recruit.cures import cure_of
from recruit.doctor import examine_open
from recruit.queries.crew import crews_in_reach
from recruit.queries.messages import READERS as MESSAGE_READERS
from recruit.queries.waiting import held_count
from web.language import language
from web.organizations.page import crew_text
from workflows.errors import Language


@dataclass(frozen=True, slots=True)
class Line:
    """`css`: bad, warn or ok."""

    id: str
    text: str
    cure: str
    css: str


@dataclass(frozen=True, slots=True)
class Short:
    name: str
    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Page:
    lines: Sequence[Line]
    bad: int
    remarks: int
    short: Sequence[Short]
    crew_count: int
    held: int
    dead: int
    reads_messages: bool
    version: str


def state_page(context: Context, now: datetime) -> Page:
    lines = sorted(
        (_line(one) for one in examine_open(context.record, now)),
        key=lambda line: ("bad", "warn", "ok").index(line.css),
    )
    found = crews_in_reach(context)
    held = held_count(context.record)
    return Page(
        lines=lines,
        bad=sum(line.css == "bad" for line in lines),
        remarks=sum(line.css == "warn" for line in lines),
        short=[
            Short(crew.name, crew_text(crew), url_for("organizations.one", organization=crew.organization))
            for crew in found
            if not crew.is_complete
        ],
        crew_count=len(found),
        held=held.get("held", 0),
        dead=held.get("dead", 0),
        reads_messages=bool(context.actor.roles() & set(MESSAGE_READERS)),
        version=version("recruit"),
    )


def _line(one: Checked) -> Line:
    spoken: Language = "en" if language() == "en" else "zh"
    cure = cure_of(one)
    css = {True: "ok", False: "bad", None: "warn"}[one.ok]
    return Line(one.id, one.message(spoken), cure.filled(spoken, {}) if cure else "", css)
