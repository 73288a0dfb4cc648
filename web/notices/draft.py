"""A notice as it is drafted: who is ready, why the others are not, and what became of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from flask import url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from recruit.commands.acts import Proposed, Recorded
from recruit.commands.notices import Hung, NewNotice
from recruit.commands.reading import read_day
from recruit.context import Context
from recruit.errors import BadInput, RecordError, Refused, problem
from recruit.queries.notices import HungNotice
from recruit.queries.postable import Postable, last_day_of, postable
from web import dates
from web.acts.fields import Box, Choice
from web.acts.page import new_key
from web.acts.refusal import graver_first
from web.dossiers.rights import acts_of_roles
from web.language import language
from web.words import choice_name, edition_of_today, field_name
from workflows.field_kinds import PURPOSES
from workflows.words import render_finding

PLACES = ("home", "stay")
KEPT = ("purpose", "from", "to", "where", "time")


@dataclass(frozen=True, slots=True)
class Candidate:
    """`why`: what refuses, or that a paper hangs already; `is_chosen` as it was sent."""

    dossier: str
    version: int
    name: str
    branch: str
    href: str
    is_ready: bool
    is_chosen: bool
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    boxes: list[Box]
    ready: list[Candidate]
    others: list[Candidate]
    key: str
    problem: str = ""

    @property
    def everybody(self) -> list[Candidate]:
        return [*self.ready, *self.others]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One person in one place."""

    name: str
    place: str
    text: str
    css: str
    href: str


def purposes_of(roles: frozenset[str]) -> tuple[str, ...]:
    """What these roles may post."""
    allowed = acts_of_roles(roles, edition_of_today())
    return tuple(one for one in PURPOSES if f"notice_posted {one}" in allowed)


def first_entries(
    context: Context, purposes: Sequence[str], args: MultiDict[str, str]
) -> MultiDict[str, str]:
    """What a fresh draft begins with: today, and as many days as are asked for."""
    purpose = args.get("purpose", "")
    if purpose not in purposes:
        purpose = "admission" if "admission" in purposes else purposes[0]
    first = read_day(args["from"], field="from") if args.get("from") else context.on
    last = last_day_of(context, purpose, first)
    entries = MultiDict([("purpose", purpose), ("from", first.isoformat()), ("to", last.isoformat())])
    entries.setlist("place", [one for one in args.getlist("place") if one in PLACES] or ["home"])
    return entries


def entries_again(context: Context, notice: HungNotice, first: date) -> MultiDict[str, str]:
    """The same people and place, counted anew from the day on which it hangs again."""
    last = last_day_of(context, notice.purpose, first)
    entries = MultiDict([("purpose", notice.purpose), ("from", first.isoformat()), ("to", last.isoformat())])
    entries.setlist("place", [notice.place])
    entries.setlist("person", [one.dossier for one in notice.people])
    return entries


def read_draft(context: Context, entries: MultiDict[str, str], purposes: Sequence[str]) -> NewNotice:
    """Raises `BadInput` with the field. A notice that hangs already was posted on its first day."""
    purpose = entries.get("purpose", "")
    if purpose not in purposes:
        raise BadInput(problem("purpose", "missing"))
    first, last = read_day(entries.get("from", ""), field="from"), read_day(entries.get("to", ""), field="to")
    places = tuple(one for one in PLACES if one in entries.getlist("place"))
    if not places:
        raise BadInput(problem("place", "missing"))
    if last < first:
        raise BadInput(problem("to", "ends_before"))
    return NewNotice(
        purpose=purpose, on=min(first, context.on), from_on=first, to_on=last, places=places,
        where=entries.get("where", "").strip(), time=entries.get("time", "").strip(),
    )  # fmt: skip


def draft_page(
    context: Context, entries: MultiDict[str, str], purposes: Sequence[str], refused: BadInput | None = None
) -> Draft:
    """The form with everybody near the notice; nobody is chosen who cannot be posted."""
    problems = {one.field: one.message(language()) for one in refused.problems} if refused else {}
    try:
        new = read_draft(context, entries, purposes)
    except BadInput as unreadable:
        problems |= {one.field: one.message(language()) for one in unreadable.problems}
        found: tuple[Postable, ...] = ()
    else:
        found = postable(context, new)
    sent = set(entries.getlist("person")) if "person" in entries or "key" in entries else None
    people = [_candidate(one, sent) for one in found]
    return Draft(
        boxes=[replace(box, problem=problems.get(box.name, "")) for box in _boxes(entries, purposes)],
        ready=[one for one in people if one.is_ready],
        others=[one for one in people if not one.is_ready],
        key=entries.get("key") or new_key(),
        problem=refused.message(language()) if refused else "",
    )


def chosen(entries: MultiDict[str, str]) -> Mapping[str, int]:
    """The people with the versions that were seen. Raises `BadInput` where nobody is chosen."""
    found = {}
    for one in entries.getlist("person"):
        seen = entries.get(f"version.{one}", "")
        if not seen.isdecimal():
            raise BadInput(problem("seen_version", "missing"))
        found[one] = int(seen)
    if not found:
        raise BadInput(problem("person", "nobody_chosen"))
    return found


def outcomes(hung: Sequence[Hung], names: Mapping[str, str]) -> list[Outcome]:
    return [
        Outcome(
            names.get(one.item.dossier, "–"), choice_name("place", one.place), *said(one.item.outcome),
            url_for("dossiers.page", dossier=one.item.dossier),
        )
        for one in hung
    ]  # fmt: skip


def said(outcome: Recorded | Proposed | RecordError) -> tuple[str, str]:
    """What became of it, and its colour."""
    if isinstance(outcome, Recorded):
        return _("recorded"), "ok"
    if isinstance(outcome, Proposed):
        return _("waits for a second person"), "warn"
    if isinstance(outcome, Refused):
        return " ".join(reasons(outcome)), "bad"
    return outcome.message(language()), "bad"


def reasons(refused: Refused) -> tuple[str, ...]:
    return tuple(render_finding(one, language()) for one in graver_first(refused.findings) if one.is_blocking)


def _candidate(one: Postable, sent: set[str] | None) -> Candidate:
    why: tuple[str, ...] = ()
    if isinstance(one.refusal, Refused):
        why = reasons(one.refusal)
    elif one.refusal is not None:
        why = (one.refusal.message(language()),)
    if one.hangs_until is not None:
        until = dates.short_day(one.hangs_until, language())
        why = (_("Is posted already, until %(day)s.", day=until), *why)
    return Candidate(
        dossier=one.row.id,
        version=one.row.version,
        name=one.row.name,
        branch=one.row.branch_name,
        href=url_for("dossiers.page", dossier=one.row.id),
        is_ready=one.is_ready,
        is_chosen=one.is_ready and (one.hangs_until is None if sent is None else one.row.id in sent),
        why=why,
    )


def _boxes(entries: MultiDict[str, str], purposes: Sequence[str]) -> list[Box]:
    offered = tuple(Choice(one, choice_name("purpose", one)) for one in purposes)
    places = tuple(Choice(one, choice_name("place", one)) for one in PLACES)
    boxes = [
        Box("purpose", "select", field_name("purpose", "notice_posted"), required=True, choices=offered),
        Box("from", "date", _("First day"), required=True, hint=_("It counts.")),
        Box("to", "date", _("Last day"), required=True, hint=_("It counts; the result comes the day after.")),
        Box("place", "checks", _("Where is it posted?"), required=True, choices=places,
            hint=_("For a floating person both: the home place and where they stay.")),
        Box("where", "text", _("At which wall?"), hint=_("For instance: the notice board of the village.")),
        Box("time", "time", field_name("time", "notice_posted")),
    ]  # fmt: skip
    return [replace(box, values=tuple(entries.getlist(box.name))) for box in boxes]
