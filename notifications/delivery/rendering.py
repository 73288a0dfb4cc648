"""The exact text of a message, made at its first try: steps, branches, days and a link (pure)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from notifications.delivery.contents import Item
from notifications.delivery.messages import Message
from notifications.delivery.words import WORDS, say
from notifications.delivery.writing import PERSONS, URGENT
from recruit.commands.news import NEWS, OPINION
from recruit.recipients import ROBOTS, SMS
from workflows.occasions import MAY_PROPOSE
from workflows.plans.duties import duty_kinds
from workflows.words import KINDS, label, render_day

_MOST_LINES, _SHORT_LINES = 50, 3
_ROBOT_BYTES = 1800  # the narrowest of them takes 2048


@dataclass(frozen=True, slots=True)
class Text:
    title: str
    body: str


def render(
    message: Message,
    items: Sequence[Item],
    places: Mapping[str, str],
    on: date,
    *,
    language: str,
    base_url: str,
) -> Text:
    """What is still open of it, each deadline once. Raises `KeyError` for a place that is not there."""
    last = {item.deadline: item for item in items if item.is_open}
    lines = [_line(item, places, on, language) for item in last.values()]
    link = say("link", language, link=f"{base_url}/messages") if base_url else say("no_link", language)
    title = say("urgent_title" if message.template == URGENT else "digest_title", language, count=len(lines))
    if message.template == PERSONS:
        return Text(title, say("handed_on", language, lines=_short(lines, language)))
    if message.channel == SMS:
        return Text(title, say("short", language, lines=_short(lines, language), end=link))
    most = _ROBOT_BYTES if message.channel in ROBOTS else None
    return Text(title, "\n".join((*_listed(lines, language, most), link)))


def step_name(kind: str, id_: str, language: str) -> str:
    """The deadline, milestone or duty in words; in general ones where it has none of its own."""
    duty = duty_kinds().get(id_) if kind == "duty" else None
    if duty is not None:
        return duty.en if language.startswith("en") else duty.zh
    if kind in KINDS:
        named = label(kind, id_, language)
        if named != id_:
            return named
    return say(kind, language) if kind in WORDS else id_


def _line(item: Item, places: Mapping[str, str], on: date, language: str) -> str:
    due = item.due
    id_ = _sentence(item, on)
    step = step_name(item.values["kind"], item.values["id"], language)
    line = say(id_, language, place=places[item.place], step=step, day=render_day(due, language))
    return say("stand_in", language, line=line) if item.is_stand_in else line


def _sentence(item: Item, on: date) -> str:
    """News are no deadline, and from the day of an occasion on nothing is late."""
    if item.values["kind"] == OPINION:
        return "line_opinion"
    if item.values["kind"] == NEWS:
        return "line_news"
    if item.values["id"] == MAY_PROPOSE:
        return "line_may"
    return "line_late" if item.due < on else "line_today" if item.due == on else "line"


def _short(lines: list[str], language: str) -> str:
    """The first few, and how many more."""
    joined = ("；" if language == "zh" else "; ").join(lines[:_SHORT_LINES])
    more = len(lines) - _SHORT_LINES
    return joined if more <= 0 else f"{joined}…(+{more})"


def _listed(lines: list[str], language: str, most: int | None) -> list[str]:
    shown: list[str] = []
    size = 0
    for line in lines[:_MOST_LINES]:
        size += len(line.encode()) + 1
        if most is not None and size > most:
            break
        shown.append(line)
    more = len(lines) - len(shown)
    return [*shown, say("more", language, count=more)] if more else shown
