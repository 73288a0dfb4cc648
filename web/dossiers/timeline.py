"""The history on the dossier's page: stage changes filled, papers hollow, corrections amber."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from flask import url_for
from flask_babel import gettext as _

from recruit.queries.files import FileRow
from recruit.queries.history import Entry
from web import dates
from web.files.links import NO_FILES, FileLink, links_of
from web.history.items import Tag, tags_of
from web.language import language
from web.sayings import (
    act_lines,
    correction_title,
    for_whom,
    recorder,
    replacement_lines,
    rule_line,
    sealed_line,
)
from workflows.acts import Act
from workflows.ground import Ground

NO_WALLS: Mapping[int, str] = {}


@dataclass(frozen=True, slots=True)
class Item:
    day: date
    date: str
    small: str
    css: str
    title: str
    lines: tuple[str, ...]
    rule: str
    tags: tuple[Tag, ...]
    sealed: str
    opens: int | None
    files: tuple[FileLink, ...] = ()


def timeline(
    entries: Sequence[Entry],
    ground: Ground,
    people: Mapping[str, str],
    *,
    only_stages: bool,
    files: Mapping[str, FileRow] = NO_FILES,
    walls: Mapping[int, str] = NO_WALLS,
) -> list[Item]:
    """The acts as items; with `only_stages` those that moved the dossier.

    `walls`: the notice that an act put somebody on, by its number.
    """
    numbered = []
    for number, entry in enumerate(entries):
        if entry.act is None or (only_stages and not _moves(entry.act, ground)):
            continue
        links = (*links_of(entry.act, files), *_wall(walls.get(entry.seq or 0)))
        numbered.append((entry.on, number, replace(_item(entry, entry.act, ground, people), files=links)))
    return [item for _on, _number, item in sorted(numbered, key=lambda one: one[:2], reverse=True)]


def _wall(notice: str | None) -> tuple[FileLink, ...]:
    if notice is None:
        return ()
    return (FileLink(_("On the wall"), url_for("notices.wall", notice=notice), "", is_file=False),)


def _moves(act: Act, ground: Ground) -> bool:
    kind = ground.edition_on(act.on).acts.get(act.do)
    return kind is not None and kind.moves_a_stage


def _item(entry: Entry, act: Act, ground: Ground, people: Mapping[str, str]) -> Item:
    edition = ground.edition_on(act.on)
    lines = act_lines(act, people) + replacement_lines(entry, {}, people)
    who = recorder(entry.by_name, entry.role, edition, absent=entry.by_instead_of)
    if entry.confirmed_by_name:
        who = _(
            "%(name)s, confirmed by %(other)s",
            name=who,
            other=for_whom(entry.confirmed_by_name, entry.confirmed_instead_of),
        )
    return Item(
        day=act.on,
        date=dates.long_day(act.on, language()),
        small=_when(act),
        css="fix" if act.do == "corrected" else "" if _moves(act, ground) else "doc",
        title=correction_title(act, ground),
        lines=(*lines, who),
        rule=rule_line(act, edition),
        tags=tuple(tags_of(entry)),
        sealed=sealed_line(entry),
        opens=entry.seq if entry.written == "sealed" else None,
    )


def _when(act: Act) -> str:
    weekday = dates.weekday(act.on, language())
    if act.recorded_on == act.on:
        return f"{weekday} {dates.clock_time(act.recorded_at)}"
    return _(
        "%(weekday)s, recorded %(day)s", weekday=weekday, day=dates.month_day(act.recorded_on, language())
    )
