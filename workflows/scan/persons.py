"""The same person, or people of one family, across dossiers (F21, F33, F66, F67, F71, F72)."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from datetime import date
from typing import TypeVar
from unicodedata import normalize

from workflows.findings import Breach, Shown
from workflows.scan.register import Identity, Register, Summary
from workflows.scan.registry import Audit, Sighting, across

Key = TypeVar("Key", bound=Hashable)
Said = tuple[Identity, Summary]


@across("kinship", is_checked=lambda register: register.known.kin is not None)
def no_relative_decides_or_sponsors(register: Register) -> Iterator[Sighting]:
    """Nobody is admitted where a relative sits as secretary or on a committee, or is sponsored by one.

    Only pairs that somebody has handed in are known (2014 and 2026 Art. 14, 41).
    """
    known = register.known
    for summary, admission in register.admitted:
        kin = (known.kin or {}).get(summary.person, frozenset())
        seated = {
            seat.person
            for seat in known.seats
            if seat.unit in admission.units and seat.is_held(admission.voted_on)
        }
        if kin & set(admission.sponsors):
            breach = Breach(found=tuple(sorted(kin & set(admission.sponsors))), variant="sponsor")
            yield Sighting(on=admission.voted_on, dossier=summary.dossier, breach=breach)
        if kin & seated:
            breach = Breach(found=tuple(sorted(kin & seated)))
            yield Sighting(on=admission.voted_on, dossier=summary.dossier, breach=breach)


@across("differing_identity")
def papers_agree_on_the_person(register: Register) -> Iterator[Sighting]:
    """Papers with one identity number agree on name, day of birth and native place; the earliest counts.

    An altered age is high.
    """
    said = ((identity, summary) for summary in register.summaries for identity in summary.identities)
    for group in _grouped(said, lambda one: one[0].digest).values():
        yield from _differing(group, _name, variant=None)
        yield from _differing(group, _born, variant="born")
        yield from _differing(group, _native_place, variant="native_place")


def _differing(
    group: Iterable[Said], of: Callable[[Identity], Shown], *, variant: str | None
) -> Iterator[Sighting]:
    saying = sorted((one for one in group if of(one[0]) is not None), key=_earliest_first)
    if not saying:
        return
    first = of(saying[0][0])
    told: set[tuple[str, str]] = set()
    for identity, summary in saying:
        found = of(identity)
        if found == first or (summary.dossier, str(found)) in told:
            continue
        told.add((summary.dossier, str(found)))
        breach = Breach(found=found, needed=first, variant=variant)
        on = identity.seen_on or summary.opened_on
        severity: Audit | None = "high" if variant == "born" else None
        yield Sighting(on=on, dossier=summary.dossier, breach=breach, severity=severity)


def _earliest_first(said: Said) -> tuple[date, str, str, str]:
    identity, summary = said
    values = f"{identity.name} {identity.born} {identity.native_place}"
    return identity.seen_on or date.max, identity.paper, summary.dossier, values


def _name(identity: Identity) -> str | None:
    return _plain(identity.name)


def _native_place(identity: Identity) -> str | None:
    return _plain(identity.native_place)


def _born(identity: Identity) -> date | None:
    return identity.born


def _plain(text: str | None) -> str | None:
    """Spaces and the width of letters make no other name."""
    return "".join(normalize("NFKC", text).split()) or None if text else None


@across("one_open_dossier")
def person_has_one_dossier(register: Register) -> Iterator[Sighting]:
    """Nobody is on the road twice, or on the road and a member by another file (Art. 6)."""
    open_ones = (one for one in register.summaries if one.is_open)
    for group in _grouped(open_ones, lambda one: one.person).values():
        for summary in group if len(group) > 1 else ():
            yield Sighting(on=summary.opened_on, dossier=summary.dossier, breach=Breach(found=len(group)))


@across("form_number_unique")
def form_has_one_owner(register: Register) -> Iterator[Sighting]:
    """A number of an application form stands in one dossier (2014 Art. 44, 2026 Art. 42)."""
    issued = (one for one in register.summaries if one.form is not None)
    for group in _grouped(issued, lambda one: one.form).values():
        for summary in group if len(group) > 1 else ():
            on = summary.form_on or summary.opened_on
            yield Sighting(on=on, dossier=summary.dossier, breach=Breach(found=summary.form))


Item = TypeVar("Item")


def _grouped(items: Iterable[Item], key: Callable[[Item], Key]) -> Mapping[Key, list[Item]]:
    found: dict[Key, list[Item]] = {}
    for item in items:
        found.setdefault(key(item), []).append(item)
    return found
