"""An act as the object that is hashed, and back: what stands in `canonical` is all that the fold needs."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import lru_cache

from recruit.ids import instant, microseconds
from recruit.log.canonical import VERSION, canonical_bytes, digest, plain
from workflows.acts import Act, Override
from workflows.edition import load_edition
from workflows.fields import parse_details
from workflows.ground import Ground
from workflows.settings import Settings

_BESIDE = frozenset(("cites", "meeting", "override", "replacement"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Where an act stands: its ids, its number in the dossier and the hash before it (hex)."""

    id: str
    dossier: str
    seq: int
    prev: str
    key: str
    content: str


def envelope(act: Act, link: Link, ground: Ground) -> dict[str, object]:
    return {
        "v": VERSION,
        "id": link.id,
        "dossier": link.dossier,
        "seq": link.seq,
        "do": act.do,
        "on": act.on.isoformat(),
        "recorded_at": microseconds(act.recorded_at),
        "actor": act.by or "",
        "confirmed_by": act.confirmed_by or "",
        "role": act.role or "",
        "org": act.org or "",
        "edition": ground.edition_on(act.on).id,
        "calendar": ground.calendar.version,
        "settings": settings_version(ground, act.on),
        "key": link.key,
        "details": details_of(act),
        "content": link.content,
        "prev": link.prev,
    }


def details_of(act: Act) -> dict[str, object]:
    """What is hashed of an act's details, with edition cited, meeting, override and replacement."""
    found: dict[str, object] = {name: plain(value) for name, value in act.details.items()}
    if act.cites:
        found["cites"] = act.cites
    if act.meeting:
        found["meeting"] = act.meeting
    if act.override:
        found["override"] = {"by": act.override.by}
    if act.replacement:
        one = act.replacement
        found["replacement"] = {"do": one.do, "on": one.on.isoformat(), "details": details_of(one)}
    return found


def act_of(canonical: bytes) -> Act:
    """The act that these bytes record."""
    return act_of_mapping(json.loads(canonical))


def act_of_mapping(read: Mapping[str, object]) -> Act:
    details = read["details"]
    assert isinstance(details, Mapping)
    recorded_at = read["recorded_at"]
    assert isinstance(recorded_at, int)
    base = Act(
        do=str(read["do"]),
        on=date.fromisoformat(str(read["on"])),
        recorded_at=instant(recorded_at),
        by=str(read["actor"]) or None,
        confirmed_by=str(read["confirmed_by"]) or None,
        role=str(read["role"]) or None,
        org=str(read["org"]) or None,
    )
    return _with_details(base, details, edition=str(read["edition"]))


def _with_details(base: Act, details: Mapping[str, object], *, edition: str) -> Act:
    names = load_edition(edition).acts[base.do].details
    own = {name: value for name, value in details.items() if name not in _BESIDE}
    override = details.get("override")
    replacement = details.get("replacement")
    return Act(
        do=base.do,
        on=base.on,
        recorded_at=base.recorded_at,
        by=base.by,
        confirmed_by=base.confirmed_by,
        role=base.role,
        org=base.org,
        details=parse_details(base.do, names, own).details,
        cites=_text(details.get("cites")),
        meeting=_text(details.get("meeting")),
        override=Override(by=str(override["by"])) if isinstance(override, Mapping) else None,
        replacement=_replacement(base, replacement, edition=edition)
        if isinstance(replacement, Mapping)
        else None,
    )


def _replacement(base: Act, read: Mapping[str, object], *, edition: str) -> Act:
    """Recorded by whoever corrects, without an organization of its own: the old act's counts."""
    details = read["details"]
    assert isinstance(details, Mapping)
    one = Act(
        do=str(read["do"]),
        on=date.fromisoformat(str(read["on"])),
        recorded_at=base.recorded_at,
        by=base.by,
        confirmed_by=base.confirmed_by,
        role=base.role,
    )
    return _with_details(one, details, edition=edition)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def settings_version(ground: Ground, on: date) -> str:
    """Names the settings in force that day: equal names, equal settings; empty where no local one is set."""
    settings = ground.settings_on(on)
    return _version_of(settings) if settings.local else ""


@lru_cache(maxsize=256)
def _version_of(settings: Settings) -> str:
    values = {field.name: _shown(getattr(settings, field.name)) for field in fields(settings)}
    return digest(canonical_bytes(values)).hex()[:16]


def _shown(value: object) -> object:
    if isinstance(value, frozenset):
        return sorted(value)
    return value if isinstance(value, str | int | None) else str(value)
