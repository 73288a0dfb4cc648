"""The whole log verified with one click: what was checked, what is wrong by name, what lies outside."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from flask_babel import gettext as _

from recruit.context import Context
from recruit.errors import BadNote, NotFound
from recruit.lately import TAKEN_OUT, VERIFIED, last
from recruit.log.notes import Checkpoint as Head
from recruit.log.verify import Verified, verify
from recruit.queries.checkpoints import present_checkpoint, unsigned_age
from recruit.queries.found import dossiers_by_id
from recruit.queries.history import history
from recruit.queries.organizations import places
from recruit.queries.witnessed import oldest_unwitnessed_age, witnessed_size
from web.audit.register import edition_at
from web.history.moments import moment_text
from web.sayings import act_title, check_text

_PLACE = re.compile(r"(?P<chain>[0-9A-Z]{26})/(?P<seq>\d+)")
_OF_LOG = ("leaf", "node", "checkpoint", "epoch")
_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Line:
    title: str
    text: str
    css: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """`first_bad` in words, `problems` as the verifier says them; `href` leads to the place."""

    ok: bool
    sentence: str
    when: str
    counts: list[Line]
    first_bad: str
    href_dossier: str
    problems: tuple[str, ...]
    outside: str
    noted: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Page:
    signed: list[Line]
    outside: list[Line]
    note: str
    last: str
    result: Result | None
    code: str


def verify_page(context: Context, result: Result | None) -> Page:
    """What is signed and what lies outside, without verifying anything."""
    done = last(context.record.folder, VERIFIED)
    said = ""
    if done is not None:
        outcome = _("nothing wrong was found") if done.ok else _("something wrong was found")
        said = _("Last verified %(moment)s: %(outcome)s.", moment=moment_text(done.at), outcome=outcome)
    try:
        signed = present_checkpoint(context.record)
    except NotFound:
        nothing = Line(_("Signed"), _("Nothing is signed yet."), "bad")
        return Page([nothing], _outside(context), "", said, result, "")
    code = check_text(signed.head.root)
    lines = [
        Line(_("Newest checkpoint"), moment_text(signed.at)),
        Line(_("Entries under it"), str(signed.size)),
        Line(_("Check code"), code),
        _unsigned(context),
    ]
    return Page(lines, _outside(context), signed.note, said, result, code)


def verified(context: Context, outside: str | None) -> Result:
    """Verify now; `outside`: a checkpoint that was kept elsewhere, as text."""
    found = verify(context.record, outside=outside or None)
    counts = [
        Line(_("Acts"), str(found.acts)),
        Line(_("Events"), str(found.events)),
        Line(_("Links of the chains"), str(found.links)),
        Line(_("Leaves of the tree"), str(found.leaves)),
        Line(_("Signed checkpoints"), str(found.checkpoints)),
        Line(_("Sealed texts against their seals"), str(found.contents)),
    ]
    first, dossier = _first_bad(context, found)
    return Result(
        ok=found.ok,
        sentence=_sentence(found),
        when=moment_text(context.now),
        counts=counts,
        first_bad=first,
        href_dossier=dossier,
        problems=found.problems,
        outside=_compared(outside, found),
        noted={"acts": found.acts, "events": found.events, "problems": len(found.problems)},
    )


def _sentence(found: Verified) -> str:
    if found.acts + found.events == 0:
        return _("Nothing was checked: this log holds no entry, and that is no pass.")
    if not found.ok:
        return _("Not whole: %(n)s places are wrong.", n=len(found.problems))
    return _(
        "Verified: %(acts)s acts and %(events)s events, none missing, none changed.",
        acts=found.acts, events=found.events,
    )  # fmt: skip


def _compared(outside: str | None, found: Verified) -> str:
    if not outside:
        return _("It was compared with the checkpoints in the house only. Paste one that was kept outside.")
    try:
        size = Head.read(outside).size
    except BadNote:
        return _("What was pasted is no checkpoint; nothing outside was compared.")
    if any("outside" in problem for problem in found.problems):
        return _("It does NOT agree with the checkpoint kept outside.")
    return _("It agrees with the checkpoint kept outside, over its %(n)s entries.", n=size)


def _first_bad(context: Context, found: Verified) -> tuple[str, str]:
    """Who and which act it is, as far as the reader's reach goes; and the dossier."""
    if found.first_bad is None:
        return "", ""
    place = _PLACE.fullmatch(found.first_bad)
    if place is None:
        kind = found.first_bad.partition(" ")[0]
        named = found.first_bad if kind not in _OF_LOG else _of_log(found.first_bad)
        return _("First wrong place: %(place)s", place=named), ""
    chain, seq = place["chain"], int(place["seq"])
    row = dossiers_by_id(context, [chain]).get(chain)
    if row is None:
        unit = next((one.name for one in places(context) if one.id == chain), None)
        named = _("entry %(n)s of the events of %(unit)s", n=seq, unit=unit or chain)
        return _("First wrong place: %(place)s", place=named), ""
    named = _("%(name)s, %(branch)s, act %(n)s", name=row.name, branch=row.branch_name, n=seq)
    act = _act(context, chain, seq)
    return _("First wrong place: %(place)s", place=f"{named}{act}"), chain


def _act(context: Context, dossier: str, seq: int) -> str:
    """What the act says it is: where its bytes were changed it may not be readable any more."""
    try:
        entry = next((one for one in history(context, dossier, attempts=False) if one.seq == seq), None)
    except Exception:  # noqa: BLE001 - bytes that somebody changed fail in every way
        return ""
    if entry is None or entry.act is None:
        return ""
    return _(" (“%(act)s”)", act=act_title(entry.act, edition_at(entry.on)))


def _of_log(place: str) -> str:
    kind, _space, number = place.partition(" ")
    return {
        "leaf": _("leaf %(n)s of the tree", n=number),
        "node": _("node %(n)s of the tree", n=number),
        "checkpoint": _("checkpoint %(n)s", n=number),
        "epoch": _("epoch %(n)s", n=number),
    }[kind]


def _unsigned(context: Context) -> Line:
    age = unsigned_age(context.record, now=context.now)
    if age is None:
        return Line(_("Not yet signed"), _("none"))
    minutes = int(age.total_seconds() // 60)
    return Line(_("Not yet signed"), _("the oldest entry for %(n)s minutes", n=minutes), "warn")


def _outside(context: Context) -> list[Line]:
    """The last copy that left the house, and where it went, as far as the record can know."""
    size = witnessed_size(context.record)
    if size is None:
        none = _("The record knows of none. Take a checkpoint out of the house today.")
        return [Line(_("Copy outside"), none, "bad")]
    lines = [Line(_("Copy outside"), _("covers the first %(n)s entries", n=size))]
    taken = last(context.record.folder, TAKEN_OUT)
    if taken is not None:
        lines.append(Line(_("Written out by hand"), moment_text(taken.at)))
    lines.append(Line(_("Sent"), _("daily to the mailboxes of auditors and of the superior committee")))
    age = oldest_unwitnessed_age(context.record, size=size, now=context.now)
    if age is not None:
        css = "warn" if age > _A_DAY else ""
        waits = _("for %(n)s hours", n=int(age.total_seconds() // 3600))
        lines.append(Line(_("The oldest entry without a copy outside waits"), waits, css))
    return lines
