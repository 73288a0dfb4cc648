"""Who entered a file, on which days its offices acted, which rules its papers cite (F68-F70)."""

from collections.abc import Iterator

from workflows.acts import Act
from workflows.edition import By, Edition
from workflows.findings import Breach
from workflows.ground import Ground
from workflows.scan.registry import Entries, Sighting, within

BEFORE_THE_FIRST = "1990"  # the trial rules, in force until the edition of 2014
_OF_THE_BRANCH = frozenset({"branch_secretary", "branch_clerk", "general_branch"})


@within("same_clerk")
def is_from_different_hands(entries: Entries) -> Iterator[Sighting]:
    """Nobody enters the branch's steps and the committee's steps of one file (2014 and 2026 Art. 41).

    What an organizer copies from a branch's signed paper is marked as a copy and is no branch's hand; nor is
    a file of before `live.from`, which one person copies at one go.
    """
    hands: dict[bool, set[str]] = {True: set(), False: set()}
    last: tuple[int, Act] | None = None
    for index, act in entries.acts:
        edition = entries.ground.edition_on(act.on)
        if act.do not in edition.rules["same_clerk"].looks_at or _is_copied(act, edition, entries.ground):
            continue
        last = (index, act)
        is_branch = _hand(act, edition) == "B"
        hands[is_branch] |= {one for one in (act.by, act.confirmed_by) if one is not None}
    both = hands[True] & hands[False]
    if last is not None and both:
        found = tuple(sorted(both))
        yield Sighting(on=last[1].on, act=last[0], dossier=entries.dossier, breach=Breach(found=found))


def _hand(act: Act, edition: Edition) -> By:
    return edition.acts[act.do].recorders(act.purpose)[0]


def _is_copied(act: Act, edition: Edition, ground: Ground) -> bool:
    if ground.is_past(act.on, recorded_on=act.recorded_on):
        return True
    return _hand(act, edition) == "B" and act.role is not None and act.role not in _OF_THE_BRANCH


@within("rest_day_dates")
def offices_act_on_working_days(entries: Entries) -> Iterator[Sighting]:
    """An office's paper is rarely dated on a rest day; days that the calendar does not know are left out."""
    for index, act in entries.acts:
        rule = entries.ground.edition_on(act.on).rules["rest_day_dates"]
        calendar = entries.ground.calendar
        if act.do not in rule.looks_at or calendar.is_working(act.on) or calendar.is_provisional(act.on):
            continue
        breach = Breach(found=act.on, values={"act": act.name})
        yield Sighting(on=act.on, act=index, dossier=entries.dossier, breach=breach)


@within("later_edition_cited")
def cites_no_later_edition(entries: Entries) -> Iterator[Sighting]:
    """A paper cannot cite rules that came after its day: it was written afterwards."""
    for index, act in entries.acts:
        in_force = _in_force(act, entries.ground)
        if act.cites and act.cites > in_force:
            breach = Breach(found=act.cites, needed=in_force)
            yield Sighting(on=act.on, act=index, dossier=entries.dossier, breach=breach)


def _in_force(act: Act, ground: Ground) -> str:
    return ground.edition_on(act.on).id if ground.is_judged(act.on) else BEFORE_THE_FIRST
