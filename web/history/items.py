"""The auditor's history as items: two dates per act, late entries, refused attempts, corrections."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from recruit.queries.files import FileRow
from recruit.queries.history import Entry
from web import dates
from web.acts.refusal import Shown, graver_first, shown
from web.files.links import NO_FILES, FileLink, links_of
from web.language import language
from web.sayings import (
    act_lines,
    act_title,
    correction_title,
    for_whom,
    late_days,
    replacement_lines,
    rule_line,
    sealed_line,
)
from web.words import sentence, word
from workflows.acts import Act
from workflows.edition import FIRST_JUDGED
from workflows.ground import Ground

FILTERS = ("all", "problems", "late", "refused", "corrected")
UNFOLDED = "unfolded"  # everything line by line, as paper needs it
_FOLD_FROM = 2  # so many acts in a row without a finding are folded


@dataclass(frozen=True, slots=True)
class Tag:
    css: str
    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the history; `kinds` says under which filters it stands.

    `sealed` stands in the place of what was written, `opens` is the act whose text may be asked for;
    `within`: the items that a fold holds; `number`: of the act in its dossier.
    """

    on: date
    order: tuple[date, int]
    css: str
    title: str
    kinds: frozenset[str]
    happened: str = ""
    weekday: str = ""
    recorded_day: str = ""
    recorded_time: str = ""
    by: str = ""
    late: bool = False
    lines: tuple[str, ...] = ()
    findings: tuple[Shown, ...] = ()
    rule: str = ""
    interval: str = ""
    tags: tuple[Tag, ...] = ()
    sealed: str = ""
    opens: int | None = None
    within: tuple["Item", ...] = ()
    moves: bool = False
    files: tuple[FileLink, ...] = ()
    number: int | None = None


def items_of(
    entries: Sequence[Entry],
    ground: Ground,
    people: Mapping[str, str],
    files: Mapping[str, FileRow] = NO_FILES,
) -> list[Item]:
    """All items, the newest day first, the last recorded first within a day."""
    found: list[Item] = []
    before: list[Act] = []
    corrections = {entry.seq: entry for entry in entries if entry.do == "corrected" and entry.act is not None}
    for number, entry in enumerate(entries):
        if entry.act is None:
            found.append(_attempt_item(entry, number, ground, people))
            continue
        item = _act_item(entry, entry.act, number, before, ground, people)
        item = replace(item, files=links_of(entry.act, files))
        correction = corrections.get(entry.corrected_by)
        found.append(item if correction is None else _with_correction(item, correction, ground))
        before.append(entry.act)
    return sorted(found, key=lambda item: item.order, reverse=True)


def chosen(items: Sequence[Item], only: str) -> list[Item]:
    """The items of a filter; the whole history has its plain acts folded, or line by line."""
    if only in FILTERS[1:]:
        return [item for item in items if only in item.kinds]
    return list(items) if only == UNFOLDED else _folded(items)


def counts(items: Sequence[Item]) -> dict[str, int]:
    """How many stand under each filter; refused attempts are no acts, and count in their own only."""
    found = {only: sum(only in item.kinds for item in items) for only in FILTERS[1:]}
    return {"all": sum("refused" not in item.kinds for item in items), **found}


def _act_item(
    entry: Entry, act: Act, number: int, before: Sequence[Act], ground: Ground, people: Mapping[str, str]
) -> Item:
    edition = ground.edition_on(act.on)
    lines = act_lines(act, people) + replacement_lines(entry, {}, people)
    if entry.confirmed_by_name:
        lines.append(
            _(
                "Confirmed by %(name)s, not the recorder.",
                name=for_whom(entry.confirmed_by_name, entry.confirmed_instead_of),
            )
        )
    if entry.overridden_by_name:
        lines.append(
            _(
                "%(name)s of the superior organization answers for the exception.",
                name=for_whom(entry.overridden_by_name, entry.overridden_instead_of),
            )
        )
    interval = _interval(act, before, ground)
    if entry.is_late:
        interval = _("entered %(n)s working days late", n=late_days(act, ground.calendar))
    return Item(
        on=act.on,
        order=(act.on, number),
        css=_css(act, entry),
        title=correction_title(act, ground),
        kinds=_kinds(entry),
        lines=tuple(lines),
        findings=tuple(shown(finding, people) for finding in graver_first(entry.findings)),
        rule=rule_line(act, edition),
        interval=interval,
        tags=tuple(tags_of(entry)),
        sealed=sealed_line(entry),
        opens=entry.seq if entry.written == "sealed" else None,
        number=entry.seq,
        moves=edition.acts[act.do].moves_a_stage if act.do in edition.acts else False,
        late=entry.is_late,
        **_days(entry),
    )


def _with_correction(item: Item, correction: Entry, ground: Ground) -> Item:
    """The old values stay; below them who corrected them, when, and what counts now. Why is sealed."""
    act = correction.act
    assert act is not None
    said = _(
        "Act %(number)s of %(day)s by %(name)s corrects this.",
        number=correction.seq, day=dates.long_day(correction.on, language()),
        name=for_whom(correction.by_name, correction.by_instead_of),
    )  # fmt: skip
    return replace(item, lines=(*item.lines, said, _instead(act, ground)))


def _instead(act: Act, ground: Ground) -> str:
    if act.replacement is None:
        return _("It is taken back; nothing stands in its place.")
    new = act.replacement
    return _(
        "Now: “%(act)s” of %(day)s.",
        act=act_title(new, ground.edition_on(new.on)), day=dates.long_day(new.on, language()),
    )  # fmt: skip


def _attempt_item(entry: Entry, number: int, ground: Ground, people: Mapping[str, str]) -> Item:
    edition = ground.edition_on(entry.on)
    return Item(
        on=entry.on,
        order=(dates.local(entry.recorded_at).date(), number),
        css="rej",
        title=_("Tried to record “%(act)s”", act=word("act", entry.do, edition)),
        kinds=frozenset({"refused"}),
        lines=(_("Not recorded; the dossier has not changed."),),
        findings=tuple(shown(finding, people) for finding in graver_first(entry.findings)),
        tags=(Tag("ref", _("Refused")),),
        **_days(entry),
    )


def _kinds(entry: Entry) -> frozenset[str]:
    kinds = {"all"}
    if entry.is_late:
        kinds.add("late")
    if entry.findings:
        kinds.add("problems")
    if entry.do == "corrected" or entry.corrected_by is not None:
        kinds.add("corrected")
    return frozenset(kinds)


def _days(entry: Entry) -> dict[str, Any]:
    moment = dates.local(entry.recorded_at)
    same_year = moment.year == entry.on.year
    day = (
        dates.month_day(moment.date(), language()) if same_year else dates.long_day(moment.date(), language())
    )
    return {
        "happened": dates.long_day(entry.on, language()),
        "weekday": dates.weekday(entry.on, language()),
        "recorded_day": day,
        "recorded_time": dates.clock_time(entry.recorded_at),
        "by": for_whom(entry.by_name, entry.by_instead_of),
    }


def _css(act: Act, entry: Entry) -> str:
    if entry.effect != "in_force" or entry.corrected_by is not None:
        return "pre gone"
    if entry.is_late:
        return "late"
    return "pre" if act.on < FIRST_JUDGED else ""


def tags_of(entry: Entry) -> list[Tag]:
    """The marks behind an act's title."""
    tags = [Tag("late", _("late entry"))] if entry.is_late else []
    if entry.by_instead_of is not None:
        tags.append(Tag("idle", _("by a stand-in")))
    if entry.corrected_by is not None:
        tags.append(Tag("gone", _("corrected by act %(n)s", n=entry.corrected_by)))
    elif entry.effect == "superseded":
        tags.append(Tag("gone", _("replaced by a correction")))
    if entry.effect == "fallen":
        tags.append(Tag("gone", _("no longer in effect")))
    return tags


def _interval(act: Act, before: Sequence[Act], ground: Ground) -> str:
    """表决后 19 天: the distance to the act that this one rests on, for the law counts intervals."""
    edition = ground.edition_on(act.on)
    kind = edition.acts.get(act.do)
    if kind is None:
        return ""
    rests_on = set(kind.rests_on) - (set() if act.do == "talk_held" else {"application_received"})
    rested = [one for one in before if one.do in rests_on and one.on <= act.on]
    if not rested:
        return ""
    last = max(rested, key=lambda one: one.on)
    days = (act.on - last.on).days
    after = word("act", last.do, edition)
    said = ngettext("%(num)s day after: %(act)s", "%(num)s days after: %(act)s", days, act=after)
    return said if days else ""


def _folded(items: Sequence[Item]) -> list[Item]:
    """Plain records that moved nothing and drew no remark stand together under one line."""
    shown_items: list[Item] = []
    run: list[Item] = []
    for item in items:
        if _is_plain(item):
            run.append(item)
            continue
        shown_items += [*_fold(run), item]
        run = []
    return [*shown_items, *_fold(run)]


def _is_plain(item: Item) -> bool:
    return item.kinds == {"all"} and not (item.moves or item.css or item.tags or item.files)


def _fold(run: Sequence[Item]) -> list[Item]:
    if len(run) < _FOLD_FROM:
        return list(run)
    first, last = min(item.on for item in run), max(item.on for item in run)
    title = _(
        "%(days)s: %(n)s records without a remark, open them",
        days=_period(first, last), n=len(run),
    )  # fmt: skip
    within = tuple(
        replace(item, title=" ".join((item.happened, sentence(item.title), *item.lines))) for item in run
    )
    return [
        Item(
            on=last,
            order=(last, 0),
            css="fold",
            title=title,
            kinds=frozenset({"all"}),
            within=within,
        )
    ]


def _period(first: date, last: date) -> str:
    if first == last:
        return dates.long_day(first, language())
    if first.year == last.year:
        joint = dates.span(first, last, language())
        return f"{first.year}年{joint}" if language() == "zh" else f"{joint} {first.year}"
    return " – ".join(dates.long_day(day, language()) for day in (first, last))
