"""The settings of one organization as lines, and one of them with everything that bears on it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from recruit.commands.law import SETTERS
from recruit.context import Context
from recruit.queries.foreseen import Foreseen
from recruit.queries.settings import Given, SettingsView, SettingView
from web import dates
from web.language import language
from web.settings.words import PAPERS, box_kind, choices_of, paper_text, value_text
from web.words import word
from workflows.setting_values import PaperRule

SPARE = 3  # empty lines for further papers
_GROUPS: Sequence[tuple[str, Sequence[str]]] = (
    ("publicity", ("publicity.",)),
    ("activist", ("cultivation.", "review.", "thought_report.", "application.", "league_recommendation.")),
    ("vetting", ("training.", "political_review.", "preexamination.", "inspection.", "theory_test.",
                 "papers.", "general_branch.")),
    ("recording", ("",)),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """`source` empty: the edition's own value. `ahead`: values that begin later."""

    id: str
    name: str
    value: str
    source: str
    is_own: bool
    note: str
    ahead: tuple[str, ...]
    href: str


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class PaperLine:
    kind: str
    age: str
    league: bool
    every: str


@dataclass(frozen=True, slots=True)
class One:
    """`chain`: who has set it, the highest first."""

    organization: str
    place: str
    id: str
    name: str
    value: str
    source: str
    default: str
    edition: str
    note: str
    chain: tuple[tuple[str, str, str], ...]
    kind: str
    choices: tuple[tuple[str, str], ...]
    present: str
    papers: tuple[PaperLine, ...]
    may_set: bool
    tomorrow: str


def groups_of(context: Context, view: SettingsView) -> list[Group]:
    titles = {
        "publicity": _("Public notices"),
        "activist": _("Cultivation"),
        "vetting": _("Review, training and papers"),
        "recording": _("Recording and counting"),
    }
    left = list(view.settings)
    found = []
    for id_, beginnings in _GROUPS:
        here = [one for one in left if one.name.startswith(tuple(beginnings))]
        left = [one for one in left if one not in here]
        lines = tuple(_line(view, one) for one in here)
        found.append(Group(titles[id_], lines))
    del context
    return found


def one_of(context: Context, view: SettingsView, name: str) -> One:
    """Raises `KeyError` for a name that is no setting."""
    found = {one.name: one for one in view.settings}[name]
    return One(
        organization=view.place.id,
        place=view.place.name,
        id=name,
        name=word("setting", name),
        value=value_text(name, found.value),
        source=_source(found.source),
        default=value_text(name, found.default),
        edition=_title(view),
        note=_floor(found),
        chain=tuple(
            (one.place.name, value_text(name, one.value), _from(one)) for one in found.chain
        ),
        kind=box_kind(name),
        choices=tuple((choice.value, choice.text) for choice in choices_of(name)),
        present=_present(name, found.value),
        papers=_papers(found.value),
        may_set=may_set(context, view),
        tomorrow=context.on.isoformat(),
    )  # fmt: skip


def may_set(context: Context, view: SettingsView) -> bool:
    return context.actor.held(SETTERS, view.place.path) is not None


def foreseen_text(found: Foreseen) -> list[str]:
    """What would move, in sentences."""
    if not found.looked_at:
        return [_("There is no open dossier that it concerns.")]
    said = [
        ngettext("%(num)s open dossier was counted anew.", "%(num)s open dossiers were counted anew.",
                 found.looked_at),
    ]  # fmt: skip
    if found.deadlines:
        said.append(
            _(
                "Deadlines move in %(dossiers)s of them, %(deadlines)s in all.",
                dossiers=found.dossiers, deadlines=found.deadlines,
            )
        )  # fmt: skip
    else:
        said.append(_("No deadline moves."))
    if found.settled:
        said.append(_("%(n)s deadlines keep their day and are provisional no more.", n=found.settled))
    if not found.is_whole:
        said.append(_("There are more; the rest was not counted."))
    return said


def paper_lines(entries: Mapping[str, Sequence[str]]) -> list[object]:
    """The papers of the form as the setting takes them; a line without a paper is left out."""
    found: list[object] = []
    for number, kind in enumerate(entries.get("kind", ())):
        if not kind.strip():
            continue
        condition: dict[str, object] = {}
        age = entries["age"][number].strip()
        if age:
            condition["age_at_most"] = age
        if entries["league"][number] == "true":
            condition["league_member"] = True
        every = entries["every"][number]
        if every:
            condition["every"] = every
        found.append({"kind": kind.strip(), **({"condition": condition} if condition else {})})
    return found


def _line(view: SettingsView, one: SettingView) -> Line:
    return Line(
        id=one.name,
        name=word("setting", one.name),
        value=value_text(one.name, one.value),
        source=_source(one.source) if one.source else _("edition of %(year)s", year=view.edition.id),
        is_own=one.source is not None and one.source.place.id == view.place.id,
        note=_floor(one),
        ahead=tuple(
            _("%(place)s: %(value)s from %(day)s", place=given.place.name,
              value=value_text(one.name, given.value), day=_day(given))
            for given in one.chain
            if given.is_ahead
        ),
        href=url_for("settings.one", organization=view.place.id, setting=one.name),
    )  # fmt: skip


def _floor(one: SettingView) -> str:
    if one.is_floor:
        return _("Stands in an article: nobody may loosen it.")
    return ""


def _source(given: Given | None) -> str:
    if given is None:
        return ""
    return _("%(place)s, since %(day)s", place=given.place.name, day=_day(given))


def _from(given: Given) -> str:
    if given.is_ahead:
        return _("from %(day)s, not in force yet", day=_day(given))
    return _("since %(day)s", day=_day(given))


def _day(given: Given) -> str:
    return dates.long_day(given.valid_from, language())


def _title(view: SettingsView) -> str:
    return view.edition.title.zh if language() == "zh" else view.edition.title.en


def _present(name: str, value: object) -> str:
    """The value as its box takes it."""
    if name == PAPERS or value is None:
        return "none" if value is None and box_kind(name) == "select" else ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.strftime("%H:%M") if hasattr(value, "strftime") and box_kind(name) == "time" else str(value)


def _papers(value: object) -> tuple[PaperLine, ...]:
    if not isinstance(value, tuple):
        return ()
    lines = [paper_line(one) for one in value if isinstance(one, PaperRule)]
    return (*lines, *(PaperLine("", "", league=False, every="") for _number in range(SPARE)))


def paper_line(rule: PaperRule) -> PaperLine:
    asked = rule.condition
    age = "" if asked.age_at_most is None else str(asked.age_at_most)
    return PaperLine(rule.kind, age, league=bool(asked.league_member), every=asked.every or "")


def kinds_of(one: One) -> list[tuple[str, str]]:
    """The papers that the list may name: the usual ones, and those that it names already."""
    usual = (
        "application_letter", "activist_register", "autobiography", "league_recommendation", "minutes",
        "political_review", "thought_report", "other",
    )  # fmt: skip
    named = [line.kind for line in one.papers if line.kind and line.kind not in usual]
    return [(kind, paper_text(PaperRule(kind))) for kind in (*usual, *named)]
